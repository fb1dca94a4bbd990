/** Samples in decode order as they were read, and what follows from all of them together: order of display, times, where decoding can start. */
import { sampleFlags, type PictureSamples } from '../../../app/domain/source.ts';
import { rankSamples } from '../../isobmff/read/present.ts';
import type { Place } from './packet-store.ts';
import type { CodedSample } from './coded-sample.ts';
import { displayOrder } from './start-code-pictures.ts';

export type PictureRow = Omit<CodedSample, 'bytes'> & Place & {
  size: number;
  readonly pts: number | null;
  readonly dts: number | null;
  duration: number;
  isCorrupt: boolean;
};

/** From the first sample on at which decoding can start; all where there is none. */
export function withoutUselessStart(rows: readonly PictureRow[], warnings: string[]): readonly PictureRow[] {
  const first = rows.findIndex(({ flags }) => (flags & sampleFlags.sync) !== 0);
  if (first < 0 && rows.length > 0) warnings.push('it has no key frame: its first pictures may be wrong');
  if (first > 0) warnings.push(`its first ${first} frames come before any key frame and are left out`);
  return first > 0 ? rows.slice(first) : rows;
}

/** By time stamps; where the container lacks some, by what the pictures themselves tell; else as decoded. */
export function rankRows(rows: readonly PictureRow[]): Uint32Array {
  if (rows.every(({ pts }) => pts !== null)) return rankSamples(Float64Array.from(rows, ({ pts }) => pts ?? 0)).rank;
  if (rows.every(({ order }) => order !== null)) {
    const order = rows.map((_, i) => i).toSorted((a, b) => {
      const [x, y] = [rows[a]?.order, rows[b]?.order];
      return x && y ? x.period - y.period || x.count - y.count || a - b : a - b;
    });
    return inverse(order);
  }
  if (rows.every(({ isBidirectional }) => isBidirectional !== null)) return inverse(displayOrder(rows.map(({ isBidirectional }) => isBidirectional === true)));
  return Uint32Array.from(rows, (_, i) => i);
}

function inverse(order: readonly number[]): Uint32Array {
  const rank = new Uint32Array(order.length);
  order.forEach((sample, at) => {
    rank[sample] = at;
  });
  return rank;
}

export function finalFlags(rows: readonly PictureRow[], rank: Uint32Array, codec: string): Uint8Array {
  const top = rows.reduce((most, { temporalLayer }) => Math.max(most, temporalLayer), 0);
  const tellsItself = codec === 'h264' || codec === 'hevc';
  const flags = Uint8Array.from(rows, (row, i) => {
    const own = row.temporalLayer < top ? row.flags & ~sampleFlags.disposable : row.flags;
    const isClosed = !tellsItself && (own & sampleFlags.sync) !== 0 && !hasLeading(rank, i);
    return own | (isClosed ? sampleFlags.closed : 0);
  });
  // Without any key frame the beginning is the best place to start.
  if (!flags.some((flag) => flag & sampleFlags.sync)) flags[0] = (flags[0] ?? 0) | sampleFlags.sync;
  return flags;
}

/** Pictures that are decoded after sample `i` and shown before it follow at once. */
function hasLeading(rank: Uint32Array, i: number): boolean {
  return (rank[i + 1] ?? Infinity) < (rank[i] ?? 0);
}

/** Ranks of the frames that are shown; null: all. `left`: how many at the beginning need pictures that are not in the file. */
export function shownRanks(rows: readonly PictureRow[], rank: Uint32Array, flags: Uint8Array): { shown: Uint32Array | null; left: number } {
  const isOpen = ((flags[0] ?? 0) & sampleFlags.closed) === 0;
  const first = isOpen ? rank[0] ?? 0 : 0;
  const isHidden = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    if (row.isHidden) isHidden[rank[i] ?? 0] = 1;
  });
  if (first === 0 && !isHidden.includes(1)) return { shown: null, left: 0 };
  const shown: number[] = [];
  for (let r = first; r < rows.length; r++) if (isHidden[r] === 0) shown.push(r);
  return { shown: Uint32Array.from(shown), left: first };
}

/** When each shown frame is shown, ascending, in ticks. */
export function stampsOf(rows: readonly PictureRow[], rank: Uint32Array, shown: Uint32Array | null): Float64Array {
  const stamps = new Float64Array(rows.length).fill(NaN);
  const missing = rows.filter(({ pts }) => pts === null).length;
  const hasDts = rows.every(({ dts }) => dts !== null);
  const tellsTypes = rows.every(({ isBidirectional }) => isBidirectional !== null);
  if (missing === 0 || (missing < rows.length / 2 && !(hasDts && tellsTypes))) {
    rows.forEach(({ pts }, i) => {
      if (pts !== null) stamps[rank[i] ?? 0] = pts;
    });
    fillGaps(stamps, rows);
  } else if (hasDts) {
    stamps.set(shownWhenDecoded(rows));
  } else {
    const step = rows.find(({ duration }) => duration > 0)?.duration ?? 1;
    for (let i = 0; i < stamps.length; i++) stamps[i] = i * step;
  }
  return shown ? Float64Array.from(shown, (r) => stamps[r] ?? 0) : stamps;
}

/** Frames come out of the decoder at the pace at which they go in; where there are B pictures, one step later. */
function shownWhenDecoded(rows: readonly PictureRow[]): number[] {
  const decoded = rows.map(({ dts }) => dts ?? 0).toSorted((a, b) => a - b);
  if (!rows.some(({ isBidirectional }) => isBidirectional)) return decoded;
  const last = decoded.at(-1) ?? 0;
  return [...decoded.slice(1), last + (rows.at(-1)?.duration ?? 1)];
}

/** Unknown stamps between known ones, evenly. */
function fillGaps(stamps: Float64Array, rows: readonly PictureRow[]): void {
  const step = rows.find(({ duration }) => duration > 0)?.duration ?? 1;
  const firstKnown = stamps.findIndex((stamp) => !Number.isNaN(stamp));
  for (let i = firstKnown - 1; i >= 0; i--) stamps[i] = (stamps[i + 1] ?? 0) - step;
  for (let i = firstKnown + 1; i < stamps.length; i++) {
    if (!Number.isNaN(stamps[i])) continue;
    let next = i;
    while (next < stamps.length && Number.isNaN(stamps[next])) next++;
    const before = stamps[i - 1] ?? 0;
    const pace = next < stamps.length ? ((stamps[next] ?? 0) - before) / (next - i + 1) : step;
    for (; i < next; i++) stamps[i] = (stamps[i - 1] ?? 0) + pace;
  }
}

export function tableOf(rows: readonly PictureRow[], rank: Uint32Array, flags: Uint8Array): PictureSamples {
  return {
    count: rows.length,
    file: rows.every(({ file }) => file === 0) ? null : Uint32Array.from(rows, ({ file }) => file),
    offset: Float64Array.from(rows, ({ offset }) => offset),
    size: Uint32Array.from(rows, ({ size }) => size),
    rank, flags,
  };
}
