/** A track's items as stretches of the record, transitions turned as an EDL has them: the cut first, the overlap behind it. */
import { atRate, type Rational } from '../../domain/rational.ts';
import type { DocumentClip, DocumentItem, DocumentTrack, DocumentTransition, Time } from '../document.ts';
import type { LossList } from '../losses.ts';
import { addTimes, itemDuration } from '../measure.ts';
import type { Shown } from './source-labels.ts';

export type Segment = {
  /** Null: black. */
  readonly clip: DocumentClip | null;
  readonly start: number;
  readonly end: number;
  readonly shown: Shown;
  /** Into this one; `length` in frames of the record. */
  readonly transition: { readonly item: DocumentTransition; readonly length: number } | null;
  /** What it was before it became black. */
  readonly name: string;
};

type Growing = { -readonly [Key in keyof Segment]: Segment[Key] } & { isGap: boolean; whole: number };

/** In frames of `rate`, from the track's first; gaps are left out where no transition needs them. */
export function segmentsOf(track: DocumentTrack, rate: Rational, losses: LossList): Segment[] {
  const segments: Growing[] = [];
  let at: Time = { value: 0, rate };
  let pending: DocumentTransition | null = null;
  for (const item of track.items) {
    if (item.kind === 'transition') {
      pending = item;
      continue;
    }
    const duration = itemDuration(item);
    if (!duration) {
      losses.add(nameOf(item), 'shows all of media whose length is not known: left out');
      continue;
    }
    const next = addTimes(at, duration);
    const [start, end] = [atRate(at.value, at.rate, rate), atRate(next.value, next.rate, rate)];
    if (atRate(start, rate, at.rate) !== at.value) losses.add(nameOf(item), 'does not begin on a frame of the list: moved to the nearest');
    at = next;
    const segment = segmentOf(item, start, end, losses);
    if (pending) enter(segments.at(-1), segment, pending, rate, losses);
    pending = null;
    segments.push(segment);
  }
  if (pending) {
    // Nothing comes after it, so only what lies before the end is faded.
    const end = atRate(at.value, at.rate, rate);
    const black = blackSegment(end, end);
    enter(segments.at(-1), black, { ...pending, after: { value: 0, rate } }, rate, losses);
    if (black.transition) segments.push(black);
    if (pending.after.value > 0) losses.add(nameOf(pending), 'reaches past the end of its track: ends there');
  }
  const last = segments.at(-1);
  if (last?.isGap && !last.transition) losses.add(`track ${JSON.stringify(track.name)}`, 'ends with a gap, which an EDL does not have: left out');
  return cropped(track, segments.filter((segment) => (!segment.isGap || segment.transition) && segment.end > segment.start), rate);
}

function segmentOf(item: Exclude<DocumentItem, DocumentTransition>, start: number, end: number, losses: LossList): Growing {
  const black = blackSegment(start, end);
  if (item.kind === 'gap') return { ...black, isGap: true };
  if (item.kind !== 'clip') {
    losses.add(nameOf(item), 'is a timeline of its own, which an EDL cannot hold: written as black');
    return { ...black, name: item.name };
  }
  if (item.isEnabled) return { ...black, clip: item, name: item.name };
  losses.add(nameOf(item), 'is switched off: left out');
  return { ...black, isGap: true };
}

function blackSegment(start: number, end: number): Growing {
  return { clip: null, start, end, shown: { before: 0, frames: end - start, after: 0 }, transition: null, name: '', isGap: false, whole: end - start };
}

/** A transition that begins before its cut moves the cut there: the same frames are mixed. At the track's edge there is no before. */
function enter(before: Growing | undefined, into: Growing, item: DocumentTransition, rate: Rational, losses: LossList): void {
  const early = before ? inFrames(item.before, rate) : 0;
  const length = early + inFrames(item.after, rate);
  if (length <= 0) return;
  if (early > 0) losses.add(`transition ${JSON.stringify(item.name)}`, 'begins before its cut: the cut is written where it begins, which looks the same');
  if (before) move(before, 0, -early);
  move(into, -early, 0);
  into.transition = { item, length };
}

function move(segment: Growing, start: number, end: number): void {
  segment.start += start;
  segment.end += end;
  segment.shown = { before: segment.shown.before + start, frames: segment.end - segment.start, after: segment.shown.after - end };
}

/** Only what the track's own range shows. */
function cropped(track: DocumentTrack, segments: Growing[], rate: Rational): Segment[] {
  if (!track.range) return segments;
  const from = atRate(track.range.start, track.range.rate, rate);
  const to = from + atRate(track.range.duration, track.range.rate, rate);
  for (const segment of segments) {
    move(segment, Math.max(0, from - segment.start), Math.min(0, to - segment.end));
    segment.start -= from;
    segment.end -= from;
  }
  return segments.filter((segment) => segment.end > segment.start);
}

function inFrames(time: Time, rate: Rational): number {
  return atRate(time.value, time.rate, rate);
}

function nameOf(item: DocumentItem): string {
  return `${item.kind} ${JSON.stringify(item.name)}`;
}
