/** Decoder configurations of encoders that give their headers in another shape than the file needs them. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { bitDepth } from '../../../app/domain/plan/encoders.ts';
import { serialiseHevcRecord } from '../../bitstream/rewrite/configuration-records.ts';
import { unescape } from '../../bitstream/rewrite/emulation.ts';

const nalSps = 33;
/** VPS, SPS, PPS. */
const setTypes: readonly number[] = [32, nalSps, 34];

/** hvcC (ISO 14496-15, 8.3.3.1) from parameter sets with lengths of four bytes, which is what x265 gives. */
export function hvcConfiguration(extradata: Uint8Array, pixelFormat: string): Uint8Array {
  const nals = splitLengths(extradata).map((nal) => ({ type: ((nal[0] ?? 0) >> 1) & 0x3f, nal }));
  const sps = nals.find(({ type }) => type === nalSps);
  if (!sps || !setTypes.every((wanted) => nals.some(({ type }) => type === wanted))) {
    throw new StringoutError('encode.failed', 'the HEVC encoder gave no parameter sets');
  }
  const plain = unescape(sps.nal);
  const layers = plain[2] ?? 0; // vps id u(4), sub-layers - 1 u(3), nesting u(1)
  const depth = bitDepth(pixelFormat) - 8;
  const head = Uint8Array.of(
    1, ...plain.subarray(3, 15), // profile, tier, level
    0xf0, 0, 0xfc, 0xfc | chromaFormat(pixelFormat), 0xf8 | depth, 0xf8 | depth, 0, 0,
    ((((layers >> 1) & 7) + 1) << 3) | ((layers & 1) << 2) | 3,
  );
  return serialiseHevcRecord(head, nals.filter(({ type }) => setTypes.includes(type)));
}

/** vpcC with its version and flags (VP9 in ISO-BMFF, "VP Codec Configuration Box"). */
export function vp9Configuration({ pixelFormat, range, colour, width, height }: PictureFormat): Uint8Array {
  const depth = bitDepth(pixelFormat);
  const chroma = chromaFormat(pixelFormat);
  const profile = (chroma === 1 ? 0 : 1) + (depth > 8 ? 2 : 0);
  const sampling = chroma; // 1: 4:2:0 sited with luma, 2: 4:2:2, 3: 4:4:4
  const level = width * height <= 983_040 ? 31 : width * height <= 2_228_224 ? 41 : 51;
  return Uint8Array.of(
    1, 0, 0, 0, profile, level, (depth << 4) | (sampling << 1) | (range === 'full' ? 1 : 0), colour.primaries, colour.transfer, colour.matrix, 0, 0,
  );
}

/** chroma_format_idc: 0 grey, 1 4:2:0, 2 4:2:2, 3 4:4:4. */
function chromaFormat(pixelFormat: string): number {
  if (pixelFormat.startsWith('gray')) return 0;
  return pixelFormat.includes('444') || pixelFormat.startsWith('gbr') ? 3 : pixelFormat.includes('422') ? 2 : 1;
}

function splitLengths(bytes: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + view.getUint32(at);
    units.push(bytes.slice(at + 4, end));
    at = end;
  }
  return units;
}
