/** The uncompressed header of a VP9 key frame (VP9 bitstream specification, 6.2). */
import type { PictureFormat } from '../../../app/domain/source.ts';
import { BitReader } from '../rewrite/bits.ts';
import { planarFormat } from './picture-parameters.ts';

export type Vp9Header = {
  readonly profile: string;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly range: PictureFormat['range'];
  /** H.273 number. */
  readonly matrix: number;
};

/** By color_space: unknown, BT.601, BT.709, SMPTE 170, SMPTE 240, BT.2020, reserved, RGB. */
const matrices = [2, 5, 1, 6, 7, 9, 2, 0];
const rgb = 7;

/** `head`: the first 16 bytes. Null for what is no key frame. */
export function parseVp9Header(head: Uint8Array): Vp9Header | null {
  try {
    const bits = new BitReader(head);
    if (bits.u(2) !== 2) return null;
    const profile = bits.u(1) + 2 * bits.u(1);
    if (profile === 3) bits.u(1);
    if (bits.u(1) === 1 || bits.u(1) === 1) return null;
    bits.u(2);
    if (bits.u(24) !== 0x498342) return null;
    const depth = profile >= 2 ? (bits.u(1) ? 12 : 10) : 8;
    const space = bits.u(3);
    let range: PictureFormat['range'] = 'full';
    let chroma = 3;
    if (space !== rgb) {
      range = bits.u(1) ? 'full' : 'limited';
      chroma = 1;
      if (profile % 2 === 1) {
        const isHalfWide = bits.u(1) === 1;
        chroma = isHalfWide ? (bits.u(1) ? 1 : 2) : bits.u(1) ? 440 : 3;
        bits.u(1);
      }
    } else if (profile % 2 === 1) {
      bits.u(1);
    }
    const pixelFormat = chroma === 440 ? `yuv440p${depth > 8 ? `${depth}le` : ''}` : planarFormat(chroma, depth, space === rgb ? 0 : 2);
    return { profile: `Profile ${profile}`, width: bits.u(16) + 1, height: bits.u(16) + 1, pixelFormat, range, matrix: matrices[space] ?? 2 };
  } catch {
    return null;
  }
}
