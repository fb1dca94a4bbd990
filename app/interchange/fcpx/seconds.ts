/** FCPXML's times: exact fractions of a second, `1001/30000s`. Never floats. */
import { commonRate, type Rational } from '../../domain/rational.ts';
import type { TimeRange } from '../document.ts';

/** In lowest terms; the denominator is positive. */
export type Seconds = { readonly num: bigint; readonly den: bigint };

export const zero: Seconds = { num: 0n, den: 1n };

export function seconds(num: bigint, den: bigint): Seconds {
  const divisor = commonDivisor(num < 0n ? -num : num, den < 0n ? -den : den) || 1n;
  const sign = den < 0n ? -1n : 1n;
  return { num: (sign * num) / divisor, den: (sign * den) / divisor };
}

/** Three years: beyond that a time is a mistake, and no number would hold its frames. */
const longest = 100_000_000n;

/** Null for what is no time. Some write decimals: 5.5s. */
export function parseSeconds(text: string | null): Seconds | null {
  const match = /^\s*([-+]?\d{1,30})(?:\.(\d{1,18}))?(?:\/(\d{1,30}))?s?\s*$/.exec(text ?? '');
  if (!match || (match[2] !== undefined && match[3] !== undefined)) return null;
  const digits = match[2] ?? '';
  const den = match[3] === undefined ? 10n ** BigInt(digits.length) : BigInt(match[3]);
  const num = BigInt(`${match[1]}${digits}`);
  return den === 0n || num > longest * den || num < -longest * den ? null : seconds(num, den);
}

/** At a rate as Final Cut writes it, `30030/30000s`, where it is a whole number of frames; else in lowest terms. */
export function writeSeconds(time: Seconds, rate: Rational | null = null): string {
  if (time.den === 1n) return `${time.num}s`;
  const frames = rate && wholeFrames(time, rate);
  return frames === null ? `${time.num}/${time.den}s` : `${frames * BigInt(rate?.den ?? 1)}/${rate?.num ?? 1}s`;
}

export function add(a: Seconds, b: Seconds): Seconds {
  return seconds(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function subtract(a: Seconds, b: Seconds): Seconds {
  return seconds(a.num * b.den - b.num * a.den, a.den * b.den);
}

export function multiply(a: Seconds, b: Seconds): Seconds {
  return seconds(a.num * b.num, a.den * b.den);
}

/** `b` must not be zero. */
export function divide(a: Seconds, b: Seconds): Seconds {
  return seconds(a.num * b.den, a.den * b.num);
}

/** Negative where a is less. */
export function compare(a: Seconds, b: Seconds): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : Number(difference > 0n);
}

export function ofFrames(frames: number, rate: Rational): Seconds {
  return seconds(BigInt(frames) * BigInt(rate.den), BigInt(rate.num));
}

/** The nearest frame, half up. */
export function toFrames(time: Seconds, rate: Rational): number {
  const num = time.num * BigInt(rate.num) * 2n + time.den * BigInt(rate.den);
  const den = time.den * BigInt(rate.den) * 2n;
  const quotient = num / den;
  return Number(num < 0n && num % den !== 0n ? quotient - 1n : quotient);
}

/** Null where it is not a whole number of frames. */
function wholeFrames(time: Seconds, rate: Rational): bigint | null {
  const num = time.num * BigInt(rate.num);
  const den = time.den * BigInt(rate.den);
  return num % den === 0n ? num / den : null;
}

export function isWhole(time: Seconds, rate: Rational): boolean {
  return wholeFrames(time, rate) !== null;
}

/** Ticks finer than this are rounded. */
const finest = 2n ** 25n;

/** At the first of `rates` at which both are whole, else at what the rates have in common, else at one that holds both exactly; else rounded. */
export function toRange(start: Seconds, duration: Seconds, rates: readonly [Rational, ...Rational[]]): TimeRange {
  const [first, ...others] = rates;
  const common = others.reduce(commonRate, first);
  const whole = [...rates, common].find((rate) => isWhole(start, rate) && isWhole(duration, rate));
  const num = [start.den, duration.den].reduce((sum, den) => (sum / commonDivisor(sum, den)) * den, BigInt(first.num));
  const rate = whole ?? (num <= finest ? { num: Number(num), den: 1 } : common);
  return { start: within(toFrames(start, rate)), duration: within(toFrames(duration, rate)), rate };
}

/** A speed may lead anywhere. */
function within(frames: number): number {
  return Math.min(Math.max(frames, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
