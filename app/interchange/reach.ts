/** How far a speed leads through the media, in whole frames: what lies between the earliest and the latest frame that a clip shows. */
import type { Rational } from '../domain/rational.ts';

/** Source time for timeline time; `den` is positive, a negative speed is a reverse. */
export type AnySpeed = { readonly num: number | bigint; readonly den: number | bigint };

/**
 * Source frames from the first to the last of those that `frames` frames of the timeline show: floor((frames - 1) * |speed|), exact, the speed
 * taken between the two rates. A reversed clip begins with the frame that lies so far after its earliest.
 */
export function reach(frames: number, { num, den }: AnySpeed, sourceRate: Rational, timelineRate: Rational): number {
  const size = BigInt(num) < 0n ? -BigInt(num) : BigInt(num);
  const product = BigInt(Math.max(0, frames - 1)) * size * BigInt(sourceRate.num) * BigInt(timelineRate.den);
  return Number(product / (BigInt(den) * BigInt(sourceRate.den) * BigInt(timelineRate.num)));
}
