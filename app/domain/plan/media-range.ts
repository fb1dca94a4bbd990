/**
 * Ranges of OpenTimelineIO: times on the media's clock at any rate. Their length on the timeline is told once, by the list, and not
 * by the source frames that they touch, so that cuts at another rate than the file's lose nothing.
 */
import type { ErrorPlace } from '../../base/errors.ts';
import { parseSequencePattern } from '../image-sequence.ts';
import { atRate, commonRate, sameRational, type Rational } from '../rational.ts';
import type { Source } from '../source.ts';
import type { ClipRange, SequenceNumbers, SourcePosition } from '../timeline.ts';
import { framesOfDay, labelToFrame, type Counted } from './label-position.ts';
import { checkEnds, type SourceRange } from './source-range.ts';

type MediaPosition = Extract<SourcePosition, { unit: 'media' }>;
type MediaRange = { readonly in: MediaPosition; readonly out: MediaPosition | null; readonly numbers?: SequenceNumbers; readonly isLabelled?: boolean };

export function isMediaRange(range: ClipRange): range is MediaRange {
  return range.in.unit === 'media' && (range.out === null || range.out.unit === 'media');
}

/** Length in frames at `timelineRate`, rounded once; null where it goes to the end of the file. */
export function mediaLength(range: MediaRange, timelineRate: Rational): number | null {
  if (!range.out) return null;
  const rate = commonRate(range.in.rate, range.out.rate);
  return atRate(sinceOrigin(range.out, rate) - sinceOrigin(range.in, rate), rate, timelineRate);
}

/** Throws `range.invalid`. */
export function resolveMediaRange(range: MediaRange, counted: Counted, timelineRate: Rational, place: ErrorPlace): SourceRange {
  const { source } = counted;
  const shift = range.numbers ? firstFrame(source, range.numbers) : null;
  const numbers = shift === null ? null : range.numbers ?? null;
  // Files of a sequence are counted at the rate that its numbers have.
  const rate = numbers?.rate ?? counted.rate;
  const ticks = [range.in.rate, ...(range.out ? [range.out.rate] : [])].reduce(commonRate, rate);
  const length = counted.length + (numbers ? numbers.step - 1 : 0);
  const [from, to] = shift === null ? clockTicks(range, { ...counted, rate }, ticks) : numberTicks(range, shift, length, rate, ticks);

  const first = atRate(from, ticks, rate);
  const end = atRate(to, ticks, rate);
  // A range shorter than half a source frame still holds a picture.
  const begin = to > from && first === length ? first - 1 : first;
  const stop = to > from ? Math.max(end, begin + 1) : Math.min(end, begin);
  checkEnds(begin, stop, length, place);
  const held = numbers && shift !== null && numbers.step > 1 ? { held: { from: shift, step: numbers.step } } : {};
  const frames = Math.max(1, atRate(to - from, ticks, timelineRate));
  if (source.picture && sameRational(rate, timelineRate)) {
    const last = Math.min(length, begin + frames);
    return { in: Math.max(0, last - frames), out: last, rate, ...held };
  }
  return { in: begin, out: stop, rate, exact: { in: Math.max(0, from), rate: ticks, frames }, ...held };
}

function sinceOrigin(position: MediaPosition, ticks: Rational): number {
  return atRate(position.value - position.origin, position.rate, ticks);
}

/** From the media's available range, or by its labels where both ends fit only there. */
function clockTicks(range: MediaRange, counted: Counted, ticks: Rational): [number, number] {
  const { rate, length } = counted;
  const whole = atRate(length, rate, ticks);
  const from = sinceOrigin(range.in, ticks);
  const to = range.out ? sinceOrigin(range.out, ticks) : whole;
  const duration = to - from;
  if (range.in.origin !== 0) {
    const day = atRate(framesOfDay(range.in.rate, false), range.in.rate, ticks);
    const isPastMidnight = from < 0 && from + day < whole;
    return isPastMidnight ? [from + day, range.out ? from + day + duration : whole] : [from, to];
  }
  if (!range.isLabelled && atRate(Math.max(from, to), ticks, rate) <= length) return [from, to];
  const label = labelToFrame(range.in.value, range.in.rate, counted);
  if (label === null) return [from, to];
  const labelled = atRate(label, rate, ticks);
  if (!range.out) return [labelled, whole];
  return atRate(labelled + duration, ticks, rate) <= length ? [labelled, labelled + duration] : [from, to];
}

function numberTicks(range: MediaRange, shift: number, length: number, rate: Rational, ticks: Rational): [number, number] {
  const start = atRate(shift, rate, ticks);
  return [start + sinceOrigin(range.in, ticks), range.out ? start + sinceOrigin(range.out, ticks) : atRate(length, rate, ticks)];
}

/** Frames from the first file that exists to the one where the media's clock begins; null where the source has no numbers. */
function firstFrame(source: Source, numbers: SequenceNumbers): number | null {
  const lastPart = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
  const number = parseSequencePattern(lastPart(source.path))?.numberOf(lastPart(source.files[0] ?? '')) ?? null;
  return number === null ? null : numbers.first - number;
}
