/** Times of OpenTimelineIO: a value at a rate, whole or not, as whole ticks of a rate. */
import { StringoutError, type ErrorPlace } from '../base/errors.ts';
import { rateFromNumber } from '../domain/frame-rates.ts';
import { atRate, commonRate, formatRational, rational, rationalToNumber, type Rational } from '../domain/rational.ts';
import type { StartLabel } from '../domain/timeline.ts';
import { asArray, asNumber, asObject, type JsonObject } from './json.ts';

export type Ticks = { readonly value: number; readonly rate: Rational };
/** `start` and `duration` in ticks of `rate`. */
export type Range = { readonly start: number; readonly duration: number; readonly rate: Rational };

/** Decimals that are kept of a value; what lies beyond is noise of floats. */
const digits = 6;

/** Null where there is no value at a rate. A value that is not whole counts at tenfold rates: 1.4 at 1 is 14 at 10. */
function readTicks(value: unknown, otherRate: Rational | null = null): Ticks | null {
  const object = asObject(value);
  const number = asNumber(object?.['value']);
  const rate = rateFromNumber(asNumber(object?.['rate']) ?? 0) ?? otherRate;
  if (number === null || !rate) return null;
  const [whole = '0', fraction = ''] = Math.abs(number).toFixed(digits).replace(/\.?0+$/, '').split('.');
  const ticks = Number(whole + fraction);
  return Number.isSafeInteger(ticks)
    ? { value: number < 0 ? -ticks : ticks, rate: rational(rate.num * 10 ** fraction.length, rate.den) }
    : { value: Math.round(number), rate };
}

/** Null where there is none. Throws `list.invalid` where it tells no length. */
export function readRange(value: unknown, place: ErrorPlace): Range | null {
  const object = asObject(value);
  if (!object) return null;
  const startRate = rateFromNumber(asNumber(asObject(object['start_time'])?.['rate']) ?? 0);
  const duration = readTicks(object['duration'], startRate);
  if (!duration) throw new StringoutError('list.invalid', 'has a source range without a length or rate', place);
  const start = readTicks(object['start_time'], duration.rate) ?? { value: 0, rate: duration.rate };
  const rate = commonRate(start.rate, duration.rate);
  return { start: atRate(start.value, start.rate, rate), duration: atRate(duration.value, duration.rate, rate), rate };
}

/** Some programs count in seconds or in ticks of a clock: that is no rate of pictures. */
function isFrameRate(rate: Rational): boolean {
  const perSecond = rationalToNumber(rate);
  return perSecond >= 5 && perSecond <= 300;
}

/** What most clips of a track are counted at; null where none is a rate of pictures. */
export function majorityRate(track: JsonObject): Rational | null {
  const counts = new Map<string, { rate: Rational; count: number }>();
  for (const child of asArray(track['children'])) {
    const duration = asObject(asObject(asObject(child)?.['source_range'])?.['duration']);
    const rate = rateFromNumber(asNumber(duration?.['rate']) ?? 0);
    if (!rate || !isFrameRate(rate)) continue;
    const key = formatRational(rate);
    counts.set(key, { rate, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.rate ?? null;
}

export function readStart(value: unknown): StartLabel | null {
  const ticks = readTicks(value);
  const own = rateFromNumber(asNumber(asObject(value)?.['rate']) ?? 0);
  if (!ticks || !own) return null;
  return isFrameRate(own)
    ? { frame: atRate(ticks.value, ticks.rate, own), rate: own, dropFrame: false }
    : { frame: ticks.value, rate: ticks.rate, dropFrame: false };
}

/** The lengths one after another. */
export function sumTicks(lengths: readonly Ticks[]): Ticks {
  return lengths.reduce((sum, next) => {
    const rate = commonRate(sum.rate, next.rate);
    return { value: atRate(sum.value, sum.rate, rate) + atRate(next.value, next.rate, rate), rate };
  }, { value: 0, rate: rational(1) });
}
