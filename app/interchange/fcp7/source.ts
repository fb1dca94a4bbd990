/**
 * From a clip's `in`, counted in frames of the clip as it plays, to the media's own clock, and back. A reversed clip's `in` names the frame that it
 * begins with, which is the latest it shows; a document's range begins at the earliest.
 */
import { atRate, commonRate, scaleRound, type Rational } from '../../domain/rational.ts';
import type { DocumentTrack, Time } from '../document.ts';
import { reach } from '../reach.ts';
import type { XmlElement } from '../xml/element.ts';
import { tracksLength } from '../xml/place.ts';
import type { Speed } from './filters.ts';
import { readFrames } from './values.ts';

export type SourceClock = {
  readonly sequenceRate: Rational;
  /** `in` and `out` count at it. */
  readonly clipRate: Rational;
  readonly base: Time;
  /** Of the media, needed where they play backwards; null: unknown. */
  readonly length: Time | null;
  readonly speed: Speed | null;
  /** Frames of the sequence that are shown, without what transitions overlap. */
  readonly shown: number;
};

/** The earliest frame that is shown by a clip that begins `shift` frames of the sequence after `frame`. */
export function sourceStart(frame: number, shift: number, clock: SourceClock): Time {
  const rate = clockRate(clock);
  const { speed } = clock;
  const base = atRate(clock.base.value, clock.base.rate, rate);
  const played = atRate(frame, clock.clipRate, rate) + atRate(shift, clock.sequenceRate, rate);
  // A still does not move with its in point.
  if (!speed || speed.num === 0) return { value: base + (speed ? atRate(frame, clock.clipRate, rate) : played), rate };
  const moved = scaleRound(played, Math.abs(speed.num), speed.den);
  return { value: speed.num > 0 ? base + moved : base + lastFrame(clock, rate) - moved - reversed(clock, rate), rate };
}

/** The `in` whose `sourceStart` it is, `shift` frames of the sequence later; the nearest, and negative where the media lack the handle. */
export function clipIn(start: Time, shift: number, clock: SourceClock): number {
  const rate = commonRate(clockRate(clock), start.rate);
  const { speed } = clock;
  const source = atRate(start.value, start.rate, rate) - atRate(clock.base.value, clock.base.rate, rate);
  const played = !speed || speed.num === 0 ? source : scaleRound(speed.num > 0 ? source : lastFrame(clock, rate) - source - reversed(clock, rate), speed.den, Math.abs(speed.num));
  return atRate(played - (speed?.num === 0 ? 0 : atRate(shift, clock.sequenceRate, rate)), rate, clock.clipRate);
}

/** As a clip's own `duration` says it, for files that tell none; null where it plays forward and none is needed. */
export function toldLength(duration: XmlElement | null, rate: Rational, speed: Speed | null): Time | null {
  const frames = speed && speed.num < 0 ? readFrames(duration) : null;
  return frames !== null && frames > 0 ? { value: frames, rate } : null;
}

/** With which the `in` of a reversed clip is zero: no frame of media of unknown length is known beyond those that it shows. */
export function leastLength(start: Time, shift: number, clock: SourceClock): Time | null {
  const { speed, clipRate } = clock;
  if (!speed || speed.num >= 0) return null;
  const rate = commonRate(clockRate(clock), start.rate);
  const before = scaleRound(atRate(shift, clock.sequenceRate, rate), -speed.num, speed.den);
  const last = atRate(start.value, start.rate, rate) - atRate(clock.base.value, clock.base.rate, rate) + reversed(clock, rate) + before;
  return { value: atRate(last, rate, clipRate) + 1, rate: clipRate };
}

/** Of a nested timeline; null where it plays forward and none is needed. */
export function lengthOf(tracks: readonly DocumentTrack[], rate: Rational, speed: Speed | null): Time | null {
  return speed && speed.num < 0 ? { value: tracksLength(tracks, rate), rate } : null;
}

function clockRate({ sequenceRate, clipRate, base }: SourceClock): Rational {
  return commonRate(commonRate(sequenceRate, clipRate), base.rate);
}

/** From the earliest frame that a reversed clip shows to the one that it begins with. */
function reversed({ speed, shown, clipRate, sequenceRate }: SourceClock, rate: Rational): number {
  return speed ? atRate(reach(shown, speed, clipRate, sequenceRate), clipRate, rate) : 0;
}

function lastFrame({ length, clipRate }: SourceClock, rate: Rational): number {
  return length ? atRate(length.value, length.rate, rate) - atRate(1, clipRate, rate) : 0;
}
