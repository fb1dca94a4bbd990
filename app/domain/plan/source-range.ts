/** What a clip uses of its source. */
import { StringoutError, type ErrorPlace } from '../../base/errors.ts';
import type { Rational } from '../rational.ts';

/** [in, out) in frames at `rate`: the source's own rate, or the timeline's for sound without picture. */
export type SourceRange = {
  readonly in: number;
  readonly out: number;
  readonly rate: Rational;
  /** Where the list counts at another rate: it begins at `in` ticks of this `rate` and lasts `frames` of the timeline. */
  readonly exact?: { readonly in: number; readonly rate: Rational; readonly frames: number };
  /** Of a sequence only every `step`th frame from `from` on is shown, each so many frames long. */
  readonly held?: { readonly from: number; readonly step: number };
};

/** When the range begins, in ticks of the source's clock. */
export function rangeStart(range: SourceRange): { readonly ticks: number; readonly rate: Rational } {
  return range.exact ? { ticks: range.exact.in, rate: range.exact.rate } : { ticks: range.in, rate: range.rate };
}

/** Throws `range.invalid` for negative, empty and backward ranges, and those that end past `length`. */
export function checkEnds(from: number, to: number, length: number, place: ErrorPlace): void {
  if (from < 0) throw new StringoutError('range.invalid', `the range begins ${-from} frames before the file does`, place);
  if (to === from) throw new StringoutError('range.invalid', `the range ${from}..${to} holds no frame: out is exclusive and must be after in`, place);
  if (to < from) throw new StringoutError('range.invalid', `the range runs backward: out ${to} lies before in ${from}`, place);
  if (to > length) {
    throw new StringoutError('range.invalid', `the range ${from}..${to} ends past the file's last frame: it has ${length} frames`, place);
  }
}
