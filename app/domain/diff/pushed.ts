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
    const [oldBefore, newBefore] = [neighbours(old, track), neighbours(now, track)];
    let from = 0;
    let to = 0;
    let last: ClipPair | null = null;
    for (const pair of stayed.filter((each) => kept.has(each))) {
      const start = scale(pair.before.start);
      // Where something went or came between the two, gaps may have gone and come with it.
      const isNext = oldBefore.get(pair.before) === (last?.before ?? null) && newBefore.get(pair.after) === (last?.after ?? null);
      if (isNext && start !== pair.after.start && start - from !== pair.after.start - to) moved.add(pair);
      from = scale(pair.before.start + pair.before.length);
      to = pair.after.start + pair.after.length;
      last = pair;
    }
  }
  return moved;
}

/** The clip before each, null for the first. */
function neighbours(clips: readonly CutClip[], track: string): ReadonlyMap<CutClip, CutClip | null> {
  const sorted = clips.filter((clip) => trackOf(clip) === track).toSorted((a, b) => a.start - b.start);
  return new Map(sorted.map((clip, place) => [clip, sorted[place - 1] ?? null]));
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
