/** Numbers, rates and ticks as xmeml writes them. */
import { rateFromNumber } from '../../domain/frame-rates.ts';
import { rational, type Rational } from '../../domain/rational.ts';
import { nominalRate } from '../../domain/timecode.ts';
import { childOf, element, textAt, textElement, textOf, type XmlElement } from '../xml/element.ts';

/** Premiere's clock. */
const ticksPerSecond = 254_016_000_000;

/** No pictures come faster. */
const fastest = 1000;
/** Years: what is beyond is a mistake, and other rates would no longer hold it. */
const mostFrames = 10_000_000_000;

/** Whole frames: some write 1055.0, which is 1055. Null where there is no number. */
export function readFrames(item: XmlElement | null): number | null {
  const text = textOf(item);
  if (!/^[-+]?\d+(\.\d*)?$/.test(text)) return null;
  const value = Math.round(Number(text));
  return Math.abs(value) <= mostFrames ? value || 0 : null;
}

/** A number as it stands, with decimals; null where there is none. */
export function readDecimal(text: string | null): number | null {
  return text !== null && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** `missing` where it says neither. */
export function readFlag(text: string | null, missing: boolean): boolean {
  return text === null ? missing : /^(true|1|yes)$/i.test(text);
}

/** Of the element's own `rate`; null where it has none. `ntsc` may be missing: then the timebase is the rate, 29.97 being 30000/1001. */
export function readRate(item: XmlElement | null): Rational | null {
  const rate = childOf(item, 'rate');
  const timebase = readDecimal(textAt(rate, 'timebase'));
  if (!rate || timebase === null || timebase < 1 || timebase > fastest) return null;
  const isNtsc = readFlag(textAt(rate, 'ntsc'), false);
  return isNtsc && Number.isInteger(timebase) ? rational(timebase * 1000, 1001) : rateFromNumber(timebase);
}

export function writeRate(rate: Rational): XmlElement {
  return element('rate', {}, [textElement('timebase', nominalRate(rate)), textElement('ntsc', rate.den === 1 ? 'FALSE' : 'TRUE')]);
}

/** xmeml knows whole rates and those a thousandth slower. */
export function isWritableRate(rate: Rational): boolean {
  return rate.den === 1 || (rate.den === 1001 && rate.num % 1000 === 0);
}

/** Frames of `rate`; null where it is no number of ticks. */
export function framesOfTicks(text: string | null, rate: Rational): number | null {
  if (text === null || !/^-?\d+$/.test(text)) return null;
  const ticks = BigInt(text) * BigInt(rate.num);
  return Number(ticks / (BigInt(ticksPerSecond) * BigInt(rate.den)));
}

export function ticksOfFrames(frames: number, rate: Rational): string {
  return (BigInt(frames) * BigInt(ticksPerSecond) * BigInt(rate.den) / BigInt(rate.num)).toString();
}
