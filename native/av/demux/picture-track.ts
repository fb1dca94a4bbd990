/** The picture stream's packets become the tables of a `Picture`. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { Picture } from '../../../app/domain/source.ts';
import type { PacketView } from './demuxer.ts';
import type { PacketStore } from './packet-store.ts';
import type { PictureCoding } from './coded-sample.ts';
import { pictureCoding } from './picture-coding.ts';
import { finalFlags, rankRows, shownRanks, stampsOf, tableOf, withoutUselessStart, type PictureRow } from './picture-rows.ts';
import type { StreamInfo } from './stream-info.ts';
import { findGrid } from './timing.ts';

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
  /** The last picture's bytes, held back until it is known that no second field follows. */
  #held: Uint8Array[] = [];

  constructor(info: StreamInfo, store: PacketStore) {
    this.#info = info;
    this.#store = store;
    this.#coding = pictureCoding(info);
  }

  add(packet: PacketView): void {
    const sample = this.#coding.read(packet);
    if (!sample) return;
    const { bytes, ...facts } = sample;
    const last = this.#rows.at(-1);
    if (bytes && sample.isContinuation && last && this.#held.length > 0) {
      this.#held.push(bytes);
      last.size += bytes.length;
      last.duration += packet.duration;
      last.isCorrupt ||= packet.isCorrupt;
      return;
    }
    this.#storeHeld();
    const { pts, dts, duration, isCorrupt } = packet;
    const place = bytes ? { file: 1, offset: 0 } : this.#store.place(this.#info.index, packet.position, packet.bytes);
    if (bytes) this.#held = [bytes];
    this.#rows.push({ ...facts, ...place, size: bytes?.length ?? packet.bytes.length, pts, dts, duration, isCorrupt });
  }

  /** Throws `input.damaged` where there is no picture. */
  finish(): PictureTables {
    this.#storeHeld();
    const coded = this.#coding.finish();
    const warnings: string[] = [];
    const rows = withoutUselessStart(this.#rows, warnings);
    if (rows.length === 0) throw new StringoutError('input.damaged', 'its picture stream has not one frame');
    const corrupt = rows.filter((row) => row.isCorrupt).length;
    if (corrupt > 0) warnings.push(`${corrupt} of its frames are damaged`);
    const rank = rankRows(rows);
    const flags = finalFlags(rows, rank, this.#info.codec);
    const { shown, left } = shownRanks(rows, rank, flags);
    if (left > 0) warnings.push(`its first ${left} frames need pictures from before the file's beginning and are left out`);
    if (shown?.length === 0) throw new StringoutError('input.damaged', 'its picture stream has not one frame that is shown');
    const stamps = stampsOf(rows, rank, shown);
    const { timeBase, meanRate, gridRate } = this.#info;
    const grid = findGrid(stamps, timeBase, [meanRate, gridRate]);
    const first = stamps[0] ?? 0;
    return {
      ...coded, warnings,
      rate: grid.rate, isConstantRate: grid.isConstantRate, start: grid.start,
      samples: tableOf(rows, rank, flags), shown,
      times: grid.isConstantRate ? null : stamps.map((stamp) => (stamp - first) * timeBase.num),
      timescale: timeBase.den,
    };
  }

  #storeHeld(): void {
    const last = this.#rows.at(-1);
    if (last && this.#held.length > 0) Object.assign(last, this.#store.unpack(this.#held.length === 1 ? this.#held[0] ?? new Uint8Array(0) : Buffer.concat(this.#held)));
    this.#held = [];
  }
}
