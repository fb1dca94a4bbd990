/** Fields of HEVC parameter sets (H.265 7.3.2) that a joined track must change: ids. */
import { BitReader, BitWriter, endOfBits } from './bits.ts';
import { escape, unescape } from './emulation.ts';

/** Every NAL begins with two bytes of header. */
const headerBits = 16;

export function readVpsId(nal: Uint8Array): number {
  return ((nal[2] ?? 0) >> 4) & 15;
}

export function withVpsId(nal: Uint8Array, id: number): Uint8Array<ArrayBuffer> {
  const rbsp = unescape(nal);
  rbsp[2] = ((rbsp[2] ?? 0) & 15) | (id << 4);
  return escape(rbsp.subarray(0, Math.ceil(endOfBits(rbsp) / 8)));
}

export type HevcSps = {
  readonly id: number;
  readonly vps: number;
  /** sps_max_num_reorder_pics of the highest layer. */
  readonly reorder: number;
};

export function readHevcSps(nal: Uint8Array): HevcSps {
  const bits = new BitReader(unescape(nal));
  const { vps, maxSubLayers } = skipToSpsId(bits);
  const id = bits.ue();
  if (bits.ue() === 3) bits.u(1);
  bits.ue();
  bits.ue();
  if (bits.u(1)) for (let i = 0; i < 4; i++) bits.ue();
  bits.ue();
  bits.ue();
  bits.ue();
  const layers = bits.u(1) ? maxSubLayers : 1;
  let reorder = 0;
  for (let i = 0; i < layers; i++) {
    bits.ue();
    reorder = bits.ue();
    bits.ue();
  }
  return { id, vps, reorder };
}

export function withHevcSpsIds(nal: Uint8Array, id: number, vps: number): Uint8Array<ArrayBuffer> {
  const rbsp = unescape(nal);
  const bits = new BitReader(rbsp);
  skipToSpsId(bits);
  const idAt = bits.at;
  bits.ue();
  return escape(
    new BitWriter().copy(rbsp, 0, headerBits).u(vps, 4).copy(rbsp, headerBits + 4, idAt).ue(id).copy(rbsp, bits.at, endOfBits(rbsp)).bytes(),
  );
}

export function readHevcPps(nal: Uint8Array): { readonly id: number; readonly sps: number } {
  const bits = new BitReader(unescape(nal));
  bits.at = headerBits;
  return { id: bits.ue(), sps: bits.ue() };
}

export function withHevcPpsIds(nal: Uint8Array, id: number, sps: number): Uint8Array<ArrayBuffer> {
  const rbsp = unescape(nal);
  const bits = new BitReader(rbsp);
  bits.at = headerBits;
  bits.ue();
  bits.ue();
  return escape(new BitWriter().copy(rbsp, 0, headerBits).ue(id).ue(sps).copy(rbsp, bits.at, endOfBits(rbsp)).bytes());
}

/** profile_tier_level (7.3.3): 96 bits of the general part, then the sub-layers'. */
function skipToSpsId(bits: BitReader): { vps: number; maxSubLayers: number } {
  bits.at = headerBits;
  const vps = bits.u(4);
  const maxSubLayers = bits.u(3) + 1;
  bits.u(1);
  bits.at += 96;
  if (maxSubLayers === 1) return { vps, maxSubLayers };
  const present = Array.from({ length: maxSubLayers - 1 }, () => ({ profile: bits.u(1), level: bits.u(1) }));
  bits.at += 2 * (8 - (maxSubLayers - 1));
  for (const { profile, level } of present) bits.at += profile * 88 + level * 8;
  return { vps, maxSubLayers };
}
