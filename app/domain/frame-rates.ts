/** The rates that are used, so that decimals of other programs become the fractions they stand for. */
import { rational, rationalToNumber, type Rational } from './rational.ts';

const nominal = [24, 25, 30, 48, 50, 60, 72, 90, 96, 100, 120, 144, 192, 200, 240];
export const knownRates: readonly Rational[] = [
  ...nominal.map((rate) => rational(rate)),
  ...[24, 30, 48, 60, 72, 96, 120, 240].map((rate) => rational(rate * 1000, 1001)),
];

/** 23.976, 23.98, 23.976023976 -> 24000/1001; 12.5 -> 25/2. Null for what is no rate. */
export function rateFromNumber(value: number): Rational | null {
  if (!Number.isFinite(value) || value <= 0 || value > 1_000_000) return null;
  const exact = knownRates.find((rate) => Math.abs(rationalToNumber(rate) - value) < 1e-6);
  if (exact) return exact;
  // Two decimals are all that some write: 23.98, 29.97.
  const near = knownRates.find((rate) => rate.den !== 1 && Math.abs(rationalToNumber(rate) - value) < 0.005);
  return near ?? rational(Math.round(value * 1000), 1000);
}

/** "24", "23.976", "24000/1001"; null where it is no rate. */
export function parseRate(text: string): Rational | null {
  const fraction = /^(\d{1,9})\/(\d{1,9})$/.exec(text.trim());
  if (fraction) {
    const [num, den] = [Number(fraction[1]), Number(fraction[2])];
    return num > 0 && den > 0 ? rational(num, den) : null;
  }
  return /^\d+(\.\d+)?$/.test(text.trim()) ? rateFromNumber(Number(text)) : null;
}
