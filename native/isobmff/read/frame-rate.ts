/** The rate of a track from the times of its frames. */
import { knownRates } from '../../../app/domain/frame-rates.ts';
import { rational, rationalToNumber, type Rational } from '../../../app/domain/rational.ts';

export type FrameTiming = { readonly rate: Rational; readonly isConstantRate: boolean };

const fallback = rational(25);

/**
 * Constant where every frame lies within a tick of an even grid. Otherwise the rate is the nominal one: that of the commonest duration.
 * `times` from the first frame in `timescale` units; `end` is the end of the only frame.
 */
export function frameTiming(times: Float64Array, timescale: number, end: number): FrameTiming {
  const count = times.length;
  if (count < 2) return { rate: end > 0 ? snapped(timescale, end) : fallback, isConstantRate: true };
  const span = times[count - 1] ?? 0;
  if (span <= 0) return { rate: fallback, isConstantRate: false };
  const first = times[1] ?? 0;
  if (first > 0 && isEven(times, first, 0)) return { rate: rational(timescale, first), isConstantRate: true };
  const mean = snapped(timescale * (count - 1), span);
  if (isEven(times, (timescale * mean.den) / mean.num, 1)) return { rate: mean, isConstantRate: true };
  return { rate: snapped(timescale, commonest(times)), isConstantRate: false };
}

/** Every frame n lies no further than `slack` ticks from n * step. */
function isEven(times: Float64Array, step: number, slack: number): boolean {
  for (let n = 1; n < times.length; n++) if (Math.abs((times[n] ?? 0) - n * step) > slack) return false;
  return true;
}

/** A known rate within a thousandth of a coarse clock's, so that 41 and 42 ms are 24000/1001. */
function snapped(timescale: number, ticks: number): Rational {
  const value = timescale / ticks;
  let best: Rational | null = null;
  let distance = 0.0004;
  for (const rate of knownRates) {
    const off = Math.abs(rationalToNumber(rate) / value - 1);
    if (off < distance) [best, distance] = [rate, off];
  }
  return best ?? limited(timescale, ticks);
}

function limited(num: number, den: number): Rational {
  return Number.isSafeInteger(num) && Number.isSafeInteger(den) && num > 0 ? rational(num, den) : rational(Math.max(1, Math.round((num / den) * 1000)), 1000);
}

function commonest(times: Float64Array): number {
  const counts = new Map<number, number>();
  let best = 1;
  for (let n = 1; n < times.length; n++) {
    const step = (times[n] ?? 0) - (times[n - 1] ?? 0);
    if (step <= 0) continue;
    const seen = (counts.get(step) ?? 0) + 1;
    counts.set(step, seen);
    if (seen > (counts.get(best) ?? 0)) best = step;
  }
  return best;
}
