import { expect, test } from 'vitest';
import { correlate } from './correlation.ts';
import { findShift } from './find-shift.ts';

const reach = 300;
const length = 4096;

/** White noise by a linear congruential generator (Numerical Recipes). */
function noise(seed: number, level: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return level * (state / 2 ** 31 - 1);
  };
}

const signal = (at: (i: number) => number): Float32Array => Float32Array.from({ length: length + 2 * reach + 2000 }, (_, i) => at(i));
/** The signal late by `shift`, with coding noise on it. */
function shifted(whole: Float32Array, shift: number, hiss = 0): Float32Array {
  const next = noise(99, hiss);
  return Float32Array.from({ length: length + 2 * reach }, (_, i) => (whole[500 + i - shift] ?? 0) + next());
}
const expectedOf = (whole: Float32Array): Float32Array => whole.slice(500 + reach, 500 + reach + length);

test('correlation is what its definition says', () => {
  const [a, b] = [Float32Array.from({ length: 5 }, noise(1, 1)), Float32Array.from({ length: 12 }, noise(2, 1))];
  const sums = correlate(a, b);
  expect(sums.length).toBe(8);
  sums.forEach((sum, lag) => { expect(sum).toBeCloseTo(a.reduce((total, value, i) => total + value * (b[i + lag] ?? 0), 0), 10); });
});

test.each([0, 1, -1, 2, 37, -300, 300])('noise, voice-like sound and a low tone under coding noise, shifted by %i', (shift) => {
  const next = noise(7, 0.3);
  let low = 0;
  const sounds = [
    signal(() => next()),
    signal(() => { low += 0.02 * (next() - low); return low; }),
    signal((i) => 0.3 * Math.sin(i / 70) * (1 + Math.sin(i / 901)) + 0.05 * Math.sin(i / 11.3)),
  ];
  for (const sound of sounds) {
    const level = Math.sqrt(sound.reduce((sum, value) => sum + value * value, 0) / sound.length);
    for (const hiss of [0, level / 30]) expect(findShift(expectedOf(sound), shifted(sound, shift, hiss), reach)).toEqual({ offset: shift, isAlike: true });
  }
});

test('a steady tone fits every period: the nearest is taken', () => {
  const tone = signal((i) => 0.3 * Math.sin((2 * Math.PI * i) / 48));
  expect(findShift(expectedOf(tone), shifted(tone, 1, 0.005), reach)).toEqual({ offset: 1, isAlike: true });
});

test('silence tells nothing, and sound in its place is wrong; another sound is wrong', () => {
  const silence = signal(() => 0);
  const next = noise(3, 0.3);
  const sound = signal(() => next());
  const other = signal(() => next());
  expect(findShift(expectedOf(silence), shifted(silence, 0, 0.0005), reach)).toEqual({ offset: null, isAlike: true });
  expect(findShift(expectedOf(silence), shifted(sound, 0), reach)).toEqual({ offset: null, isAlike: false });
  expect(findShift(expectedOf(sound), shifted(other, 0), reach).isAlike).toBe(false);
  expect(findShift(expectedOf(sound), shifted(silence, 0), reach).isAlike).toBe(false);
});
