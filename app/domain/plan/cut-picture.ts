/**
 * Where a range of a long-GOP source can be copied and what must be encoded at its edges.
 *
 * From the first sample at which decoding can start cleanly inside the range, the longest prefix in decode order is copied whose
 * pictures are consecutive on the screen and end before the range does. What is shown before it (head) and after it (tail) is encoded.
 */
import { sampleFlags, type PictureSamples } from '../source.ts';
import { consecutive } from './consecutive.ts';

/** Ranks [from, to) in order of presentation. */
export type RankRange = { readonly from: number; readonly to: number };

export type PictureCut = {
  readonly head: RankRange;
  /** Samples to copy, in decode order; empty where nothing can be copied. They show ranks head.to .. tail.from. */
  readonly copied: Uint32Array;
  readonly tail: RankRange;
  /** The first copied sample is a CRA whose leading pictures were left out: it must be written as a BLA. */
  readonly craToBla: boolean;
};

/** `inOrder[rank]` is the sample, in decode order, that is shown at that rank. */
export function samplesByRank(samples: PictureSamples): Uint32Array {
  const order = new Uint32Array(samples.count);
  for (let i = 0; i < samples.count; i++) order[samples.rank[i] ?? 0] = i;
  return order;
}

export function cutPicture(samples: PictureSamples, range: RankRange): PictureCut {
  const nothing: PictureCut = { head: range, copied: new Uint32Array(0), tail: { from: range.to, to: range.to }, craToBla: false };
  const { rank, flags, count } = samples;
  for (let key = firstStart(samples, range); key < Math.min(count, range.to + deepestReorder); key++) {
    const keyFlags = flags[key] ?? 0;
    const keyRank = rank[key] ?? 0;
    if ((keyFlags & (sampleFlags.closed | sampleFlags.cra)) === 0 || keyRank < range.from || keyRank >= range.to) continue;
    const cut = copyFrom(samples, key, range);
    if (cut) return cut;
  }
  return nothing;
}

/** The longest clean prefix that starts at `key`, or null where not even the key itself stands alone. */
function copyFrom(samples: PictureSamples, key: number, range: RankRange): PictureCut | null {
  const { rank, flags, count } = samples;
  const isCra = ((flags[key] ?? 0) & sampleFlags.closed) === 0;
  const keyRank = rank[key] ?? 0;
  const firstLeading = lowestLeadingRank(samples, key);
  const dropsLeading = isCra || firstLeading < range.from;
  const first = dropsLeading ? keyRank : firstLeading;

  /** Null as long as samples follow on from the key without one left out. */
  let picked: Uint32Array | null = null;
  const most = Math.min(count - key, range.to - first);
  let length = 0;
  let highest = first - 1;
  let clean = 0;
  let isPastLeading = !dropsLeading;
  for (let i = key; i < count; i++) {
    const shown = rank[i] ?? 0;
    // Leading pictures follow their key at once in decode order and precede it on the screen.
    if (!isPastLeading && i > key) {
      if (shown < keyRank) {
        picked ??= picksFrom(key, length, most);
        continue;
      }
      isPastLeading = true;
    }
    if (shown < first) {
      picked ??= picksFrom(key, length, most);
      continue;
    }
    if (shown >= range.to) break;
    if (picked) picked[length] = i;
    length++;
    if (shown > highest) highest = shown;
    if (highest - first + 1 === length) clean = length;
  }
  if (clean === 0) return null;
  return {
    head: { from: range.from, to: first },
    copied: picked?.subarray(0, clean) ?? consecutive(key, key + clean),
    tail: { from: first + clean, to: range.to },
    craToBla: isCra && dropsLeading,
  };
}

/** Room for `most` samples, of which the first `length` follow on from `key`. */
function picksFrom(key: number, length: number, most: number): Uint32Array {
  const picked = new Uint32Array(most);
  picked.set(consecutive(key, key + length));
  return picked;
}

function lowestLeadingRank(samples: PictureSamples, key: number): number {
  let lowest = samples.rank[key] ?? 0;
  for (let i = key + 1; i < samples.count; i++) {
    const shown = samples.rank[i] ?? 0;
    if (shown > (samples.rank[key] ?? 0)) break;
    if (shown < lowest) lowest = shown;
  }
  return lowest;
}

/** Decode order runs ahead of presentation by a few samples only, so the search starts a little before the range. */
function firstStart(samples: PictureSamples, range: RankRange): number {
  return Math.max(0, Math.min(samples.count, range.from) - deepestReorder);
}

/** More pictures than any codec's decode order runs ahead of presentation. */
const deepestReorder = 32;

/** Samples a decoder must be fed, in decode order, so that every rank in `range` comes out exact. */
export function decodeWindow(samples: PictureSamples, byRank: Uint32Array, range: RankRange): Uint32Array {
  const { rank, flags } = samples;
  let last = 0;
  for (let r = range.from; r < range.to; r++) last = Math.max(last, byRank[r] ?? 0);
  let start = byRank[range.from] ?? 0;
  while (((flags[last + 1] ?? 0) & sampleFlags.secondField) !== 0) last++;
  while (start > 0 && !(isDecodingStart(flags[start] ?? 0) && (rank[start] ?? 0) <= range.from)) start--;
  const window: number[] = [];
  for (let i = start; i <= last; i++) {
    const shown = rank[i] ?? 0;
    const isWanted = shown >= range.from && shown < range.to;
    const isSecondField = ((flags[i] ?? 0) & sampleFlags.secondField) !== 0;
    if (isSecondField ? window.at(-1) !== i - 1 : !isWanted && ((flags[i] ?? 0) & sampleFlags.disposable) !== 0) continue;
    window.push(i);
  }
  return Uint32Array.from(window);
}

/** Open groups too: what is shown from their key frame on is exact, though copying cannot begin there. */
function isDecodingStart(flags: number): boolean {
  return (flags & (sampleFlags.sync | sampleFlags.closed | sampleFlags.cra)) !== 0;
}
