/** A sequence parameter set of H.264 (7.3.2.1.1 and annex E) read for what its pictures look like. */
import { BitReader } from '../rewrite/bits.ts';
import { unescape } from '../rewrite/emulation.ts';
import { chromaProfiles, skipScalingLists } from '../rewrite/h264-sets.ts';
import { extendedSar, planarFormat, sarFrom, sarFromIndex, type PictureParameters } from './picture-parameters.ts';

export type H264Parameters = PictureParameters & {
  readonly id: number;
  /** Pictures may be coded as fields: the order must be looked up in SEI or slices. */
  readonly mayBeFields: boolean;
  readonly frameNumBits: number;
  readonly separatePlanes: boolean;
  /** pic_order_cnt_type: 0 told in slices, 1 by a cycle, 2 as decoded. */
  readonly orderType: number;
  /** Of pic_order_cnt_lsb; 0 where the order type is not 0. */
  readonly orderBits: number;
  readonly picStruct: PicStruct | null;
  /** Whether the picture is cropped at its left or top, which a container's size cannot tell. */
  readonly hasOffsetCrop: boolean;
};

/** How picture timing SEI is laid out; null: it has no pic_struct. `delayBits`: what stands before it. */
export type PicStruct = { readonly delayBits: number };

/** Throws `input.damaged`. */
export function parseH264Sps(nal: Uint8Array): H264Parameters {
  const bits = new BitReader(unescape(nal));
  bits.at = 8;
  const profile = bits.u(8);
  const constraints = bits.u(8);
  bits.u(8);
  const id = bits.ue();
  let chroma = 1;
  let separatePlanes = false;
  let depth = 8;
  if (chromaProfiles.has(profile)) {
    chroma = bits.ue();
    if (chroma === 3) separatePlanes = bits.u(1) === 1;
    depth = bits.ue() + 8;
    bits.ue();
    bits.u(1);
    if (bits.u(1)) skipScalingLists(bits, chroma === 3 ? 12 : 8);
  }
  const frameNumBits = bits.ue() + 4;
  const order = readOrder(bits);
  bits.ue();
  bits.u(1);
  const codedWidth = (bits.ue() + 1) * 16;
  const mapUnits = bits.ue() + 1;
  const isFrameOnly = bits.u(1) === 1;
  const codedHeight = mapUnits * 16 * (isFrameOnly ? 1 : 2);
  if (!isFrameOnly) bits.u(1);
  bits.u(1);
  const crop = bits.u(1) ? [bits.ue(), bits.ue(), bits.ue(), bits.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = (chroma === 1 ? 2 : 1) * (isFrameOnly ? 1 : 2);
  const vui = bits.u(1) ? readVui(bits) : noVui;
  return {
    id,
    profile: profileName(profile, constraints),
    width: codedWidth - unitX * (left + right),
    height: codedHeight - unitY * (top + bottom),
    hasOffsetCrop: left > 0 || top > 0,
    // FFmpeg gives grey pictures with empty chroma.
    pixelFormat: planarFormat(chroma || 1, depth, vui.colour?.matrix ?? 2),
    fieldOrder: isFrameOnly ? 'progressive' : 'unknown',
    mayBeFields: !isFrameOnly,
    frameNumBits, separatePlanes, ...order, ...vui,
  };
}

function readOrder(bits: BitReader): Pick<H264Parameters, 'orderType' | 'orderBits'> {
  const orderType = bits.ue();
  if (orderType === 0) return { orderType, orderBits: bits.ue() + 4 };
  if (orderType === 1) {
    bits.u(1);
    bits.se();
    bits.se();
    for (let left = Math.min(255, bits.ue()); left > 0; left--) bits.se();
  }
  return { orderType, orderBits: 0 };
}

type Vui = Pick<H264Parameters, 'sar' | 'range' | 'colour' | 'picStruct'>;
const noVui: Vui = { sar: null, range: null, colour: null, picStruct: null };

/** Annex E.1.1. A VUI that ends too early counts as far as it goes: some encoders cut it off. */
function readVui(bits: BitReader): Vui {
  let vui = noVui;
  try {
    if (bits.u(1)) {
      const index = bits.u(8);
      vui = { ...vui, sar: index === extendedSar ? sarFrom(bits.u(16), bits.u(16)) : sarFromIndex(index) };
    }
    if (bits.u(1)) bits.u(1);
    if (bits.u(1)) {
      bits.u(3);
      const range = bits.u(1) ? 'full' : 'limited';
      vui = { ...vui, range };
      if (bits.u(1)) vui = { ...vui, colour: { primaries: bits.u(8), transfer: bits.u(8), matrix: bits.u(8) } };
    }
    if (bits.u(1)) {
      bits.ue();
      bits.ue();
    }
    if (bits.u(1)) bits.at += 65;
    const nalDelays = bits.u(1) ? readHrd(bits) : null;
    const vclDelays = bits.u(1) ? readHrd(bits) : null;
    const delayBits = nalDelays ?? vclDelays;
    if (delayBits !== null) bits.u(1);
    if (bits.u(1)) vui = { ...vui, picStruct: { delayBits: delayBits ?? 0 } };
  } catch {
    return vui;
  }
  return vui;
}

/** Bits of the two delays in picture timing. */
function readHrd(bits: BitReader): number {
  const count = Math.min(31, bits.ue()) + 1;
  bits.u(8);
  for (let i = 0; i < count; i++) {
    bits.ue();
    bits.ue();
    bits.u(1);
  }
  bits.u(5);
  const delays = bits.u(5) + 1 + bits.u(5) + 1;
  bits.u(5);
  return delays;
}

const profiles: Readonly<Record<number, string>> = {
  66: 'Baseline', 77: 'Main', 88: 'Extended', 100: 'High', 110: 'High 10', 122: 'High 4:2:2', 144: 'High 4:4:4', 244: 'High 4:4:4 Predictive', 44: 'CAVLC 4:4:4',
  118: 'Multiview High', 128: 'Stereo High',
};

/** Names as libavcodec/profiles.c has them. */
function profileName(profile: number, constraints: number): string {
  const isConstrained = (constraints & 0x40) !== 0;
  const isIntra = (constraints & 0x10) !== 0;
  if (profile === 66 && isConstrained) return 'Constrained Baseline';
  if (isIntra && profile === 244) return 'High 4:4:4 Intra';
  if (isIntra && (profile === 110 || profile === 122)) return `${profiles[profile]} Intra`;
  return profiles[profile] ?? '';
}
