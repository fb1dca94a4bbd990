/** Times of OpenTimelineIO: a value at a rate, whole or not, as whole ticks of a rate. */
import { knownRates, rateFromNumber } from '../../domain/frame-rates.ts';
import { atRate, commonRate, formatRational, rational, rationalToNumber, sameRational, type Rational } from '../../domain/rational.ts';
import type { StartLabel } from '../../domain/timeline.ts';
import { asArray, asNumber, asObject, objectsIn, type JsonObject } from '../json.ts';
import { mediaReference } from './media-path.ts';

type Ticks = { readonly value: number; readonly rate: Rational };
/** `start` and `duration` in ticks of `rate`. */
export type Range = { readonly start: number; readonly duration: number; readonly rate: Rational };

/** Decimals that are kept of a value; what lies beyond is noise of floats. */
const digits = 6;
/** Of a rate; more is no rate that anybody meant. */
const largestDenominator = 100_000;

/** The fraction that a number stands for: a known rate within the noise of decimals, else the least one that is exactly this number. */
export function rateOf(value: number): Rational | null {
  const rounded = rateFromNumber(value);
  if (rounded && knownRates.some((known) => sameRational(known, rounded))) return rounded;
  const exact = value > 0 ? fractionOf(value) : null;
  return exact && exact.den <= largestDenominator ? rational(exact.num, exact.den) : rounded;
}

/** The first of the continued fraction's steps that is exactly this number; null for what is not finite or too large. `den` is positive. */
export function fractionOf(value: number): { readonly num: number; readonly den: number } | null {
  const size = Math.abs(value);
  let [num, den, lastNum, lastDen] = [Math.floor(size), 1, 1, 0];
  let rest = size - num;
  while (num / den !== size) {
    if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || rest <= 0) return null;
    const step = Math.floor(1 / rest);
    rest = 1 / rest - step;
    [num, den, lastNum, lastDen] = [step * num + lastNum, step * den + lastDen, num, den];
  }
  return Number.isSafeInteger(num) && Number.isSafeInteger(den) ? { num: value < 0 ? -num : num, den } : null;
}

/** Null where there is no value at a rate. A value that is not whole counts at tenfold rates: 1.4 at 1 is 14 at 10. */
export function readTicks(value: unknown, otherRate: Rational | null = null): Ticks | null {
  const object = asObject(value);
  const number = asNumber(object?.['value']);
  const rate = rateOf(asNumber(object?.['rate']) ?? 0) ?? otherRate;
  if (number === null || !rate || Math.abs(number) > Number.MAX_SAFE_INTEGER) return null;
  const [whole = '0', fraction = ''] = Math.abs(number).toFixed(digits).replace(/\.?0+$/, '').split('.');
  const ticks = Number(whole + fraction);
  const num = rate.num * 10 ** fraction.length;
  return Number.isSafeInteger(ticks) && Number.isSafeInteger(num)
    ? { value: number < 0 ? -ticks : ticks, rate: rational(num, rate.den) }
    : { value: Math.round(number), rate };
}

/** Null for what tells no range. */
export function readTimeRange(value: unknown): Range | null {
  const object = asObject(value);
  const duration = readTicks(object?.['duration'], rateOf(asNumber(asObject(object?.['start_time'])?.['rate']) ?? 0));
  if (!object || !duration) return null;
  const start = readTicks(object['start_time'], duration.rate) ?? { value: 0, rate: duration.rate };
  const rate = commonRate(start.rate, duration.rate);
  const range = { start: atRate(start.value, start.rate, rate), duration: atRate(duration.value, duration.rate, rate), rate };
  return Number.isSafeInteger(range.start) && Number.isSafeInteger(range.duration) ? range : null;
}

export function writeTime(value: number, rate: Rational): JsonObject {
  return { OTIO_SCHEMA: 'RationalTime.1', rate: rationalToNumber(rate), value };
}

export function writeTimeRange(range: Range | null): JsonObject | null {
  return range && { OTIO_SCHEMA: 'TimeRange.1', duration: writeTime(range.duration, range.rate), start_time: writeTime(range.start, range.rate) };
}

/** Some programs count in seconds or in ticks of a clock: that is no rate of pictures. */
export function isFrameRate(rate: Rational): boolean {
  const perSecond = rationalToNumber(rate);
  return perSecond >= 5 && perSecond <= 300;
}

/** What most clips of these tracks are counted at; null where none is a rate of pictures. `favourite` wins among equals. */
function majorityRate(tracks: readonly JsonObject[], favourite: Rational | null = null): Rational | null {
  const counts = new Map<string, { rate: Rational; count: number }>();
  const known = favourite && formatRational(favourite);
  for (const child of tracks.flatMap((track) => asArray(track['children']))) {
    const range = asObject(asObject(child)?.['source_range']) ?? asObject(mediaReference(asObject(child) ?? {})?.['available_range']);
    const rate = rateOf(asNumber(asObject(range?.['duration'])?.['rate']) ?? 0);
    if (!rate || !isFrameRate(rate)) continue;
    const key = formatRational(rate);
    counts.set(key, { rate, count: (counts.get(key)?.count ?? (key === known ? 0.5 : 0)) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.rate ?? null;
}

/** A timeline's rate, from its stack: that of most pictures, else most sounds, else its start's. */
export function timelineRate(stack: JsonObject, start: StartLabel | null): Rational | null {
  const own = start && isFrameRate(start.rate) ? start.rate : null;
  const tracks = objectsIn(stack['children']);
  const isSound = (track: JsonObject): boolean => track['kind'] === 'Audio';
  return majorityRate(tracks.filter((track) => !isSound(track)), own) ?? majorityRate(tracks.filter(isSound), own) ?? own;
}

export function readStart(value: unknown): StartLabel | null {
  const ticks = readTicks(value);
  const own = rateOf(asNumber(asObject(value)?.['rate']) ?? 0);
  if (!ticks || !own) return null;
  return isFrameRate(own)
    ? { frame: atRate(ticks.value, ticks.rate, own), rate: own, dropFrame: false }
    : { frame: ticks.value, rate: ticks.rate, dropFrame: false };
}
