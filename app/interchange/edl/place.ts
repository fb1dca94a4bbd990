/** Edits of a list as tracks: sorted by the record, gaps between them, what overlaps on a track of its own. */
import type { Rational } from '../../domain/rational.ts';
import type { Diagnostic, DocumentItem, DocumentTrack, DocumentTransition } from '../document.ts';
import type { Channel } from './channels.ts';
import { writeOutgoingNotes, type OutgoingNotes } from './metadata.ts';
import { outgoingOf } from './outgoing.ts';
import type { PlacedEdit } from './read-edits.ts';
import type { RecordClock } from './source-labels.ts';

type Growing = { readonly channel: Channel; readonly edits: PlacedEdit[] };

/** All tracks begin at `start`, in record frames. */
export function placeEdits(edits: readonly PlacedEdit[], start: number, clock: RecordClock, diagnostics: Diagnostic[]): DocumentTrack[] {
  const tracks = new Map<string, Growing>();
  const sorted = edits.toSorted((a, b) => a.start - b.start);
  const late: { edit: PlacedEdit; channel: Channel }[] = [];
  for (const edit of sorted) {
    for (const channel of edit.channels) {
      const track = trackOf(tracks, channel);
      if (hasRoom(track, edit)) track.edits.push(edit);
      else late.push({ edit, channel });
    }
  }
  for (const { edit, channel } of late) {
    const track = freeTrack(tracks, channel, edit);
    track.edits.push(edit);
    diagnostics.push({ line: edit.event.edit.line, element: edit.event.edit.number, message: `overlaps another edit of ${nameOf(channel)}: put on ${nameOf(track.channel)}` });
  }
  return [...tracks.values()]
    .toSorted((a, b) => (a.channel.type === b.channel.type ? a.channel.number - b.channel.number : a.channel.type === 'video' ? -1 : 1))
    .map((track): DocumentTrack => ({
      kind: 'track', type: track.channel.type, name: nameOf(track.channel), isEnabled: true, items: itemsOf(track.edits, start, clock),
      range: null, markers: [], effects: [], metadata: {},
    }));
}

function trackOf(tracks: Map<string, Growing>, channel: Channel): Growing {
  const key = nameOf(channel);
  const track = tracks.get(key) ?? { channel, edits: [] };
  tracks.set(key, track);
  return track;
}

/** Above all that the list names, and of those the lowest that has room. */
function freeTrack(tracks: Map<string, Growing>, channel: Channel, edit: PlacedEdit): Growing {
  const named = Math.max(...edit.channels.filter(({ type }) => type === channel.type).map(({ number }) => number));
  const above = [...tracks.values()].filter((track) => track.channel.type === channel.type && track.channel.number > named);
  const free = above.toSorted((a, b) => a.channel.number - b.channel.number).find((track) => track.edits.every((other) => other.end <= edit.start || other.start >= edit.end));
  if (free) return free;
  const highest = Math.max(...[...tracks.values()].filter((track) => track.channel.type === channel.type).map((track) => track.channel.number));
  return trackOf(tracks, { type: channel.type, number: highest + 1 });
}

function hasRoom(track: Growing, edit: PlacedEdit): boolean {
  return (track.edits.at(-1)?.end ?? 0) <= edit.start || track.edits.length === 0;
}

function nameOf(channel: Channel): string {
  return `${channel.type === 'video' ? 'V' : 'A'}${channel.number}`;
}

function itemsOf(edits: readonly PlacedEdit[], start: number, clock: RecordClock): DocumentItem[] {
  const items: DocumentItem[] = [];
  let at = start;
  let before: PlacedEdit | null = null;
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start > at) {
      items.push({ kind: 'gap', name: '', isEnabled: true, duration: { value: edit.start - at, rate: clock.rate }, effects: [], markers: [], metadata: {} });
    }
    if (edit.transition) items.push(transitionOf(edit, edit.transition, before?.end === edit.start ? before : null, clock));
    items.push(edit.clip);
    at = edit.end;
    before = edit;
  }
  return items;
}

function transitionOf(edit: PlacedEdit, type: DocumentTransition['type'], before: PlacedEdit | null, clock: RecordClock): DocumentTransition {
  const time = (value: number): { value: number; rate: Rational } => ({ value, rate: clock.rate });
  return { kind: 'transition', name: edit.transitionName, type, before: time(0), after: time(edit.length), metadata: writeOutgoingNotes(outgoingNotes(edit, before, clock)) };
}

/** Null where the line of no length says what the clip before says anyway. */
function outgoingNotes({ event }: PlacedEdit, before: PlacedEdit | null, clock: RecordClock): OutgoingNotes | null {
  const { from, comments } = event;
  const usual = outgoingOf(before?.clip ?? null, { before: 0, frames: before ? before.end - before.start : 0, after: 0 }, clock);
  const name = comments.fromName;
  const reel = from ? from.reel || 'AX' : usual.reel;
  const source = from?.sourceInText ?? usual.source;
  if (reel === usual.reel && source === usual.source && (name === null || name === usual.name)) return null;
  return { reel, source, name: name === usual.name ? null : name };
}
