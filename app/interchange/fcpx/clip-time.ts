/** A clip's own clock against that of its media: `start`, `offset` and `marker` are told in the first, the model keeps the second. */
import type { Rational } from '../../domain/rational.ts';
import type { TimeRange } from '../document.ts';
import { reach } from '../reach.ts';
import { add, ofFrames, subtract, toFrames, toRange, zero, type Seconds } from './seconds.ts';
import { mapped, speedOver, unmapped, type TimeMap } from './time-map.ts';

export type ClipTime = {
  /** Media time less clip time, where nothing bends it. */
  readonly shift: Seconds;
  readonly map: TimeMap | null;
};

export function toMedia({ shift, map }: ClipTime, time: Seconds): Seconds {
  return add(mapped(map, time), shift);
}

export function fromMedia({ shift, map }: ClipTime, time: Seconds): Seconds {
  return unmapped(map, subtract(time, shift));
}

/** What is shown of the media from a clip time on; backward, from the earliest frame on. */
export function mediaRange(time: ClipTime, start: Seconds, duration: Seconds, mediaRate: Rational | null, rate: Rational): TimeRange {
  const speed = time.map && speedOver(time.map, start, duration);
  return toRange(subtract(toMedia(time, start), backwardReach(speed, duration, mediaRate, rate)), duration, mediaRate ? [rate, mediaRate] : [rate]);
}

/** From the earliest frame that a clip shows to the media time that it begins at: backward, that is where its first frame ends. None forward. */
export function backwardReach(speed: Seconds | null, duration: Seconds, mediaRate: Rational | null, rate: Rational): Seconds {
  if (!speed || speed.num >= 0n) return zero;
  const source = mediaRate ?? rate;
  return ofFrames(reach(toFrames(duration, rate), speed, source, rate) + 1, source);
}
