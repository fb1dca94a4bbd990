/** H.264 and HEVC tracks: parameter sets, and which sync samples are what, from the heads of their units. */
import type { PictureFormat } from '../../../app/domain/source.ts';
import { sampleFlags } from '../../../app/domain/source.ts';
import { parseH264Sps } from '../../bitstream/parse/h264-sps.ts';
import { parseHevcSps } from '../../bitstream/parse/hevc-sps.ts';
import type { PictureParameters } from '../../bitstream/parse/picture-parameters.ts';
import { walkNals } from '../../bitstream/parse/walk-nals.ts';
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

/** `record`: avcC or hvcC payload. Throws `input.damaged`. */
export function readNalPicture(codec: 'h264' | 'hevc', record: Uint8Array, container: { width: number; height: number }, table: SampleTable, file: MediaFile): NalPicture {
  const sets = new NalSets(codec, record);
  const flags = new Uint8Array(table.count);
  for (let i = 0; i < table.count; i++) {
    if (table.isSync && table.isSync[i] === 0) continue;
    const offset = table.offset[i] ?? 0;
    let kind = 0;
    walkNals(table.size[i] ?? 0, sets.lengthSize, (at, most) => file.peek(offset + at, most), (unit) => {
      if (sets.isSet(unit.header)) {
        const nal = unit.bytes();
        if (nal) sets.add(nal);
        return true;
      }
      const found = codec === 'h264' ? h264Flags(unit.header) : hevcFlags(unit.header);
      if (found === null) return true;
      kind = found;
      return false;
    });
    flags[i] = kind;
  }
  return {
    flags,
    config: sets.config(),
    parameters: codec === 'h264' ? h264Parameters(sets.sps, container) : parseHevcSps(sets.sps),
    sets: sets.summary(),
    copyObstacle: sets.hasConflict ? 'its parameter sets change in mid-stream' : null,
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
function h264Parameters(sps: Uint8Array, container: { width: number; height: number }): PictureParameters {
  const parsed = parseH264Sps(sps);
  const fits = !parsed.hasOffsetCrop && container.width > 0 && container.height > 0
    && container.width <= parsed.width && container.height <= parsed.height
    && Math.ceil(container.width / 16) === Math.ceil(parsed.width / 16) && Math.ceil(container.height / 16) === Math.ceil(parsed.height / 16);
  const size: Pick<PictureFormat, 'width' | 'height'> = fits ? container : parsed;
  return { ...parsed, width: size.width, height: size.height };
}
