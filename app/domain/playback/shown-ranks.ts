/** Which picture of a source is due at each frame of a stretch of the timeline: the same rule that the plan follows. */
import { StringoutError } from '../../base/errors.ts';
import { mapFrames } from '../plan/frame-map.ts';
import { resolveMediaRange } from '../plan/media-range.ts';
import { nominalLength } from '../plan/resolve-clip.ts';
import { atRate, type Rational } from '../rational.ts';
import type { Picture, Source } from '../source.ts';

/** Ranks for [from, from + frames) in frames at `timelineRate` from the source's first; what lies beyond the end is its last picture. Throws `range.invalid`. */
export function shownRanks(source: Source, picture: Picture, from: number, frames: number, timelineRate: Rational): Uint32Array {
  if (picture.isStill) return new Uint32Array(frames).fill(picture.shown?.[0] ?? 0);
  const length = nominalLength(source, picture.rate);
  const whole = Math.max(1, atRate(length, picture.rate, timelineRate));
  const first = Math.min(from, whole - 1);
  const end = Math.min(whole, from + frames);
  if (from < 0 || frames < 1) throw new StringoutError('range.invalid', 'these frames do not exist', { file: source.path });
  const position = (value: number) => ({ unit: 'media', value, rate: timelineRate, origin: 0 }) as const;
  const range = resolveMediaRange({ in: position(first), out: position(Math.max(first + 1, end)) }, { source, rate: picture.rate, length }, timelineRate, { file: source.path });
  const { ranks } = mapFrames(picture, range, timelineRate);
  const shown = new Uint32Array(frames).fill(ranks.at(-1) ?? 0);
  shown.set(ranks.subarray(0, frames));
  return shown;
}
