/** Time stamps on a clock, often a coarse one (Matroska's milliseconds), and the even grid they were rounded from. */
import { knownRates } from '../../../app/domain/frame-rates.ts';
import { rational, rationalToNumber, sameRational, type Rational } from '../../../app/domain/rational.ts';

/** Seconds by which a stamp may miss the grid: stamps that once went through a container of milliseconds keep its rounding. */
const jitter = 0.001;

export type Grid = {
  readonly rate: Rational;
  readonly isConstantRate: boolean;
  /** When the first frame is shown, in ticks: on the grid as it was before rounding. */
  readonly start: number;
};

/**
 * `stamps` ascend, in ticks of `tick` seconds; at least one. `hints`: rates that the container tells, the best first. The rate is constant where all
 * stamps lie on a grid that a rate makes; otherwise it is the nominal one.
 */
export function findGrid(stamps: Float64Array, tick: Rational, hints: readonly (Rational | null)[]): Grid {
  const first = stamps[0] ?? 0;
  const span = (stamps.at(-1) ?? 0) - first;
  if (span <= 0) return { rate: hints.find((rate) => rate !== null && isUsual(rate)) ?? fallback, isConstantRate: stamps.length < 2, start: first };
  const mean = ((stamps.length - 1) * tick.den) / (span * tick.num);
  const exact = evenSteps(stamps, tick);
  for (const rate of candidates([...hints, ...(exact ? [exact] : [])], mean, stamps.length)) {
    const start = fit(stamps, tick, rate);
    if (start !== null) return { rate, isConstantRate: true, start };
  }
  if (exact) return { rate: exact, isConstantRate: true, start: first };
  return { rate: nominal(tick.den / (tick.num * commonestStep(stamps))), isConstantRate: false, start: first };
}

const fallback = rational(25);

/** The rate where all steps are the same. */
function evenSteps(stamps: Float64Array, tick: Rational): Rational | null {
  const step = (stamps[1] ?? 0) - (stamps[0] ?? 0);
  if (step <= 0 || !Number.isSafeInteger(step * tick.num)) return null;
  for (let i = 2; i < stamps.length; i++) if ((stamps[i] ?? 0) - (stamps[i - 1] ?? 0) !== step) return null;
  return rational(tick.den, tick.num * step);
}

function commonestStep(stamps: Float64Array): number {
  const counts = new Map<number, number>();
  let best = 1;
  for (let i = 1; i < stamps.length; i++) {
    const step = (stamps[i] ?? 0) - (stamps[i - 1] ?? 0);
    if (step <= 0) continue;
    const count = (counts.get(step) ?? 0) + 1;
    counts.set(step, count);
    if (count > (counts.get(best) ?? 0)) best = step;
  }
  return best;
}

/** Rates that the mean of this many stamps allows: known ones that are told, other known ones, told ones, the nearest first. */
function candidates(hints: readonly (Rational | null)[], mean: number, count: number): Rational[] {
  // The span is off by a jitter at each end.
  const slack = Math.max(1e-6, (2 * jitter * mean) / (count - 1));
  const allowed = (rates: readonly (Rational | null)[]): Rational[] => rates
    .filter((rate): rate is Rational => rate !== null && isUsual(rate) && distance(rate, mean) <= slack)
    .toSorted((a, b) => distance(a, mean) - distance(b, mean));
  const isKnown = (rate: Rational | null): boolean => rate !== null && knownRates.some((known) => sameRational(known, rate));
  return [...allowed(hints.filter(isKnown)), ...allowed(knownRates), ...allowed(hints)];
}

/**
 * Start of a grid of `rate` from which no stamp is off by more than rounding or jitter, null where there is none. Each stamp bounds it; the
 * middle of what all allow is far more exact than one stamp.
 */
function fit(stamps: Float64Array, tick: Rational, rate: Rational): number | null {
  const step = (rate.den * tick.den) / (rate.num * tick.num);
  let low = -Infinity;
  let high = Infinity;
  for (let i = 0; i < stamps.length; i++) {
    const start = (stamps[i] ?? 0) - i * step;
    if (start > low) low = start;
    if (start < high) high = start;
  }
  // Half of this to each side.
  const allowed = Math.max(2, Math.min((2 * jitter * tick.den) / tick.num, step / 4));
  return low - high <= allowed ? (low + high) / 2 : null;
}

/** Where a sound begins whose packets last as many samples as they do: as `fit`, for packets of any length; in ticks. */
export function fitStart(stamps: readonly number[], positions: readonly number[], sampleRate: number, tick: Rational): number {
  let low = -Infinity;
  let high = Infinity;
  for (let i = 0; i < stamps.length; i++) {
    const start = (stamps[i] ?? 0) - ((positions[i] ?? 0) * tick.den) / (sampleRate * tick.num);
    if (start > low) low = start;
    if (start < high) high = start;
    if (low - high > 1.01) return stamps[0] ?? 0;
  }
  return stamps.length === 0 ? 0 : (low + high) / 2;
}

function isUsual(rate: Rational): boolean {
  const value = rationalToNumber(rate);
  return value >= 0.1 && value <= 1000;
}

/** The known rate that is nearest, where one is near. */
function nominal(mean: number): Rational {
  const near = knownRates.reduce((best, rate) => (distance(rate, mean) < distance(best, mean) ? rate : best));
  if (distance(near, mean) < 0.02) return near;
  return rational(Math.max(1, Math.round(Math.min(1000, mean) * 1000)), 1000);
}

function distance(rate: Rational, value: number): number {
  return Math.abs(rationalToNumber(rate) / value - 1);
}
