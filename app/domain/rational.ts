/** Exact fractions for rates and aspect ratios. Time is never a float: it is whole frames or samples at a rate. */

/** A positive fraction in lowest terms. As a frame rate: frames per second, e.g. 24000/1001. */
export type Rational = { readonly num: number; readonly den: number };

export function rational(num: number, den = 1): Rational {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || den <= 0 || num < 0) {
    throw new RangeError(`not a fraction: ${num}/${den}`);
  }
  const divisor = greatestCommonDivisor(num, den) || 1;
  return { num: num / divisor, den: den / divisor };
}

export function sameRational(a: Rational, b: Rational): boolean {
  return a.num * b.den === b.num * a.den;
}

/** The least rate at which whole ticks of both rates are whole ticks; where no number holds it, the finer of the two. */
export function commonRate(a: Rational, b: Rational): Rational {
  const num = (a.num / greatestCommonDivisor(a.num, b.num)) * b.num;
  if (!Number.isSafeInteger(num)) return rationalToNumber(a) > rationalToNumber(b) ? a : b;
  return rational(num, greatestCommonDivisor(a.den, b.den));
}

/** Ticks at one rate as the nearest ticks at another. */
export function atRate(ticks: number, from: Rational, to: Rational): number {
  return scaleRound(ticks, to.num * from.den, to.den * from.num);
}

export function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/**
 * round(value * num / den), half up, exact for any operands whose quotient is a safe integer.
 * This is how a frame count becomes a sample position: `scaleRound(frame, sampleRate * rate.den, rate.num)`.
 */
export function scaleRound(value: number, num: number, den: number): number {
  const product = value * num;
  if (Number.isSafeInteger(product * 2 + den)) return Math.floor((product * 2 + den) / (2 * den));
  const n = BigInt(value) * BigInt(num) * 2n + BigInt(den);
  const d = BigInt(den) * 2n;
  const quotient = n / d;
  return Number(n < 0n && n % d !== 0n ? quotient - 1n : quotient);
}

/** floor(value * num / den), exact. */
export function scaleFloor(value: number, num: number, den: number): number {
  const product = value * num;
  if (Number.isSafeInteger(product)) return Math.floor(product / den);
  const n = BigInt(value) * BigInt(num);
  const d = BigInt(den);
  const quotient = n / d;
  return Number(n < 0n && n % d !== 0n ? quotient - 1n : quotient);
}

export function rationalToNumber(value: Rational): number {
  return value.num / value.den;
}

/** "24", "24000/1001". */
export function formatRational(value: Rational): string {
  return value.den === 1 ? String(value.num) : `${value.num}/${value.den}`;
}
