/** Which picture of a source is due at each frame of a stretch of the timeline: the same rule that the plan follows. */
import { StringoutError } from '../../base/errors.ts';
import { mapFrames } from '../plan/frame-map.ts';
import { resolveMediaRange } from '../plan/media-range.ts';
import { nominalLength } from '../plan/resolve-clip.ts';
import { atRate, type Rational } from '../rational.ts';
import { sourceFrames, type Picture, type Source } from '../source.ts';

/** Ranks for [from, from + frames) in frames at `timelineRate` from the source's first; what lies beyond the end is its last picture. Throws `range.invalid`. */
export function shownRanks(source: Source, picture: Picture, from: number, frames: number, timelineRate: Rational): Uint32Array {
  if (from < 0 || frames < 1) throw new StringoutError('range.invalid', 'these frames do not exist', { file: source.path });
  if (picture.isStill) return new Uint32Array(frames).fill(picture.shown?.[0] ?? 0);
  const length = nominalLength(source, picture.rate);
  const last = Math.max(0, sourceFrames(source) - 1);
  const shown = new Uint32Array(frames).fill(picture.shown?.[last] ?? last);
  const end = Math.min(reach(length, picture.rate, timelineRate), from + frames);
  if (end <= from) return shown;
  const position = (value: number) => ({ unit: 'media', value, rate: timelineRate, origin: 0 }) as const;
  const range = resolveMediaRange({ in: position(from), out: position(end) }, { source, rate: picture.rate, length }, timelineRate, { file: source.path });
  const { ranks } = mapFrames(picture, range, timelineRate);
  shown.fill(ranks.at(-1) ?? 0, 0, end - from);
  shown.set(ranks.subarray(0, end - from));
  return shown;
}

/** Frames of the timeline that end no later than the source does. */
function reach(length: number, rate: Rational, timelineRate: Rational): number {
  let whole = atRate(length, rate, timelineRate);
  while (whole > 0 && atRate(whole, timelineRate, rate) > length) whole--;
  return whole;
}
