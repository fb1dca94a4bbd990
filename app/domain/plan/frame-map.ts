/**
 * Which source frame stands at each frame of the timeline. Rates are conformed in real time by the nearest frame: durations and
 * sound stay as they are, pictures repeat or are left out.
 */
import { sameRational, scaleFloor, scaleRound, type Rational } from '../rational.ts';
import type { Picture } from '../source.ts';
import type { SourceRange } from './resolve-clip.ts';

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
  const frames = same ? sourceLength : timelineLength(sourceLength, range.rate, timelineRate);
  const ranks = new Uint32Array(frames);
  const last = (picture.shown?.length ?? picture.samples.count) - 1;
  for (let i = 0; i < frames; i++) {
    let frame: number;
    if (picture.times) frame = frameAt(picture, range, timelineRate, i);
    else if (same) frame = range.in + i;
    else frame = range.in + Math.min(sourceLength - 1, scaleRound(i, range.rate.num * timelineRate.den, range.rate.den * timelineRate.num));
    ranks[i] = rankOf(picture, Math.min(last, frame));
  }
  return { frames, ranks, isPlain: isConsecutive(ranks) };
}

/** Real-time length of `frames` at one rate, in frames at another, at least one. */
function timelineLength(frames: number, rate: Rational, timelineRate: Rational): number {
  return Math.max(1, scaleRound(frames, rate.den * timelineRate.num, rate.num * timelineRate.den));
}

/** The frame shown in the middle of timeline frame i: the middle, because time stamps of variable rates jitter around the grid. */
function frameAt(picture: Picture, range: SourceRange, timelineRate: Rational, i: number): number {
  const times = picture.times;
  if (!times) return range.in + i;
  const start = scaleFloor(range.in, picture.timescale * range.rate.den, range.rate.num);
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
