/** A document's clip as the engine's: where its media lie, and its range on their clock. */
import { atRate, commonRate, type Rational } from '../../domain/rational.ts';
import type { Clip, ClipRange, SequenceNumbers } from '../../domain/timeline.ts';
import type { DocumentClip, Effect, TimeRange } from '../document.ts';

export type ClipOptions = {
  /** Path of a clip's media; "" where it has none. Throws where it is on no disk. */
  readonly mediaOf: (clip: DocumentClip) => string;
  /** Ranges are labels of the media's own timecode, as lists without media have them. */
  readonly isLabelled: boolean;
};

export function engineClip(item: DocumentClip, { mediaOf, isLabelled }: ClipOptions): Clip {
  const media = mediaOf(item);
  const { available } = item.media;
  const numbers: SequenceNumbers | null = item.media.kind === 'sequence' ? { first: item.media.first, step: item.media.step, rate: item.media.rate } : null;
  // Of a sequence without a source range the available one tells where it begins.
  const range = item.range ?? (numbers ? available : null);
  const speed = speedOf(item.effects);
  return {
    kind: 'clip', media, name: item.name || (media.split('/').at(-1) ?? ''), line: item.line, reel: item.reel, scene: item.scene, take: item.take, note: item.note,
    range: range ? clipRange(range, available, numbers, isLabelled) : numbers ? fromStart(numbers) : null,
    ...(item.gain !== 0 && { gain: item.gain }),
    ...(speed && { retime: { num: speed.num, den: speed.den } }),
  };
}

/** Null at normal speed. */
export function speedOf(effects: readonly Effect[]): { readonly num: number; readonly den: number } | null {
  const speeds = effects.filter((effect) => effect.kind === 'speed');
  const [num, den] = speeds.reduce(([n, d], speed) => [n * speed.num, d * speed.den], [1, 1]);
  return num === den ? null : { num, den };
}

function clipRange(range: TimeRange, available: TimeRange | null, numbers: SequenceNumbers | null, isLabelled: boolean): ClipRange {
  const clock = available ? { value: available.start, rate: available.rate } : clockOfNumbers(range, numbers);
  const rate = commonRate(range.rate, clock.rate);
  const origin = atRate(clock.value, clock.rate, rate);
  const position = (value: number) => ({ unit: 'media', value: atRate(value, range.rate, rate), rate, origin }) as const;
  return { in: position(range.start), out: position(range.start + range.duration), ...(numbers ? { numbers } : {}), ...(isLabelled && !available ? { isLabelled } : {}) };
}

/** Without an available range the clock begins at zero, unless its times are plainly the numbers of the files. */
function clockOfNumbers(range: TimeRange, numbers: SequenceNumbers | null): { readonly value: number; readonly rate: Rational } {
  const zero = { value: 0, rate: range.rate };
  if (!numbers) return zero;
  const first = { value: numbers.first, rate: numbers.rate ?? range.rate };
  const rate = commonRate(first.rate, range.rate);
  return atRate(range.start, range.rate, rate) >= atRate(first.value, first.rate, rate) ? first : zero;
}

function fromStart(numbers: SequenceNumbers): ClipRange | null {
  const { rate } = numbers;
  return rate && { in: { unit: 'media', value: 0, rate, origin: 0 }, out: null, numbers };
}
