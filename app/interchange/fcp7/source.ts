/** From a clip's `in`, counted in frames of the clip as it plays, to the media's own clock, and back. */
import { atRate, commonRate, scaleRound, type Rational } from '../../domain/rational.ts';
import type { Time } from '../document.ts';
import type { Speed } from './filters.ts';

export type SourceClock = {
  readonly sequenceRate: Rational;
  /** `in` and `out` count at it. */
  readonly clipRate: Rational;
  readonly base: Time;
  /** Of the media, needed where they play backwards; null: unknown. */
  readonly length: Time | null;
  readonly speed: Speed | null;
};

/** The first frame that is shown, `shift` frames of the sequence after `frame`. */
export function sourceStart(frame: number, shift: number, clock: SourceClock): Time {
  const rate = clockRate(clock);
  const { speed } = clock;
  const base = atRate(clock.base.value, clock.base.rate, rate);
  const played = atRate(frame, clock.clipRate, rate) + atRate(shift, clock.sequenceRate, rate);
  // A still does not move with its in point.
  if (!speed || speed.num === 0) return { value: base + (speed ? atRate(frame, clock.clipRate, rate) : played), rate };
  const moved = scaleRound(played, Math.abs(speed.num), speed.den);
  return { value: speed.num > 0 ? base + moved : base + lastFrame(clock, rate) - moved, rate };
}

/** The `in` whose `sourceStart` it is, `shift` frames of the sequence later; the nearest, and negative where the media lack the handle. */
export function clipIn(start: Time, shift: number, clock: SourceClock): number {
  const rate = commonRate(clockRate(clock), start.rate);
  const { speed } = clock;
  const source = atRate(start.value, start.rate, rate) - atRate(clock.base.value, clock.base.rate, rate);
  const played = !speed || speed.num === 0 ? source : scaleRound(speed.num > 0 ? source : lastFrame(clock, rate) - source, speed.den, Math.abs(speed.num));
  return atRate(played - (speed?.num === 0 ? 0 : atRate(shift, clock.sequenceRate, rate)), rate, clock.clipRate);
}

function clockRate({ sequenceRate, clipRate, base }: SourceClock): Rational {
  return commonRate(commonRate(sequenceRate, clipRate), base.rate);
}

function lastFrame({ length, clipRate }: SourceClock, rate: Rational): number {
  return length ? atRate(length.value, length.rate, rate) - atRate(1, clipRate, rate) : 0;
}
