/** The picture stream's packets become the tables of a `Picture`. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { Picture } from '../../../app/domain/source.ts';
import type { PictureCoding } from './coded-sample.ts';
import type { PacketView } from './demuxer.ts';
import { isIdentity, rankRows, showFrames, type ShownFrames } from './display-order.ts';
import type { PacketStore } from './packet-store.ts';
import { pictureCoding } from './picture-coding.ts';
import { finalFlags, hiddenObstacle, tableOf, withoutUselessStart, type PictureRow } from './picture-rows.ts';
import type { StreamInfo } from './stream-info.ts';
import { counted } from './plural.ts';
import { findGrid, type Grid } from './timing.ts';

export type PictureTables = Omit<Picture, 'format' | 'isStill' | 'sampleEntry'> & {
  /** When the first frame is shown, in ticks of the stream's time base, rounding undone. */
  readonly start: number;
  readonly warnings: readonly string[];
};

export class PictureTrack {
  readonly #info: StreamInfo;
  readonly #store: PacketStore;
  readonly #coding: PictureCoding;
  readonly #rows: PictureRow[] = [];

  constructor(info: StreamInfo, store: PacketStore) {
    this.#info = info;
    this.#store = store;
    this.#coding = pictureCoding(info);
  }

  add(packet: PacketView): void {
    const sample = this.#coding.read(packet);
    if (!sample) return;
    const { bytes, ...facts } = sample;
    const { pts, dts, duration, isCorrupt } = packet;
    const place = bytes ? this.#store.unpack(bytes) : this.#store.place(this.#info.index, packet.position, packet.bytes);
    this.#rows.push({ ...facts, ...place, size: bytes?.length ?? packet.bytes.length, pts, dts, duration, isCorrupt });
  }

  /** Throws `input.damaged` where there is no picture. */
  finish(): PictureTables {
    const coded = this.#coding.finish();
    const warnings: string[] = [];
    const rows = withoutUselessStart(this.#rows, warnings);
    if (rows.length === 0) throw new StringoutError('input.damaged', 'its picture stream has not one frame');
    const corrupt = rows.filter((row) => row.isCorrupt).length;
    if (corrupt > 0) warnings.push(`${counted(corrupt, 'frame')} damaged in the file`);
    const rank = rankRows(rows);
    const flags = finalFlags(rows, rank, this.#info.codec);
    const frames = withoutTornEnd(showFrames(rows, rank, flags), rank, this.#info, warnings);
    if (frames.left > 0) warnings.push(`left out at its beginning: ${counted(frames.left, 'frame')} that need pictures from before it`);
    const { shown, stamps, grid } = frames;
    const first = stamps[0];
    if (first === undefined) throw new StringoutError('input.damaged', 'its picture stream has not one frame that is shown');
    const { timeBase } = this.#info;
    return {
      ...coded, warnings,
      copyObstacle: coded.copyObstacle ?? hiddenObstacle(rows),
      rate: grid.rate, isConstantRate: grid.isConstantRate, start: grid.start,
      samples: tableOf(rows, rank, flags),
      shown: shown.length === rows.length ? null : shown,
      times: grid.isConstantRate ? null : stamps.map((stamp) => (stamp - first) * timeBase.num),
      timescale: timeBase.den,
    };
  }
}

/** Frames behind the first hole at the end of a file that is cut short. */
const mostTorn = 32;

/** A recording that was cut off lacks pictures that are shown before the last it has: those last ones are left out. */
function withoutTornEnd(frames: ShownFrames, rank: Uint32Array, info: StreamInfo, warnings: string[]): ShownFrames & { readonly grid: Grid } {
  const { shown, stamps } = frames;
  const hints = [info.meanRate, info.gridRate];
  const grid = findGrid(stamps, info.timeBase, hints);
  if (grid.isConstantRate || isIdentity(rank)) return { ...frames, grid };
  for (let end = stamps.length - 1; end > Math.max(1, stamps.length - mostTorn); end--) {
    const step = (stamps[1] ?? 0) - (stamps[0] ?? 0);
    if ((stamps[end] ?? 0) - (stamps[end - 1] ?? 0) < 1.5 * step) continue;
    const whole = findGrid(stamps.subarray(0, end), info.timeBase, hints);
    if (!whole.isConstantRate) continue;
    warnings.push(`it is cut short: left out at its end ${counted(stamps.length - end, 'frame')}, since pictures before them are missing`);
    return { ...frames, shown: shown.subarray(0, end), stamps: stamps.subarray(0, end), grid: whole };
  }
  return { ...frames, grid };
}
