/**
 * Which source frame stands at each frame of the timeline. Rates are conformed in real time by the nearest frame: durations and
 * sound stay as they are, pictures repeat or are left out.
 */
import { atRate, commonRate, sameRational, scaleFloor, type Rational } from '../rational.ts';
import type { Picture } from '../source.ts';
import { consecutive } from './consecutive.ts';
import { rangeStart, type SourceRange } from './source-range.ts';

export type FrameMap = {
  /** Frames on the timeline. */
  readonly frames: number;
  /** Rank (order of presentation in the source) of timeline frame i. */
  readonly ranks: Uint32Array;
  /** The ranks are first, first + 1, ...: the source's frames as they stand. */
  readonly isPlain: boolean;
};

export function mapFrames(picture: Picture, range: SourceRange, timelineRate: Rational): FrameMap {
  if (picture.isStill) return { frames: range.out, ranks: new Uint32Array(range.out).fill(rankOf(picture, 0)), isPlain: range.out === 1 };
  const sourceLength = range.out - range.in;
  const same = sameRational(range.rate, timelineRate);
  const frames = range.exact?.frames ?? (same ? sourceLength : Math.max(1, atRate(sourceLength, range.rate, timelineRate)));
  const last = (picture.shown?.length ?? picture.samples.count) - 1;
  if (same && !picture.times && !picture.shown && !range.held && range.in + frames - 1 <= last) {
    return { frames, ranks: consecutive(range.in, range.in + frames), isPlain: true };
  }
  const nearest = nearestFrame(range, timelineRate);
  const ranks = new Uint32Array(frames);
  for (let i = 0; i < frames; i++) {
    let frame: number;
    if (picture.times) frame = frameAt(picture, range, timelineRate, i);
    else if (same) frame = range.in + i;
    else frame = Math.min(range.out - 1, nearest(i));
    ranks[i] = rankOf(picture, Math.min(last, range.held ? heldFrame(range.held, frame) : frame));
  }
  return { frames, ranks, isPlain: isConsecutive(ranks) };
}

/** Rounded once from the exact time, so that a start between two frames shifts nothing more. */
function nearestFrame(range: SourceRange, timelineRate: Rational): (i: number) => number {
  const start = rangeStart(range);
  const ticks = commonRate(start.rate, timelineRate);
  const from = atRate(start.ticks, start.rate, ticks);
  const step = atRate(1, timelineRate, ticks);
  return (i) => atRate(from + i * step, ticks, range.rate);
}

function heldFrame({ from, step }: { readonly from: number; readonly step: number }, frame: number): number {
  return from + Math.floor((frame - from) / step) * step;
}

/** The frame shown in the middle of timeline frame i: the middle, because time stamps of variable rates jitter around the grid. */
function frameAt(picture: Picture, range: SourceRange, timelineRate: Rational, i: number): number {
  const times = picture.times;
  if (!times) return range.in + i;
  const { ticks, rate } = rangeStart(range);
  const start = scaleFloor(ticks, picture.timescale * rate.den, rate.num);
  const middle = start + scaleFloor(2 * i + 1, picture.timescale * timelineRate.den, 2 * timelineRate.num);
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const probe = (low + high + 1) >> 1;
    if ((times[probe] ?? 0) <= middle) low = probe;
    else high = probe - 1;
  }
  return low;
}

function rankOf(picture: Picture, frame: number): number {
  return picture.shown ? (picture.shown[frame] ?? 0) : frame;
}

function isConsecutive(ranks: Uint32Array): boolean {
  const first = ranks[0] ?? 0;
  for (let i = 1; i < ranks.length; i++) if (ranks[i] !== first + i) return false;
  return true;
}
