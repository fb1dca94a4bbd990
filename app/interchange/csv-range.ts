/** A shot list's in and out as a range, and a range as in and out. */
import { atRate, commonRate, rational, rationalToNumber, sameRational, scaleRound, type Rational } from '../domain/rational.ts';
import { droppedLabels, formatTimecode, nominalRate, parseTimecode } from '../domain/timecode.ts';
import type { SourcePosition } from '../domain/timeline.ts';
import type { DocumentClip, Time, TimeRange } from './document.ts';

/** Frames and timecode count at `rate`. Null where a timecode is none at it. */
export function timeOf(position: SourcePosition, rate: Rational): Time | null {
  switch (position.unit) {
    case 'frames':
      return { value: position.value, rate };
    case 'seconds':
      return { value: position.value, rate: rational(10 ** position.digits) };
    case 'timecode': {
      const value = parseTimecode(position.text, rate);
      return value === null ? null : { value, rate };
    }
    case 'media':
      return { value: position.value, rate: position.rate };
  }
}

/** From one to the other, not including it, counted so that both are whole. */
export function rangeBetween(from: Time, to: Time): TimeRange {
  const rate = commonRate(from.rate, to.rate);
  const start = atRate(from.value, from.rate, rate);
  return { start, duration: atRate(to.value, to.rate, rate) - start, rate };
}

/** What a list that tells no rate counts at: 24, or the least common rate that has all frame fields of its timecodes. */
export function guessRate(positions: readonly (SourcePosition | null)[]): Rational {
  const texts = positions.flatMap((position) => (position?.unit === 'timecode' ? [position.text] : []));
  const isDrop = texts.some((text) => /[;,.]\d+$/.test(text));
  const highest = texts.reduce((most, text) => Math.max(most, Number(/\d+$/.exec(text)?.[0] ?? 0)), 0);
  const nominal = (isDrop ? [30, 60, 120] : [24, 25, 30, 50, 60, 100, 120]).find((each) => each > highest) ?? 240;
  return isDrop ? rational(nominal * 1000, 1001) : rational(nominal);
}

/** What is read of the source, in frames of `rate`; `isExact` is false where it had to be rounded. */
export type SourceFrames = { readonly from: number; readonly to: number; readonly rate: Rational; readonly isExact: boolean };

/** A speed change reads more or fewer frames than the timeline shows. */
export function sourceFrames(clip: DocumentClip, range: TimeRange, rate: Rational): SourceFrames {
  const { num, den } = clip.effects.find((effect) => effect.kind === 'speed') ?? { num: 1, den: 1 };
  const duration = num === den ? range.duration : Math.max(1, scaleRound(range.duration, Math.abs(num), den));
  const from = atRate(range.start, range.rate, rate);
  const to = atRate(range.start + duration, range.rate, rate);
  return { from, to, rate, isExact: sameRational(rate, range.rate) || (atRate(from, rate, range.rate) === range.start && atRate(to, rate, range.rate) === range.start + duration) };
}

export type Ends = { readonly in: string; readonly out: string; readonly isExact: boolean };

/** Frame numbers where the media's first frame is known, else timecode on the media's clock, or at `rate` where that counts no pictures. */
export function endsOf(clip: DocumentClip, range: TimeRange, rate: Rational, isDrop: boolean): Ends {
  const perSecond = rationalToNumber(range.rate);
  const own = perSecond >= 5 && perSecond <= 300 ? range.rate : rate;
  const { from, to, isExact } = sourceFrames(clip, range, own);
  const { available } = clip.media;
  const origin = available ? atRate(available.start, available.rate, own) : 0;
  if (available && from >= origin) return { in: String(from - origin), out: String(to - origin), isExact };
  const label = (frame: number): string => formatTimecode(frame, own, isDrop && droppedLabels(nominalRate(own)) > 0);
  return { in: label(from), out: label(to), isExact };
}
