/**
 * How much of the source an edit shows. Record durations rule; source durations differ from them for many reasons, and only M2 makes a speed
 * change of it. All in whole frames, source and record each at their own rate.
 */
import { formatRational, rationalToNumber, sameRational, scaleFloor, scaleRound, type Rational } from '../../domain/rational.ts';
import { nominalRate } from '../../domain/timecode.ts';
import { reach } from '../reach.ts';

/** Source time for timeline time; num 0 is a freeze, negative is reverse. In lowest terms. */
export type Speed = { readonly num: number; readonly den: number };

export type Span = {
  /** The earliest source frame that is shown. */
  readonly start: number;
  /** Null: as shot. */
  readonly speed: Speed | null;
  /** What the user should know; null: all is as expected. */
  readonly note: string | null;
};

type Frames = {
  readonly sourceIn: number;
  /** out - in as the list has it. */
  readonly source: number;
  readonly record: number;
  readonly sourceRate: Rational;
  readonly recordRate: Rational;
};

/** Source frames that a list gives for so many record frames. */
export function sourceSpan(record: number, speed: Speed | null, sourceRate: Rational, recordRate: Rational): number {
  const { num, den } = speed ?? { num: 1, den: 1 };
  if (num === 0) return 1;
  const atSpeed = scaleRound(record, Math.abs(num) * sourceRate.num * recordRate.den, den * sourceRate.den * recordRate.num);
  return speed ? Math.max(1, atSpeed) : atSpeed;
}

export function plainSpan(frames: Frames): Span {
  const { sourceIn: start, source, record, sourceRate, recordRate } = frames;
  const expected = sourceSpan(record, null, sourceRate, recordRate);
  const off = source - expected;
  const differs = `source and record differ (${source} and ${record} frames)`;
  if (off === 0 || source === 0) return { start, speed: null, note: null };
  if (Math.abs(off) === 1) return { start, speed: null, note: 'source and record differ by a frame: the record is right' };
  if (source === record) return { start, speed: null, note: `source frames, at ${formatRational(sourceRate)}, were counted one for one on the record` };
  const ratio = conformRatio(source, record);
  return {
    start, speed: null,
    note: ratio
      ? `${differs} as ${ratio}: a source of another frame rate that may have to be conformed; the record's duration is kept, without a speed change`
      : `${differs} and no M2 line says why: check this edit; the record's duration is kept, without a speed change`,
  };
}

const conformed: readonly (readonly [number, number])[] = [[25, 24], [30, 24], [60, 24], [48, 24], [50, 24], [30, 25], [50, 25], [60, 25], [60, 30]];

/** "25/24", where it is that to the frame, either way round. */
function conformRatio(source: number, record: number): string | null {
  for (const [high, low] of conformed) {
    if (source > 0 && scaleRound(record, high, low) === source) return `${high}/${low}`;
    if (source > 0 && scaleRound(record, low, high) === source) return `${low}/${high}`;
  }
  return null;
}

/** `m2`: source frames a second. The speed comes from the frames, where the two agree; its one decimal is too coarse for long edits. */
export function retimedSpan(frames: Frames, m2: Speed): Span {
  const span = spanOf(frames, m2);
  return span.speed?.num === span.speed?.den ? { ...span, speed: null } : span;
}

function spanOf(frames: Frames, m2: Speed): Span {
  const { sourceIn, source, record, sourceRate, recordRate } = frames;
  if (m2.num === 0) return { start: sourceIn, speed: { num: 0, den: 1 }, note: null };
  const sign = Math.sign(m2.num);
  const size = Math.abs(m2.num) / m2.den;
  // Source frames for each record frame become source time for record time.
  const inTime = (num: number, den: number): Speed => reduce(BigInt(sign * num) * BigInt(sourceRate.den) * BigInt(recordRate.num), BigInt(den) * BigInt(sourceRate.num) * BigInt(recordRate.den));
  const isNormal = perSecond(1, sourceRate).some((each) => Math.abs(each - size) <= 0.1);
  const told = isNormal ? { num: sign, den: 1 } : inTime(Math.abs(m2.num), m2.den * nominalRate(recordRate));
  // Avid gives the first frame shown, and no more, for a reverse.
  if (sign < 0 && source === 1 && sourceSpan(record, told, sourceRate, recordRate) !== 1) {
    return { start: sourceIn - reach(record, told, sourceRate, recordRate), speed: told, note: null };
  }
  const isPlain = Math.abs(source - sourceSpan(record, null, sourceRate, recordRate)) <= 1;
  if (isNormal && isPlain) return { start: sourceIn, speed: sign > 0 ? null : told, note: null };
  const counted = source > 0 ? inTime(source, record) : null;
  if (counted && perSecond(source / record, recordRate).some((each) => Math.abs(each - size) <= 0.1)) return { start: sourceIn, speed: counted, note: null };
  if (source === 0 || fitsM2(source, record, size, recordRate)) return { start: sourceIn, speed: told, note: null };
  return {
    start: sourceIn, speed: isPlain ? { num: sign, den: 1 } : counted ?? told,
    note: `M2 says ${size} frames a second, but ${source} source frames make ${record} of the record: the frames are right`,
  };
}

/** M2 counts at 24 or at 23.976, as its program likes; where nothing tells them apart, at 24. */
function perSecond(perFrame: number, rate: Rational): readonly number[] {
  return [perFrame * nominalRate(rate), perFrame * rationalToNumber(rate)];
}

/** M2 of a speed. */
export function speedPerSecond(speed: Speed, sourceRate: Rational, recordRate: Rational): number {
  return ((Math.abs(speed.num) / speed.den) * rationalToNumber(sourceRate) * nominalRate(recordRate)) / rationalToNumber(recordRate);
}

/** M2 and the frames agree within one, the out counted by the last frame shown or by the duration. */
function fitsM2(source: number, record: number, size: number, recordRate: Rational): boolean {
  return perSecond(1, recordRate).some((rate) => {
    const each = size / rate;
    return Math.abs(record * each - source) <= 1 || Math.abs(Math.floor((record - 1) * each) + 1 - source) <= 1;
  });
}

/** Source frames from the earliest that is shown to that shown `at` frames into the edit; `at` may lie outside of it. */
export function shownAt(at: number, record: number, speed: Speed | null, sourceRate: Rational, recordRate: Rational): number {
  const { num, den } = speed ?? { num: 1, den: 1 };
  return scaleFloor(num < 0 ? record - 1 - at : at, Math.abs(num) * sourceRate.num * recordRate.den, den * sourceRate.den * recordRate.num);
}

/** The rate that M2 names, where the source's labels, counted at it, fit: a camera of another rate, not slowed down. `count` gives out - in at a rate. */
export function rateByM2(m2: Speed, frames: Frames, rates: readonly Rational[], count: (rate: Rational) => number): Rational | null {
  const size = m2.num / m2.den;
  if (frames.source <= 1 || fitsM2(frames.source, frames.record, size, frames.recordRate)) return null;
  const named = rates.find((rate) => Math.abs(nominalRate(rate) - size) <= 0.1 && !sameRational(rate, frames.sourceRate));
  return named && fitsM2(count(named), frames.record, size, frames.recordRate) ? named : null;
}

function reduce(num: bigint, den: bigint): Speed {
  let [a, b] = [num < 0n ? -num : num, den];
  while (b !== 0n) [a, b] = [b, a % b];
  return { num: Number(num / (a || 1n)), den: Number(den / (a || 1n)) };
}
