/** In which order decoded pictures are shown, and when. */
import { sampleFlags } from '../../../app/domain/source.ts';
import { rankSamples } from '../../isobmff/read/present.ts';
import type { PictureRow } from './picture-rows.ts';
import { displayOrder } from './start-code-pictures.ts';

/** By time stamps; where the container lacks some, or has nothing but the order of decoding, by what the pictures themselves tell. */
export function rankRows(rows: readonly PictureRow[]): Uint32Array {
  const told = rows.every(({ pts }) => pts !== null) ? rankByStamps(rows) : null;
  if (told && !isIdentity(told)) return told;
  if (rows.every(({ order }) => order !== null)) return inverse(byPictureOrder(rows));
  if (told) return told;
  if (rows.every(({ isBidirectional }) => isBidirectional !== null)) return inverse(displayOrder(rows.map(({ isBidirectional }) => isBidirectional === true)));
  return Uint32Array.from(rows, (_, i) => i);
}

/** Nothing is shown across a closed start: streams that were put together overlap there. */
function rankByStamps(rows: readonly PictureRow[]): Uint32Array {
  const rank = new Uint32Array(rows.length);
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && !isClosed(rows[to])) to++;
    rank.set(rankSamples(Float64Array.from(rows.slice(from, to), ({ pts }) => pts ?? 0)).rank.map((place) => from + place), from);
    from = to;
  }
  return rank;
}

function isClosed(row: PictureRow | undefined): boolean {
  return ((row?.flags ?? 0) & sampleFlags.closed) !== 0;
}

function byPictureOrder(rows: readonly PictureRow[]): number[] {
  return rows.map((_, i) => i).toSorted((a, b) => {
    const [x, y] = [rows[a]?.order, rows[b]?.order];
    return x && y ? x.period - y.period || x.count - y.count || a - b : a - b;
  });
}

export function isIdentity(rank: Uint32Array): boolean {
  return rank.every((place, i) => place === i);
}

function inverse(order: readonly number[]): Uint32Array {
  const rank = new Uint32Array(order.length);
  order.forEach((sample, at) => {
    rank[sample] = at;
  });
  return rank;
}

export type ShownFrames = {
  /** Rank of each frame that is shown. */
  readonly shown: Uint32Array;
  /** When it is shown, ascending, in ticks. */
  readonly stamps: Float64Array;
  /** Frames at the beginning that need pictures that are not in the file, and are not shown. */
  readonly left: number;
};

export function showFrames(rows: readonly PictureRow[], rank: Uint32Array, flags: Uint8Array): ShownFrames {
  const order = inverse([...rank]);
  const frames = [...order].filter((i) => !rows[i]?.isHidden);
  const stamps = stampFrames(frames.flatMap((i) => rows[i] ?? []), frameDuration(rows));
  const isOpen = ((flags[0] ?? 0) & sampleFlags.closed) === 0;
  const left = isOpen ? frames.findIndex((i) => (rank[i] ?? 0) >= (rank[0] ?? 0)) : 0;
  return { shown: Uint32Array.from(frames.slice(left), (i) => rank[i] ?? 0), stamps: stamps.slice(left), left };
}

/** Ticks that a frame lasts by what its packets say. */
function frameDuration(rows: readonly PictureRow[]): number {
  const at = rows.findIndex(({ duration }) => duration > 0);
  const next = rows[at + 1];
  return (rows[at]?.duration ?? 1) + (next && (next.flags & sampleFlags.secondField) !== 0 ? next.duration : 0);
}

/** `frames` in order of display. */
function stampFrames(frames: readonly PictureRow[], step: number): Float64Array {
  const known = frames.filter(({ pts }) => pts !== null).length;
  const hasDts = frames.every(({ dts }) => dts !== null);
  const tellsTypes = frames.every(({ isBidirectional }) => isBidirectional !== null);
  if (known === frames.length) return withoutOverlap(frames, step);
  if (known > frames.length / 2 && !(hasDts && tellsTypes)) return fillGaps(Float64Array.from(frames, ({ pts }) => pts ?? NaN), step);
  if (hasDts) return Float64Array.from(shownWhenDecoded(frames, step));
  return Float64Array.from(frames, (_, i) => i * step);
}

/** What begins before the end of what came before it is moved behind it. */
function withoutOverlap(frames: readonly PictureRow[], step: number): Float64Array {
  const stamps = Float64Array.from(frames, ({ pts }) => pts ?? 0);
  let shift = 0;
  let last = -Infinity;
  for (let i = 0; i < stamps.length; i++) {
    const stamp = (stamps[i] ?? 0) + shift;
    const moved = stamp < last ? last + step : stamp;
    shift += moved - stamp;
    stamps[i] = moved;
    last = moved;
  }
  return stamps;
}

/** Frames come out of the decoder at the pace at which they go in; where there are B pictures, one step later. */
function shownWhenDecoded(frames: readonly PictureRow[], step: number): number[] {
  const decoded = frames.map(({ dts }) => dts ?? 0).toSorted((a, b) => a - b);
  const shown = frames.some(({ isBidirectional }) => isBidirectional) ? [...decoded.slice(1), (decoded.at(-1) ?? 0) + step] : decoded;
  // Where some stamps are told, they tell the delay.
  const known = frames.findIndex(({ pts }) => pts !== null);
  const delay = known < 0 ? 0 : (frames[known]?.pts ?? 0) - (shown[known] ?? 0);
  return shown.map((stamp) => stamp + delay);
}

/** Unknown stamps between known ones, evenly. */
function fillGaps(stamps: Float64Array, step: number): Float64Array {
  const first = stamps.findIndex((stamp) => !Number.isNaN(stamp));
  for (let i = first - 1; i >= 0; i--) stamps[i] = (stamps[i + 1] ?? 0) - step;
  for (let i = first + 1; i < stamps.length; i++) {
    if (!Number.isNaN(stamps[i])) continue;
    let next = i;
    while (next < stamps.length && Number.isNaN(stamps[next])) next++;
    const before = stamps[i - 1] ?? 0;
    const pace = next < stamps.length ? ((stamps[next] ?? 0) - before) / (next - i + 1) : step;
    for (; i < next; i++) stamps[i] = (stamps[i - 1] ?? 0) + pace;
  }
  return stamps.toSorted();
}
