/** Numbered stills: patterns such as `plate.%04d.exr`, and which names of a folder are frames of one sequence. */
import { mediaKind } from './media-files.ts';

export type SequencePattern = {
  /** The frame number in a file's name, null where the name is none of this sequence. */
  numberOf(name: string): number | null;
};

export type NamedSequence = {
  /** With `%04d`, or `%d` where the numbers are not padded; `parseSequencePattern` finds the same files by it. */
  readonly pattern: string;
  readonly first: number;
  readonly last: number;
  readonly count: number;
};

/** Fewer are taken for single stills. */
const leastFrames = 3;
/** A sequence may have holes, but photographs numbered by a camera are none. */
const leastDensity = 0.5;

/**
 * `%04d`: at least four digits; `%d`: no padding; `####`: as `%04d`; a single `#`: padded or not. Null where `name` has no such
 * part, or is named like a movie or sound ("Take #3.mov").
 */
export function parseSequencePattern(name: string): SequencePattern | null {
  const kind = mediaKind(name);
  if (kind === 'picture' || kind === 'sound') return null;
  const part = lastMatch(name, /%(?:0(\d{1,2}))?d/g) ?? lastMatch(name, /#+/g);
  if (!part) return null;
  const [token, padding] = part;
  const stem = name.slice(0, part.index);
  const tail = name.slice(part.index + token.length);
  const isLoose = token === '#';
  const width = token.startsWith('%') ? Number(padding ?? 1) : token.length;
  return {
    numberOf(candidate) {
      if (!candidate.startsWith(stem) || !candidate.endsWith(tail)) return null;
      const digits = candidate.slice(stem.length, candidate.length - tail.length);
      if (!/^\d{1,15}$/.test(digits) || candidate.length < stem.length + tail.length) return null;
      return isLoose || isPadded(digits, width) ? Number(digits) : null;
    },
  };
}

/** Sequences among the names of one folder; the number stands before the extension. `others` are all names that are no part of one. */
export function groupSequences(names: readonly string[]): { readonly sequences: NamedSequence[]; readonly others: string[] } {
  const groups = Map.groupBy(names.map(splitName), ({ stem, tail }) => `${stem}\0${tail}`);
  const sequences: NamedSequence[] = [];
  const taken = new Set<string>();
  for (const group of groups.values()) {
    for (const frames of byPadding(group)) {
      const numbers = frames.map(({ digits }) => Number(digits));
      const first = numbers.reduce((least, number) => Math.min(least, number), Infinity);
      const last = numbers.reduce((most, number) => Math.max(most, number), 0);
      const [frame] = frames;
      if (!frame || frames.length < leastFrames || frames.length < leastDensity * (last - first + 1)) continue;
      sequences.push({ pattern: patternOf(frames, frame), first, last, count: frames.length });
      for (const { name } of frames) taken.add(name);
    }
  }
  return { sequences, others: names.filter((name) => !taken.has(name)) };
}

type NumberedName = { readonly name: string; readonly stem: string; readonly digits: string; readonly tail: string };

/** `digits` is empty where the name bears no number. */
function splitName(name: string): NumberedName {
  const [, stem = name, digits = '', tail = ''] = /^(.*?)(\d{1,15})(\.[^.]*)$/.exec(name) ?? [];
  return { name, stem, digits, tail };
}

/** Frames that one pattern covers: those of a padded width with the larger numbers that outgrew it, else all without padding. */
function byPadding(group: readonly NumberedName[]): NumberedName[][] {
  const numbered = group.filter(({ digits }) => digits !== '');
  const widths = [...new Set(numbered.filter(({ digits }) => isZeroLed(digits)).map(({ digits }) => digits.length))].toSorted((a, b) => b - a);
  const sets = Map.groupBy(numbered, ({ digits }) => widths.find((width) => isPadded(digits, width)) ?? 0);
  return [...sets.values()];
}

function patternOf(frames: readonly NumberedName[], { stem, tail, digits }: NumberedName): string {
  const least = frames.reduce((width, frame) => Math.min(width, frame.digits.length), digits.length);
  const most = frames.reduce((width, frame) => Math.max(width, frame.digits.length), 0);
  const isFixed = least === most || frames.some((frame) => isZeroLed(frame.digits));
  return `${stem}${isFixed && least > 1 ? `%0${least}d` : '%d'}${tail}`;
}

/** What printf would write for this width. */
function isPadded(digits: string, width: number): boolean {
  return digits.length === width || (digits.length > width && !isZeroLed(digits));
}

function isZeroLed(digits: string): boolean {
  return digits.length > 1 && digits.startsWith('0');
}

function lastMatch(text: string, expression: RegExp): RegExpExecArray | undefined {
  return [...text.matchAll(expression)].at(-1);
}
