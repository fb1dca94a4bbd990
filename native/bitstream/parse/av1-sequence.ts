/** The sequence header of AV1 (AV1 bitstream specification, 5.5). */
import type { PictureFormat } from '../../../app/domain/source.ts';
import { BitReader } from '../rewrite/bits.ts';
import { planarFormat } from './picture-parameters.ts';

export type Av1Sequence = {
  readonly profile: string;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly range: PictureFormat['range'];
  readonly colour: PictureFormat['colour'] | null;
};

const profiles = ['Main', 'High', 'Professional'];
const sequenceHeaderType = 1;
const select = 2;

/** The first sequence header among OBUs with sizes; null where there is none. */
export function findAv1Sequence(bytes: Uint8Array): Av1Sequence | null {
  for (let at = 0; at < bytes.length;) {
    const header = bytes[at] ?? 0;
    at += header & 4 ? 2 : 1;
    let size = bytes.length - at;
    if (header & 2) {
      size = 0;
      for (let i = 0; i < 8; i++) {
        const byte = bytes[at++] ?? 0;
        size += (byte & 127) * 2 ** (7 * i);
        if ((byte & 128) === 0) break;
      }
    }
    if (((header >> 3) & 15) === sequenceHeaderType) return parseSequence(bytes.subarray(at, at + size));
    at += size;
  }
  return null;
}

function parseSequence(payload: Uint8Array): Av1Sequence | null {
  try {
    return read(new BitReader(payload));
  } catch {
    return null;
  }
}

function read(bits: BitReader): Av1Sequence {
  const profile = bits.u(3);
  bits.u(1);
  const isReduced = bits.u(1) === 1;
  if (isReduced) bits.u(5);
  else skipOperatingPoints(bits);
  const widthBits = bits.u(4) + 1;
  const heightBits = bits.u(4) + 1;
  const width = bits.u(widthBits) + 1;
  const height = bits.u(heightBits) + 1;
  if (!isReduced && bits.u(1)) bits.u(7);
  bits.u(3);
  if (!isReduced) skipTools(bits);
  bits.u(3);
  return { profile: profiles[profile] ?? '', width, height, ...readColour(bits, profile) };
}

function skipOperatingPoints(bits: BitReader): void {
  let delayBits = 0;
  let hasModel = false;
  if (bits.u(1)) {
    bits.u(32);
    bits.u(32);
    if (bits.u(1)) bits.ue();
    hasModel = bits.u(1) === 1;
    if (hasModel) {
      delayBits = bits.u(5) + 1;
      bits.u(32);
      bits.u(10);
    }
  }
  const hasDisplayDelay = bits.u(1) === 1;
  for (let left = bits.u(5) + 1; left > 0; left--) {
    bits.u(12);
    if (bits.u(5) > 7) bits.u(1);
    if (hasModel && bits.u(1)) {
      bits.u(delayBits);
      bits.u(delayBits);
      bits.u(1);
    }
    if (hasDisplayDelay && bits.u(1)) bits.u(4);
  }
}

function skipTools(bits: BitReader): void {
  bits.u(4);
  const hasOrderHint = bits.u(1) === 1;
  if (hasOrderHint) bits.u(2);
  const screenContent = bits.u(1) ? select : bits.u(1);
  if (screenContent > 0 && bits.u(1) === 0) bits.u(1);
  if (hasOrderHint) bits.u(3);
}

/** color_config, 5.5.2 */
function readColour(bits: BitReader, profile: number): Pick<Av1Sequence, 'pixelFormat' | 'range' | 'colour'> {
  const isDeep = bits.u(1) === 1;
  const depth = isDeep ? (profile === 2 && bits.u(1) ? 12 : 10) : 8;
  const isGrey = profile !== 1 && bits.u(1) === 1;
  const colour = bits.u(1) ? { primaries: bits.u(8), transfer: bits.u(8), matrix: bits.u(8) } : null;
  if (isGrey) return { colour, range: bits.u(1) ? 'full' : 'limited', pixelFormat: planarFormat(0, depth, 2) };
  // sRGB is full range and 4:4:4 without saying so.
  if (colour?.primaries === 1 && colour.transfer === 13 && colour.matrix === 0) return { colour, range: 'full', pixelFormat: planarFormat(3, depth, 0) };
  const range = bits.u(1) ? 'full' : 'limited';
  let chroma = profile === 0 ? 1 : profile === 1 ? 3 : 2;
  if (profile === 2 && depth === 12) chroma = bits.u(1) ? (bits.u(1) ? 1 : 2) : 3;
  return { colour, range, pixelFormat: planarFormat(chroma, depth, colour?.matrix ?? 2) };
}
