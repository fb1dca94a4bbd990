/** Fields of H.264 parameter sets (7.3.2) that a joined track must change: ids, and the colour in the VUI (E.1.1). */
import type { PictureFormat } from '../../../app/domain/source.ts';
import { BitReader, BitWriter, endOfBits } from './bits.ts';
import { escape, unescape } from './emulation.ts';

export type H264Sps = { readonly id: number; readonly chroma: number; readonly lumaDepth: number; readonly chromaDepth: number };

export const chromaProfiles: ReadonlySet<number> = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Bits of the NAL header, profile, compatibility and level. */
const spsIdAt = 32;

export function readSps(nal: Uint8Array): H264Sps {
  const bits = new BitReader(unescape(nal));
  return readChroma(bits);
}

export function withSpsId(nal: Uint8Array, id: number): Uint8Array<ArrayBuffer> {
  const rbsp = unescape(nal);
  const bits = new BitReader(rbsp);
  bits.at = spsIdAt;
  bits.ue();
  return escape(new BitWriter().copy(rbsp, 0, spsIdAt).ue(id).copy(rbsp, bits.at, endOfBits(rbsp)).bytes());
}

export function readPps(nal: Uint8Array): { readonly id: number; readonly sps: number } {
  const bits = new BitReader(unescape(nal));
  bits.at = 8;
  return { id: bits.ue(), sps: bits.ue() };
}

export function withPpsIds(nal: Uint8Array, id: number, sps: number): Uint8Array<ArrayBuffer> {
  const rbsp = unescape(nal);
  const bits = new BitReader(rbsp);
  bits.at = 8;
  bits.ue();
  bits.ue();
  return escape(new BitWriter().copy(rbsp, 0, 8).ue(id).ue(sps).copy(rbsp, bits.at, endOfBits(rbsp)).bytes());
}

/**
 * The SPS telling its colour where it told none: a region that says nothing takes the colour of what was decoded before it.
 * Unspecified (2) in all three leaves it as it is.
 */
export function withSpsColour(nal: Uint8Array, colour: PictureFormat['colour'], range: PictureFormat['range']): Uint8Array {
  if (colour.primaries === 2 && colour.transfer === 2 && colour.matrix === 2) return nal;
  const rbsp = unescape(nal);
  const end = endOfBits(rbsp);
  const bits = new BitReader(rbsp);
  readChroma(bits);
  skipToVui(bits);
  const vuiAt = bits.at;
  const numbers = (out: BitWriter): BitWriter => out.u(colour.primaries, 8).u(colour.transfer, 8).u(colour.matrix, 8);
  const fullRange = range === 'full' ? 1 : 0;
  if (bits.u(1) === 0) {
    // Aspect and overscan unknown, video signal type with its colour, then six flags of what is absent.
    const out = new BitWriter().copy(rbsp, 0, vuiAt).u(1, 1).u(0, 2).u(1, 1).u(5, 3).u(fullRange, 1).u(1, 1);
    return escape(numbers(out).u(0, 6).copy(rbsp, bits.at, end).bytes());
  }
  if (bits.u(1) && bits.u(8) === 255) bits.u(32);
  if (bits.u(1)) bits.u(1);
  const signalAt = bits.at;
  const out = new BitWriter().copy(rbsp, 0, signalAt).u(1, 1);
  if (bits.u(1) === 0) return escape(numbers(out.u(5, 3).u(fullRange, 1).u(1, 1)).copy(rbsp, bits.at, end).bytes());
  out.copy(rbsp, bits.at, bits.at + 4).u(1, 1);
  bits.u(4);
  if (bits.u(1) === 1) {
    if (bits.u(8) !== 2 || bits.u(8) !== 2 || bits.u(8) !== 2) return nal;
  }
  return escape(numbers(out).copy(rbsp, bits.at, end).bytes());
}

/** Up to the chroma format and bit depths, where the profile has them. */
function readChroma(bits: BitReader): H264Sps {
  bits.at = 8;
  const profile = bits.u(8);
  bits.at = spsIdAt;
  const id = bits.ue();
  if (!chromaProfiles.has(profile)) return { id, chroma: 1, lumaDepth: 8, chromaDepth: 8 };
  const chroma = bits.ue();
  if (chroma === 3) bits.u(1);
  const lumaDepth = bits.ue() + 8;
  const chromaDepth = bits.ue() + 8;
  bits.u(1);
  if (bits.u(1)) skipScalingLists(bits, chroma === 3 ? 12 : 8);
  return { id, chroma, lumaDepth, chromaDepth };
}

/** From log2_max_frame_num on, up to vui_parameters_present_flag. */
function skipToVui(bits: BitReader): void {
  bits.ue();
  const orderType = bits.ue();
  if (orderType === 0) {
    bits.ue();
  } else if (orderType === 1) {
    bits.u(1);
    bits.se();
    bits.se();
    for (let left = bits.ue(); left > 0; left--) bits.se();
  }
  bits.ue();
  bits.u(1);
  bits.ue();
  bits.ue();
  if (bits.u(1) === 0) bits.u(1);
  bits.u(1);
  if (bits.u(1)) for (let i = 0; i < 4; i++) bits.ue();
}

/** Scaling lists of an SPS or PPS (7.3.2.1.1.1), `count` of them. */
export function skipScalingLists(bits: BitReader, count: number): void {
  for (let list = 0; list < count; list++) {
    if (bits.u(1) === 0) continue;
    let last = 8;
    let next = 8;
    for (let i = 0; i < (list < 6 ? 16 : 64); i++) {
      if (next !== 0) next = (last + bits.se() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}
