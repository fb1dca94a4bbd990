/** H.264 and HEVC tracks: parameter sets, and which sync samples are what, from the heads of their units. */
import { StringoutError } from '../../../app/base/errors.ts';
import { sampleFlags, type PictureFormat } from '../../../app/domain/source.ts';
import { orderFromSei, orderFromSlice } from '../../bitstream/parse/h264-fields.ts';
import { parseH264Sps } from '../../bitstream/parse/h264-sps.ts';
import { parseHevcSps } from '../../bitstream/parse/hevc-sps.ts';
import type { PictureParameters } from '../../bitstream/parse/picture-parameters.ts';
import { walkNals, type NalUnit } from '../../bitstream/parse/walk-nals.ts';
import type { MediaFile } from './media-file.ts';
import { NalSets } from './nal-sets.ts';
import type { SampleTable } from './sample-table.ts';

export type NalPicture = {
  readonly config: Uint8Array;
  readonly parameters: PictureParameters;
  readonly sets: { readonly hash: string; readonly count: number };
  readonly copyObstacle: string | null;
  readonly flags: Uint8Array;
};

type Size = { readonly width: number; readonly height: number };

/** `records`: avcC or hvcC payloads of the sample descriptions. Throws `input.damaged`, `input.unsupported`. */
export function readNalPicture(codec: 'h264' | 'hevc', records: readonly Uint8Array[], container: Size, table: SampleTable, file: MediaFile): NalPicture {
  const sets = new NalSets(codec, records[0] ?? new Uint8Array(0));
  for (const record of records.slice(1)) {
    sets.addRecord(record);
    if (sets.hasConflict) throw new StringoutError('input.unsupported', 'its picture changes its parameter sets in mid-stream under the same numbers; split it there first');
  }
  const flags = new Uint8Array(table.count);
  const walk = (sample: number, visit: (unit: NalUnit) => boolean): void => {
    const offset = table.offset[sample] ?? 0;
    walkNals(table.size[sample] ?? 0, sets.lengthSize, (at, most) => file.peek(offset + at, most), visit);
  };
  for (let i = 0; i < table.count; i++) {
    if (table.isSync && table.isSync[i] === 0) continue;
    if (table.isSync) flags[i] = sampleFlags.sync;
    walk(i, (unit) => {
      if (sets.isSet(unit.header)) {
        const nal = unit.bytes();
        if (nal) sets.add(nal);
        return true;
      }
      const found = codec === 'h264' ? h264Flags(unit.header) : hevcFlags(unit.header);
      if (found === null) return true;
      // Without a table of sync samples every one claims to be one: pictures that predict from others are told by their type.
      flags[i] = table.isSync || found & (sampleFlags.closed | sampleFlags.cra) ? found : 0;
      return false;
    });
  }
  return {
    flags,
    config: sets.config(),
    parameters: codec === 'h264' ? h264Parameters(sets, container, (visit) => walk(0, visit)) : parseHevcSps(sets.sps),
    sets: sets.summary(),
    copyObstacle: sets.copyObstacle,
  };
}

/** Null for what is no slice. */
function h264Flags(header: number): number | null {
  const type = header & 31;
  if (type === 5) return sampleFlags.sync | sampleFlags.closed;
  return type === 1 || type === 2 ? sampleFlags.sync : null;
}

/** H.265, table 7-1: 16 to 20 are BLA and IDR, 21 CRA. */
function hevcFlags(header: number): number | null {
  const type = (header >> 1) & 63;
  if (type >= 16 && type <= 20) return sampleFlags.sync | sampleFlags.closed;
  if (type === 21) return sampleFlags.sync | sampleFlags.cra;
  return type < 32 ? sampleFlags.sync : null;
}

/** As FFmpeg: a container that tells less than the coded size crops it, where the SPS crops nothing at left or top. */
function h264Parameters(sets: NalSets, container: Size, walkFirst: (visit: (unit: NalUnit) => boolean) => void): PictureParameters {
  const parsed = parseH264Sps(sets.sps);
  const fits = !parsed.hasOffsetCrop && container.width > 0 && container.height > 0
    && container.width <= parsed.width && container.height <= parsed.height
    && Math.ceil(container.width / 16) === Math.ceil(parsed.width / 16) && Math.ceil(container.height / 16) === Math.ceil(parsed.height / 16);
  const { width, height }: Size = fits ? container : parsed;
  if (!parsed.mayBeFields) return { ...parsed, width, height };
  let fieldOrder: PictureFormat['fieldOrder'] = 'unknown';
  walkFirst((unit) => {
    const type = unit.header & 31;
    if (type === 6 && parsed.picStruct) {
      const nal = unit.bytes();
      const order = nal && orderFromSei(nal, parsed.picStruct);
      if (order) fieldOrder = order;
      return order === null;
    }
    if (type !== 1 && type !== 5) return true;
    const head = unit.head();
    const pps = sets.firstPps;
    if (pps) fieldOrder = orderFromSlice(head, parsed, pps);
    return false;
  });
  return { ...parsed, width, height, fieldOrder };
}
