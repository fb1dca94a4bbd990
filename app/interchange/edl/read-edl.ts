/**
 * CMX3600 edit lists, in the dialects of Avid (File32 and File128 too), Premiere, Resolve and Final Cut. Odd lines are told in the
 * diagnostics with their number and what was made of them; only a list without any edit is refused.
 */
import { StringoutError } from '../../base/errors.ts';
import type { Diagnostic, ReadDocument, ReadOptions } from '../document.ts';
import { stem } from '../text-parts.ts';
import { readChannels } from './channels.ts';
import { findClock, type Clock } from './clock.ts';
import { readEvents, type EdlEvent } from './events.ts';
import { countLabel, framesInDay, sameLabel } from './labels.ts';
import { readLines } from './lines.ts';
import { wrap } from './metadata.ts';
import { placeEdits } from './place.ts';
import { readEdit, type PlacedEdit } from './read-edits.ts';

/** `events` counts the lines that describe an edit, those that are skipped too. Throws `list.invalid` where there is none. */
export function readEdl(text: string, options: ReadOptions): ReadDocument {
  const list = readEvents(readLines(text));
  if (list.events.length === 0) {
    throw new StringoutError('list.invalid', 'holds no edit: lines with an event number, reel, channel, transition and four timecodes were looked for', { file: options.path });
  }
  const clock = findClock(list, options.sourceRate);
  const diagnostics: Diagnostic[] = [...list.diagnostics, ...clock.notes.map((message) => ({ line: null, element: null, message }))];
  const edits = placeOnRecord(list.events, clock, diagnostics);
  const start = edits.reduce((first, edit) => Math.min(first, edit.start), edits[0]?.start ?? 0);
  const tracks = placeEdits(edits, start, clock, diagnostics);
  sayWithoutSource(list.events, diagnostics);
  if (list.events.length > 0 && list.events.every(isMarkerOnly)) {
    diagnostics.push({ line: null, element: null, message: 'looks like a list of markers, not a cut: each is read as a clip with a marker' });
  }
  return {
    document: {
      name: list.title ?? stem(options.path), rate: clock.rate, start: { frame: start, rate: clock.rate, dropFrame: clock.isDrop }, tracks, markers: [],
      metadata: wrap({ header: list.header.length > 0 ? list.header : undefined, footer: list.footer.length > 0 ? list.footer : undefined }),
    },
    events: list.edits,
    diagnostics: diagnostics.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

function placeOnRecord(events: readonly EdlEvent[], clock: Clock, diagnostics: Diagnostic[]): PlacedEdit[] {
  const day = framesInDay(clock.rate, clock.isDrop);
  const edits: PlacedEdit[] = [];
  /** Record in of the edit that crossed midnight, and the days since. */
  let crossed = 0;
  let days = 0;
  for (const event of events) {
    const { edit, comments } = event;
    const say = (message: string): void => { diagnostics.push({ line: edit.line, element: edit.number, message }); };
    const from = countLabel(edit.recordIn, clock.rate, clock.isDrop);
    const to = countLabel(edit.recordOut, clock.rate, clock.isDrop);
    for (const problem of [from.problem, to.problem]) if (problem !== null) say(`record ${problem}`);
    const isPastMidnight = from.frame < day && from.frame - to.frame > day / 2;
    const start = from.frame + (days > 0 && from.frame < crossed - day / 2 ? day * days : 0);
    const end = start + to.frame - from.frame + (isPastMidnight ? day : 0);
    if (isPastMidnight) {
      crossed = from.frame;
      days += 1;
    }
    const channels = readChannels(edit.channels, comments.sound);
    if (end <= start) say(end === start ? 'has no length on the record: skipped' : 'ends before it begins on the record: skipped');
    else if (channels.length === 0) say('names no channel (NONE): not placed on a track');
    else edits.push(readEdit(event, start, end, channels, clock, diagnostics));
  }
  return edits;
}

/** Sound lists of some editors leave all sources at zero: said once. */
function sayWithoutSource(events: readonly EdlEvent[], diagnostics: Diagnostic[]): void {
  const without = events.filter(({ edit }) => sameLabel(edit.sourceIn, edit.sourceOut) && !sameLabel(edit.recordIn, edit.recordOut));
  const first = without[0];
  if (first) diagnostics.push({ line: first.edit.line, element: first.edit.number, message: `${without.length} ${without.length === 1 ? 'edit tells' : 'edits tell'} no source duration: the record's is used` });
}

function isMarkerOnly({ edit, comments }: EdlEvent): boolean {
  return comments.markers.some((marker) => marker.isResolve) && sameLabel(edit.sourceIn, edit.recordIn) && sameLabel(edit.sourceOut, edit.recordOut);
}
