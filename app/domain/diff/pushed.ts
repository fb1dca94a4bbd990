/** Clips that only lie elsewhere because what stands before them became longer or shorter: nobody moved them. */
import type { CutClip } from './model.ts';
import type { ClipPair } from './pair-clips.ts';

/** The pairs that lie elsewhere in their own right: on another track, in another order, or behind another gap. `scale` brings old starts to the new rate. */
export function movedPairs(pairs: readonly ClipPair[], old: readonly CutClip[], now: readonly CutClip[], scale: (frames: number) => number): Set<ClipPair> {
  const moved = new Set<ClipPair>();
  const tracks = Map.groupBy(pairs, ({ after }) => trackOf(after));
  for (const [track, own] of tracks) {
    const stayed = own.filter(({ before }) => trackOf(before) === track).toSorted((a, b) => a.after.start - b.after.start);
    for (const pair of own) if (trackOf(pair.before) !== track) moved.add(pair);
    const kept = longestInOrder(stayed);
    for (const pair of stayed) if (!kept.has(pair)) moved.add(pair);
    const oldLengths = new Lengths(old.filter((clip) => trackOf(clip) === track), scale);
    const newLengths = new Lengths(now.filter((clip) => trackOf(clip) === track), (frames) => frames);
    let from = 0;
    let to = 0;
    for (const pair of stayed.filter((each) => kept.has(each))) {
      const start = scale(pair.before.start);
      const gapBefore = start - from - oldLengths.between(from, start);
      const gapNow = pair.after.start - to - newLengths.between(to, pair.after.start);
      if (gapBefore !== gapNow && start !== pair.after.start) moved.add(pair);
      from = scale(pair.before.start + pair.before.length);
      to = pair.after.start + pair.after.length;
    }
  }
  return moved;
}

/** How much of a stretch is filled with clips. */
class Lengths {
  readonly #starts: readonly number[];
  /** Sums of all lengths before each clip. */
  readonly #sums: readonly number[];

  constructor(clips: readonly CutClip[], scale: (frames: number) => number) {
    const sorted = clips.toSorted((a, b) => a.start - b.start);
    this.#starts = sorted.map(({ start }) => scale(start));
    let sum = 0;
    this.#sums = [0, ...sorted.map(({ start, length }) => (sum += scale(start + length) - scale(start)))];
  }

  /** Of the clips that begin in [from, to). */
  between(from: number, to: number): number {
    return this.#before(to) - this.#before(from);
  }

  #before(frame: number): number {
    let low = 0;
    for (let high = this.#starts.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) < frame) low = middle + 1;
      else high = middle;
    }
    return this.#sums[low] ?? 0;
  }
}

/** The most pairs whose old order is their new one (sorted by the new), by patience sorting. */
function longestInOrder(pairs: readonly ClipPair[]): Set<ClipPair> {
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  const startAt = (index: number | undefined): number => (index === undefined ? -Infinity : pairs[index]?.before.start ?? -Infinity);
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    for (let high = ends.length; low < high;) {
      const middle = (low + high) >> 1;
      if (startAt(ends[middle]) <= pair.before.start) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1];
    ends[low] = index;
  }
  const kept = new Set<ClipPair>();
  for (let index = ends.at(-1); index !== undefined; index = previous[index]) {
    const pair = pairs[index];
    if (pair) kept.add(pair);
  }
  return kept;
}

function trackOf({ kind, track }: CutClip): string {
  return `${kind} ${track}`;
}
