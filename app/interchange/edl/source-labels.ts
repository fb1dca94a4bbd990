/** Where a clip lies in its source, as a list says it: in, out and the rate they count at. */
import { parseRate } from '../../domain/frame-rates.ts';
import { atRate, rational, rationalToNumber, type Rational } from '../../domain/rational.ts';
import { droppedLabels, nominalRate } from '../../domain/timecode.ts';
import type { DocumentClip, Effect } from '../document.ts';
import { reach } from '../reach.ts';
import { framesInDay, labelOf } from './labels.ts';
import { readClipNotes } from './metadata.ts';
import { shownAt, sourceSpan } from './spans.ts';

/** Of the list: what its record counts at. */
export type RecordClock = { readonly rate: Rational; readonly isDrop: boolean };

export type SourceLabels = {
  readonly rate: Rational;
  readonly isDrop: boolean;
  readonly in: string;
  readonly out: string;
  /** No label says so: it is the same time of the day before. */
  readonly isBeforeZero: boolean;
};

type Speed = Extract<Effect, { kind: 'speed' }>;

export function speedOf(clip: DocumentClip): Speed | null {
  return clip.effects.find((effect) => effect.kind === 'speed') ?? null;
}

/** Of its media's clock; a clock of ticks that are no pictures gives way to the list's. */
function sourceRateOf(clip: DocumentClip, record: Rational): Rational {
  const told = readClipNotes(clip.metadata).sourceRate;
  const own = (told === null ? null : parseRate(told)) ?? clip.range?.rate ?? record;
  return isPictureRate(own) ? own : record;
}

/** Some documents count in samples, seconds or ticks of a clock. */
export function isPictureRate(rate: Rational): boolean {
  const perSecond = rationalToNumber(rate);
  return perSecond >= 5 && perSecond <= 300;
}

/** Record frames of a clip that are shown, after those of its start and before those of its end that are not; negative ones are shown beyond it. */
export type Shown = { readonly before: number; readonly frames: number; readonly after: number };

export function sourceLabels(clip: DocumentClip, shown: Shown, clock: RecordClock): SourceLabels {
  const notes = readClipNotes(clip.metadata);
  const rate = sourceRateOf(clip, clock.rate);
  const isDrop = droppedLabels(nominalRate(rate)) > 0 && (notes.isDrop ?? clock.isDrop);
  const speed = speedOf(clip);
  const isReversed = speed !== null && speed.num < 0;
  const start = clip.range ? atRate(clip.range.start, clip.range.rate, rate) : 0;
  const isWhole = shown.before === 0 && shown.after === 0;
  const kept = isWhole && notes.spans?.record === shown.frames ? notes.spans.source : null;
  const span = kept ?? sourceSpan(shown.frames, speed, rate, clock.rate);
  const skipped = shownAt(isReversed ? shown.after : shown.before, 0, speed && { num: Math.abs(speed.num), den: speed.den }, rate, clock.rate);
  const from = start + skipped + (isReversed && kept === 1 ? reach(shown.frames, speed, rate, clock.rate) : 0);
  const to = from + span;
  if (notes.isCounted && from >= 0) return { rate, isDrop, in: String(from), out: String(to), isBeforeZero: false };
  const day = framesInDay(rate, isDrop);
  // As it is read again: what runs backward by more than half a day has crossed midnight.
  const isPastMidnight = from >= 0 && from < day && to >= day && span < day / 2;
  return { rate, isDrop, in: labelOf(from, rate, isDrop), out: labelOf(isPastMidnight ? to - day : to, rate, isDrop), isBeforeZero: from < 0 };
}

/** The rate of a family (whole or 1000/1001) that counts `nominal` labels a second. */
export function ofFamily(nominal: number, record: Rational): Rational {
  const hasPulldown = record.den === 1001 && nominal % 25 !== 0;
  return hasPulldown ? rational(nominal * 1000, 1001) : rational(nominal);
}
