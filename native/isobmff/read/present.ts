/** From decode order and edit lists to the frames that are shown, in order, and when (ISO 14496-12, 8.6.6). */
import { scaleRound } from '../../../app/domain/rational.ts';
import { damaged } from './cursor.ts';
import type { Edit } from './track.ts';

export type Ranks = {
  /** Rank in order of presentation of each sample. */
  readonly rank: Uint32Array;
  /** Times of presentation, ascending: one for each rank. */
  readonly sorted: Float64Array;
};

export type Presentation = {
  /** Rank of each frame that is shown, or null for all of them in order. */
  readonly shown: Uint32Array | null;
  /** Time of each frame from the first, in the track's timescale. */
  readonly times: Float64Array;
  /** When the first frame is shown on the movie's clock, in the track's timescale. */
  readonly start: number;
};

/** Equal times keep the order of decoding. */
export function rankSamples(time: Float64Array): Ranks {
  const count = time.length;
  const rank = new Uint32Array(count);
  const order = new Uint32Array(count);
  const sorted = new Float64Array(count);
  // Reordering is local: a sorted insert takes a step or two.
  let budget = 16 * count;
  for (let i = 0; i < count && budget >= 0; i++) {
    const value = time[i] ?? 0;
    let at = i;
    for (; at > 0 && (sorted[at - 1] ?? 0) > value; at--, budget--) {
      sorted[at] = sorted[at - 1] ?? 0;
      order[at] = order[at - 1] ?? 0;
    }
    sorted[at] = value;
    order[at] = i;
  }
  if (budget < 0) {
    for (let i = 0; i < count; i++) order[i] = i;
    order.sort((a, b) => (time[a] ?? 0) - (time[b] ?? 0) || a - b);
    order.forEach((sample, at) => {
      sorted[at] = time[sample] ?? 0;
    });
  }
  for (let at = 0; at < count; at++) rank[order[at] ?? 0] = at;
  return { rank, sorted };
}

const mostShown = 1 << 22;

/**
 * As FFmpeg does it: a frame is shown where its time lies in an edit, and the first one stands at the start of the first edit.
 * `isOpenEnded`: the last edit lasts as long as the media (fragments, whose length was not known).
 */
export function presentFrames(sorted: Float64Array, edits: readonly Edit[], timescale: number, movieTimescale: number, isOpenEnded: boolean): Presentation {
  const first = sorted[0] ?? 0;
  const pieces = editPieces(edits, timescale, movieTimescale, isOpenEnded);
  if (pieces.length === 0) return { shown: null, times: relative(sorted, first), start: first };
  const ranges = pieces.map(({ from, to, at }) => ({ first: lowerBound(sorted, from), last: lowerBound(sorted, to), shift: at - from }));
  let total = 0;
  for (const range of ranges) total += Math.max(0, range.last - range.first);
  if (total > mostShown) throw damaged('its edit list shows impossibly many frames');
  const shown = new Uint32Array(total);
  const times = new Float64Array(total);
  let n = 0;
  for (const range of ranges) {
    for (let rank = range.first; rank < range.last; rank++, n++) {
      shown[n] = rank;
      times[n] = (sorted[rank] ?? 0) + range.shift;
    }
  }
  const start = times[0] ?? 0;
  const isAll = total === sorted.length && shown.every((rank, i) => rank === i);
  // Fragments stand where their times say.
  return { shown: isAll ? null : shown, times: relative(times, start), start: isOpenEnded ? start : (pieces[0]?.at ?? 0) };
}

/** [from, to) of the media shown from `at` on, all in the track's timescale. */
export type EditPiece = { readonly from: number; readonly to: number; readonly at: number };

/** Edits that show media; those that continue each other are one. Empty: the media is shown as it is. */
export function editPieces(edits: readonly Edit[], timescale: number, movieTimescale: number, isOpenEnded: boolean): EditPiece[] {
  const pieces: EditPiece[] = [];
  let at = 0;
  edits.forEach(({ duration, mediaTime }, i) => {
    const isLast = i === edits.length - 1;
    const length = isLast && (duration === 0 || isOpenEnded) ? Infinity : scaleRound(duration, timescale, movieTimescale);
    if (mediaTime >= 0 && length > 0) {
      const before = pieces.at(-1);
      if (before && before.to === mediaTime && before.at + (before.to - before.from) === at) pieces[pieces.length - 1] = { ...before, to: mediaTime + length };
      else pieces.push({ from: mediaTime, to: mediaTime + length, at });
    }
    at += length;
  });
  return pieces;
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function relative(times: Float64Array, start: number): Float64Array {
  return start === 0 ? times : times.map((time) => time - start);
}
