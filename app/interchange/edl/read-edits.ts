/** One event of a list as a clip on its channels. */
import { parseRate } from '../../domain/frame-rates.ts';
import { atRate, commonRate, formatRational, sameRational, type Rational } from '../../domain/rational.ts';
import { droppedLabels, nominalRate } from '../../domain/timecode.ts';
import { makeCdl } from '../cdl.ts';
import type { Diagnostic, DocumentClip, DocumentTransition, Effect, Marker } from '../document.ts';
import type { Channel } from './channels.ts';
import type { Clock } from './clock.ts';
import type { EdlEvent, EdlMarker } from './events.ts';
import { countLabel, framesInDay, sameLabel, type Label } from './labels.ts';
import { wrap, writeClipNotes } from './metadata.ts';
import { findMedia, reelWithout } from './source-media.ts';
import { ofFamily } from './source-labels.ts';
import { plainSpan, rateByM2, retimedSpan, shownAt, sourceSpan, type Span } from './spans.ts';

/** In record frames. */
export type PlacedEdit = {
  readonly channels: readonly Channel[];
  readonly start: number;
  readonly end: number;
  readonly clip: DocumentClip;
  readonly transition: DocumentTransition['type'] | null;
  readonly transitionName: string;
  readonly length: number;
  readonly event: EdlEvent;
};

/** `start` and `end`: the event's place on the record. Diagnostics carry the edit's line. */
export function readEdit(event: EdlEvent, start: number, end: number, channels: readonly Channel[], clock: Clock, diagnostics: Diagnostic[]): PlacedEdit {
  const { edit, comments } = event;
  const say = (message: string): void => { diagnostics.push({ line: edit.line, element: edit.number, message }); };
  const isTransition = /^[DW]/.test(edit.transition) && edit.length > 0;
  const record = end - start;
  const { span, rate, source, isDrop } = readSource(event, record, clock, say);
  if (span.note) say(span.note);

  const name = isTransition ? comments.toName : comments.fromName;
  const isIncoming = !isTransition || fileIsIncoming(event);
  const reel = edit.reel === '' ? 'AX' : edit.reel;
  const found = findMedia(reel, name, isIncoming ? comments.sourceFile : null, comments.file);
  const isOurs = isIncoming && found.media.kind !== 'generator';
  const cdl = makeCdl(comments.grade, comments.saturation);
  const effects: Effect[] = [...(span.speed ? [{ kind: 'speed' as const, ...span.speed, name: '', metadata: {} }] : []), ...(cdl ? [cdl] : [])];
  const ticks = sameRational(rate, clock.rate) ? rate : commonRate(rate, clock.rate);
  const range = { start: atRate(span.start, rate, ticks), duration: atRate(record, clock.rate, ticks), rate: ticks };
  const expected = sourceSpan(record, span.speed, rate, clock.rate);
  const isKey = edit.transition.startsWith('K');
  if (/^[DW]/.test(edit.transition) && edit.length === 0) say('the transition has no length: read as a cut');
  const metadata = writeClipNotes({
    event: edit.number, reel: reel === (found.reel ?? reelWithout(found.media)) ? null : reel,
    spans: source === expected ? null : { source, record }, sourceRate: sameRational(rate, clock.rate) ? null : formatRational(rate),
    isDrop: isDrop === clock.isDrop || droppedLabels(nominalRate(rate)) === 0 ? null : isDrop, isCounted: edit.sourceIn.kind === 'frame',
    transition: isKey ? `${edit.transition} ${String(edit.length).padStart(3, '0')}` : null,
    toName: isTransition ? null : comments.toName,
    comments: [...(isTransition || comments.effect === null ? [] : [`EFFECTS NAME IS ${comments.effect}`]), ...(isOurs || comments.sourceFile === null ? [] : [`* SOURCE FILE: ${comments.sourceFile}`]), ...comments.kept],
  });
  const isPlain = span.speed === null && sameRational(rate, clock.rate);
  const markers = comments.markers.map((marker): Marker => {
    const at = marker.at ? countLabel(marker.at, clock.rate, clock.isDrop).frame - start : 0;
    const frame = span.start + shownAt(at, record, span.speed, rate, clock.rate);
    return {
      name: marker.name, comment: '', color: colorOf(marker),
      range: { start: atRate(frame, rate, ticks), duration: atRate(marker.length, clock.rate, ticks), rate: ticks },
      metadata: wrap({ offset: isPlain ? undefined : at, resolve: marker.isResolve || undefined }),
    };
  });
  return {
    channels, start, end, event, length: edit.length,
    clip: { kind: 'clip', name: found.name, isEnabled: true, range, media: found.media, reel: found.reel, scene: null, take: null, note: comments.notes.join('\n') || null, gain: 0, effects, markers, line: edit.line, metadata },
    transition: !isTransition ? null : edit.transition === 'D' ? { kind: 'dissolve' } : { kind: 'wipe', number: Number(edit.transition.slice(1)) || 1 },
    transitionName: isTransition ? comments.effect ?? '' : '',
  };
}

