/** Where the programme's sound lies in a source, exact to the sample whatever the rates. */
import { scaleRound, type Rational } from '../rational.ts';
import type { Sound } from '../source.ts';

/** Programme sample at which timeline frame `frame` begins: rounded from the absolute position, so that nothing adds up. */
export function programmeSample(frame: number, timelineRate: Rational, sampleRate: number): number {
  return scaleRound(frame, sampleRate * timelineRate.den, timelineRate.num);
}

/**
 * The sample heard with frame `frame` (at `rate`, from the source's first), on the source's clock from packet 0, counted at
 * `sampleRate` (the programme's). Rounded once.
 */
export function sourceSample(sound: Sound, frame: number, rate: Rational, sampleRate: number): number {
  // start/startDen source samples + frame/rate seconds, over one denominator
  const parts = sound.startDen * sound.format.sampleRate * rate.num;
  const [offset, elapsed] = [sound.start * rate.num, frame * rate.den * sound.format.sampleRate * sound.startDen];
  if (Number.isSafeInteger(2 * sampleRate * (Math.abs(offset) + Math.abs(elapsed)) + 2 * parts)) {
    return Math.floor((2 * sampleRate * (offset + elapsed) + parts) / (2 * parts));
  }
  const own = BigInt(sound.format.sampleRate);
  const denominator = BigInt(sound.startDen) * own * BigInt(rate.num);
  const numerator = BigInt(sampleRate) * (BigInt(sound.start) * BigInt(rate.num) + BigInt(frame) * BigInt(rate.den) * own * BigInt(sound.startDen));
  const doubled = 2n * numerator + denominator;
  const quotient = doubled / (2n * denominator);
  return Number(doubled < 0n && doubled % (2n * denominator) !== 0n ? quotient - 1n : quotient);
}
