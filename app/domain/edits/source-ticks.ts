/** How much of a shot there is, in frames of the sequence: what a clip can be trimmed and slipped within. */
import type { Shot } from '../project/project.ts';
import { atRate, type Rational } from '../rational.ts';

/** At least 1; infinite for a still, and for a shot that is not indexed yet. */
export function sourceTicks(shot: Shot, rate: Rational): number {
  const { media } = shot;
  if (!media || media.isStill) return Infinity;
  const ticks = atRate(media.frames, media.rate, rate);
  // The last tick must not lie beyond the last frame: the planner would refuse it.
  const isBeyond = atRate(ticks, rate, media.rate) > media.frames;
  return Math.max(1, isBeyond ? ticks - 1 : ticks);
}

/** What a clip of the whole shot lasts; a still lasts two seconds. */
export function usualLength(shot: Shot, rate: Rational): number {
  const ticks = sourceTicks(shot, rate);
  return Number.isFinite(ticks) ? ticks : Math.max(1, Math.round((2 * rate.num) / rate.den));
}
