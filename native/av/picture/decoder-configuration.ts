/** Decoder configurations of encoders that give their headers in another shape than the file needs them. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { bitDepth } from '../../../app/domain/plan/encoders.ts';

const nalVps = 32;
const nalSps = 33;
const nalPps = 34;

/** hvcC (ISO 14496-15, 8.3.3.1) from parameter sets with lengths of four bytes, which is what x265 gives. */
export function hvcConfiguration(extradata: Uint8Array, pixelFormat: string): Uint8Array {
  const units = splitLengths(Buffer.from(extradata));
  const arrays = [nalVps, nalSps, nalPps].map((type) => ({ type, nals: units.filter((unit) => (((unit[0] ?? 0) >> 1) & 0x3f) === type) }));
  const sps = arrays[1]?.nals[0];
  if (!sps || arrays.some(({ nals }) => nals.length === 0)) throw new StringoutError('encode.failed', 'the HEVC encoder gave no parameter sets');
  const plain = withoutEmulation(sps);
  const head = plain[2] ?? 0; // vps id u(4), sub-layers - 1 u(3), nesting u(1)
  const depth = bitDepth(pixelFormat) - 8;
  return Uint8Array.from(Buffer.concat([
    Buffer.of(1), plain.subarray(3, 15), // profile, tier, level: 12 bytes
    Buffer.of(0xf0, 0, 0xfc, 0xfc | chromaFormat(pixelFormat), 0xf8 | depth, 0xf8 | depth, 0, 0),
    Buffer.of(((((head >> 1) & 7) + 1) << 3) | ((head & 1) << 2) | 3, arrays.length),
    ...arrays.flatMap(({ type, nals }) => [Buffer.of(0x80 | type, 0, nals.length), ...nals.flatMap((nal) => [Buffer.of(nal.length >> 8, nal.length & 255), nal])]),
  ]));
}

/** av1C (AV1 in ISO-BMFF, 2.3.3) from the sequence header unit. */
export function av1Configuration(header: Uint8Array, pixelFormat: string): Uint8Array {
  if (header[0] === 0x81) return header; // it is one
  const sized = ((header[0] ?? 0) & 2) !== 0;
  const bits = new BitReader(header.subarray(sized ? 2 : 1));
  const profile = bits.take(3);
  bits.take(1);
  let level = 0;
  let tier = 0;
  if (bits.take(1) === 1) {
    level = bits.take(5);
  } else {
    if (bits.take(1) === 1) throw new StringoutError('encode.failed', 'an AV1 sequence header with timing information');
    bits.take(1);
    bits.take(5);
    bits.take(12);
    level = bits.take(5);
    tier = level > 7 ? bits.take(1) : 0;
  }
  const depth = bitDepth(pixelFormat);
  const chroma = chromaFormat(pixelFormat);
  const flags = (tier << 7) | (depth > 8 ? 0x40 : 0) | (depth > 10 ? 0x20 : 0) | (chroma === 0 ? 0x10 : 0) | (chroma < 3 ? 8 : 0) | (chroma < 2 ? 4 : 0);
  return Uint8Array.from([0x81, (profile << 5) | level, flags, 0, ...header]);
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

function splitLengths(bytes: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const end = at + 4 + bytes.readUInt32BE(at);
    units.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return units;
}

function withoutEmulation(unit: Buffer): Buffer {
  const plain: number[] = [];
  let zeros = 0;
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    plain.push(byte);
  }
  return Buffer.from(plain);
}

class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) value = (value << 1) | (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    return value;
  }
}
