/** Timecodes of a list: the file's own labels where they lie in its range, else offsets from zero. */
import { StringoutError, type ErrorPlace } from '../../base/errors.ts';
import { atRate, type Rational } from '../rational.ts';
import type { Source, SourceTimecode } from '../source.ts';
import { nominalRate, parseTimecode } from '../timecode.ts';

/** The source as the list counts it: `length` frames at `rate`. */
export type Counted = { readonly source: Source; readonly rate: Rational; readonly length: number };

/** Both ends are labels, or both are offsets: one of each makes no range. Null where either reading does not fit. */
export function timecodeRange(from: string, to: string, counted: Counted): readonly [number, number] | null {
  for (const read of [ownLabel, offsetOf]) {
    const first = read(from, counted);
    const end = read(to, counted);
    if (first !== null && end !== null) return [first, end];
  }
  return null;
}

/** The file's own label where it lies in the file's range (its end included, for out points), else an offset from zero. */
export function timecodeToFrame(text: string, counted: Counted, place: ErrorPlace): number {
  const { rate, length } = counted;
  const frame = ownLabel(text, counted) ?? offsetOf(text, counted);
  if (frame !== null) return frame;
  if (parseTimecode(text, rate) === null) {
    throw new StringoutError('list.invalid', `"${text}" is no timecode at ${rate.num}/${rate.den} frames a second`, place);
  }
  throw new StringoutError('range.invalid', `the timecode ${text} lies neither in the file's own timecode nor within its ${length} frames`, place);
}

/** Frames from the file's first to a count of labels at `labelRate`; null where it lies outside the file. */
export function labelToFrame(label: number, labelRate: Rational, { source, rate, length }: Counted): number | null {
  const own = source.timecode;
  if (!own) return null;
  const isPicture = source.picture !== null;
  const since = sinceStart(scaleLabels(label, labelRate, own.rate, isPicture), own);
  const frame = scaleLabels(since, own.rate, rate, isPicture);
  return frame >= 0 && frame <= length ? frame : null;
}

function ownLabel(text: string, counted: Counted): number | null {
  const own = counted.source.timecode;
  const label = own ? parseTimecode(text, own.rate, own.dropFrame) : null;
  return own && label !== null ? labelToFrame(label, own.rate, counted) : null;
}

function offsetOf(text: string, { rate, length }: Counted): number | null {
  const offset = parseTimecode(text, rate);
  return offset === null || offset > length ? null : offset;
}

/** Past midnight the labels begin again. */
function sinceStart(label: number, own: SourceTimecode): number {
  const since = label - own.frame;
  return since >= 0 ? since : since + framesOfDay(own.rate, own.dropFrame);
}

export function framesOfDay(rate: Rational, dropFrame: boolean): number {
  return parseTimecode('24:00:00:00', rate, dropFrame) ?? 0;
}

/** Labels of a picture count its frames, by pairs at double rates; a label rate of 24 beside pictures at 23.976 is the same count. */
function scaleLabels(count: number, from: Rational, to: Rational, isPicture: boolean): number {
  const a = nominalRate(from);
  const b = nominalRate(to);
  const isCount = isPicture && (a % b === 0 || b % a === 0);
  return isCount ? atRate(count, { num: a, den: 1 }, { num: b, den: 1 }) : atRate(count, from, to);
}
