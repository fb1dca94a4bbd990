/** Samples in decode order as they were read, and where decoding can start among them. */
import { sampleFlags, type PictureSamples } from '../../../app/domain/source.ts';
import type { CodedSample } from './coded-sample.ts';
import type { Place } from './packet-store.ts';
import { counted } from './plural.ts';

export type PictureRow = Omit<CodedSample, 'bytes'> & Place & {
  readonly size: number;
  readonly pts: number | null;
  readonly dts: number | null;
  readonly duration: number;
  readonly isCorrupt: boolean;
};

/** From the first sample on at which decoding can start; all where there is none. */
export function withoutUselessStart(rows: readonly PictureRow[], warnings: string[]): readonly PictureRow[] {
  const first = rows.findIndex(({ flags }) => (flags & sampleFlags.sync) !== 0);
  if (first < 0 && rows.length > 0) warnings.push('it has no key frame: its first pictures may be wrong');
  if (first > 0) warnings.push(`before its first key frame lie ${counted(first, 'frame')}, left out`);
  return first > 0 ? rows.slice(first) : rows;
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

export function tableOf(rows: readonly PictureRow[], rank: Uint32Array, flags: Uint8Array): PictureSamples {
  return {
    count: rows.length,
    file: rows.every(({ file }) => file === 0) ? null : Uint32Array.from(rows, ({ file }) => file),
    offset: Float64Array.from(rows, ({ offset }) => offset),
    size: Uint32Array.from(rows, ({ size }) => size),
    rank, flags,
  };
}

/** Why samples that stand for no frame of their own keep the others from being copied; null where there are none. */
export function hiddenObstacle(rows: readonly PictureRow[]): string | null {
  if (!rows.some(({ isHidden }) => isHidden)) return null;
  return rows.some(({ flags }) => flags & sampleFlags.secondField) ? 'the two fields of its frames are samples of their own' : 'some of its samples are never shown';
}
