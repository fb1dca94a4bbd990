/** A clip's own clock against that of its media: `start`, `offset` and `marker` are told in the first, the model keeps the second. */
import type { Rational } from '../../domain/rational.ts';
import type { TimeRange } from '../document.ts';
import { add, ofFrames, subtract, toRange, type Seconds } from './seconds.ts';
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

/** What is shown of the media from a clip time on. Backward, the first frame that is seen ends at that time. */
export function mediaRange(time: ClipTime, start: Seconds, duration: Seconds, mediaRate: Rational | null, rate: Rational): TimeRange {
  const isBackward = time.map !== null && speedOver(time.map, start, duration).num < 0n;
  const at = toMedia(time, start);
  return toRange(isBackward ? subtract(at, ofFrames(1, mediaRate ?? rate)) : at, duration, mediaRate ? [rate, mediaRate] : [rate]);
}
