/** How far the movie's sound lies from where it belongs. */
import { correlate } from './correlation.ts';

export type Shift = {
  /** Samples by which the movie is late; null: too quiet to tell. */
  readonly offset: number | null;
  /** The movie's sound there is the expected one, wherever it lies. */
  readonly isAlike: boolean;
};

/** Mean square of -70 dB under full scale. */
const quiet = 1e-7;
/** Coding may make noise in silence, but not much. */
const faint = 1e-5;
/** What two recordings of the same have in common at least, after lossy coding twice. */
const leastLikeness = 0.5;
/** Difference over sound below which the place is taken for right at once. */
const near = 0.05;
/** Differences that may be told apart by coding noise alone. */
const ambiguous = 4;

/** `actual` holds `reach` samples more than `expected` on either side. The shift with the least difference wins, of several alike (a steady tone) the smallest. */
export function findShift(expected: Float32Array, actual: Float32Array, reach: number): Shift {
  const { length } = expected;
  const energy = energyOf(expected, 0, length);
  if (energy < quiet * length) return { offset: null, isAlike: energyOf(actual, reach, reach + length) < faint * length };
  const here = difference(expected, actual, reach);
  const isNearest = here <= difference(expected, actual, reach - 1) && here <= difference(expected, actual, reach + 1);
  if (here === 0 || (isNearest && here < near * energy)) return { offset: 0, isAlike: true };

  const sums = correlate(expected, actual);
  const energies = slidingEnergy(actual, length);
  const remainder = (offset: number): number => energy + (energies[reach + offset] ?? Infinity) - 2 * (sums[reach + offset] ?? 0);
  let least = Infinity;
  for (let offset = -reach; offset <= reach; offset++) least = Math.min(least, remainder(offset));
  const isCandidate = (offset: number): boolean => remainder(offset) <= ambiguous * least + 1e-9 * energy
    && remainder(offset) <= remainder(offset - 1) && remainder(offset) <= remainder(offset + 1);
  let best = 0;
  for (let distance = 0; distance <= reach; distance++) {
    best = isCandidate(distance) ? distance : -distance;
    if (isCandidate(best)) break;
  }
  const at = reach + best;
  const likeness = (sums[at] ?? 0) / Math.sqrt(energy * Math.max(energies[at] ?? 0, 1e-30));
  return { offset: best, isAlike: likeness >= leastLikeness };
}

function energyOf(signal: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (signal[i] ?? 0) ** 2;
  return sum;
}

/** Of the squares, with `expected` laid at `start` of `actual`. */
function difference(expected: Float32Array, actual: Float32Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < expected.length; i++) sum += ((expected[i] ?? 0) - (actual[start + i] ?? 0)) ** 2;
  return sum;
}

/** Energy of each stretch of `length` samples. */
function slidingEnergy(signal: Float32Array, length: number): Float64Array {
  const out = new Float64Array(signal.length - length + 1);
  let sum = energyOf(signal, 0, length);
  for (let i = 0; i < out.length; i++) {
    out[i] = sum;
    sum += (signal[i + length] ?? 0) ** 2 - (signal[i] ?? 0) ** 2;
  }
  return out;
}