type Source = { readonly span: Span; readonly rate: Rational; readonly source: number; readonly isDrop: boolean };

function readSource(event: EdlEvent, record: number, clock: Clock, say: (message: string) => void): Source {
  const { edit, comments } = event;
  const covers = event.isDrop && clock.coversSources;
  const told = comments.sourceRate === null ? null : parseRate(comments.sourceRate);
  const highest = Math.max(...[edit.sourceIn, edit.sourceOut].map((label) => (label.kind === 'timecode' ? label.frames : 0)));
  const nominal = nominalRate(told ?? clock.rate);
  const rates = [24, 25, 30, 50, 60, 100, 120, 240].filter((each) => each > highest).map((each) => ofFamily(each, clock.rate));
  let rate = told ?? clock.rate;
  if (highest >= nominal) {
    rate = rates[0] ?? rate;
    say(`the source has a frame ${highest}, past ${nominal} a second: it counts at another rate, read as ${formatRational(rate)}`);
  }
  const count = (at: Rational): { from: number; span: number; problems: string[] } => {
    const isDrop = covers && droppedLabels(nominalRate(at)) > 0;
    const from = countLabel(edit.sourceIn, at, isDrop);
    const to = countLabel(edit.sourceOut, at, isDrop);
    const day = framesInDay(at, isDrop);
    const isPastMidnight = from.frame < day && from.frame - to.frame > day / 2;
    return { from: from.frame, span: to.frame - from.frame + (isPastMidnight ? day : 0), problems: [from.problem, to.problem].filter((problem) => problem !== null) };
  };
  const m2 = speedFor(event);
  if (m2 && told === null && highest < nominal) {
    const other = rateByM2(m2, { sourceIn: 0, source: count(rate).span, record, sourceRate: rate, recordRate: clock.rate }, rates, (at) => count(at).span);
    if (other) {
      rate = other;
      say(`the source's frames and M2 agree only where it counts at ${formatRational(other)}: read so`);
    }
  }
  const { from, span: source, problems } = count(rate);
  for (const problem of problems) say(`source ${problem}`);
  if (source < 0) say('the source runs backward without M2: its in is kept');
  const frames = { sourceIn: from, source, record, sourceRate: rate, recordRate: clock.rate };
  const isDrop = droppedLabels(nominalRate(rate)) > 0 && (covers || isMarked(edit.sourceIn) || isMarked(edit.sourceOut));
  const isBlack = /^(?:BL|BLK|BLACK|GAP|SLUG|BARS?)$/i.test(edit.reel);
  const span = isBlack && !m2 ? { start: from, speed: null, note: null } : m2 ? retimedSpan(frames, m2) : plainSpan(frames);
  return { span, rate, source, isDrop };
}

function isMarked(label: Label): boolean {
  return label.kind === 'timecode' && label.isDrop;
}

/** The M2 line of this edit: its reel's, and where both reels of a transition have one, that at its in. */
function speedFor({ edit, from, comments }: EdlEvent): { num: number; den: number } | null {
  const { speeds } = comments;
  if (!from) return speeds[0] ?? null;
  const isOf = (reel: string, speed: string): boolean => speed !== '' && (reel.startsWith(speed) || speed.startsWith(reel));
  const own = speeds.filter((speed) => isOf(edit.reel, speed.reel));
  const exact = own.find((speed) => speed.at !== null && sameLabel(speed.at, edit.sourceIn));
  if (exact) return exact;
  return isOf(from.reel, edit.reel) ? (own[1] ?? null) : own[0] ?? null;
}

/** Avid gives one source file for a transition, the outgoing one; others give the incoming. */
function fileIsIncoming({ edit, from, comments }: EdlEvent): boolean {
  const file = comments.sourceFile;
  if (file === null) return true;
  const matches = (name: string | null | undefined): boolean => Boolean(name) && (file === name || file.startsWith(name ?? ''));
  return matches(comments.toName) || matches(edit.reel) || !(matches(comments.fromName) || matches(from?.reel));
}

function colorOf(marker: EdlMarker): string | null {
  return (marker.isResolve ? marker.color.replace(/^ResolveColor/, '') : marker.color).toLowerCase() || null;
}
