/** Visual object and video object layer headers of MPEG-4 part 2 (ISO 14496-2, 6.2.2 and 6.2.3). */
import type { Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { BitReader } from '../rewrite/bits.ts';
import { sarFrom, sarFromIndex } from './picture-parameters.ts';

export type Mpeg4Headers = {
  readonly profile: string;
  /** 0 where the layer has no size. */
  readonly width: number;
  readonly height: number;
  readonly sar: Rational | null;
  readonly range: PictureFormat['range'] | null;
  readonly colour: PictureFormat['colour'] | null;
  readonly isInterlaced: boolean;
};

const profiles: Readonly<Record<number, string>> = { 0: 'Simple Profile', 1: 'Simple Scalable Profile', 2: 'Core Profile', 3: 'Main Profile', 15: 'Advanced Simple Profile' };

/** Null where there is no layer header. */
export function parseMpeg4Headers(bytes: Uint8Array): Mpeg4Headers | null {
  let profile = '';
  let signal: Pick<Mpeg4Headers, 'range' | 'colour'> = { range: null, colour: null };
  try {
    for (let at = 0; at + 5 < bytes.length; at++) {
      if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 1) continue;
      const code = bytes[at + 3] ?? 0;
      const bits = new BitReader(bytes.subarray(at + 4));
      if (code === 0xb0) profile = profiles[bits.u(8) >> 4] ?? '';
      else if (code === 0xb5) signal = readVisualObject(bits);
      else if (code >= 0x20 && code <= 0x2f) return { profile, ...signal, ...readLayer(bits) };
    }
  } catch {
    return null;
  }
  return null;
}

/** Whether the video object plane at the head of a sample is coded by itself (6.2.5). */
export function isMpeg4Intra(head: Uint8Array): boolean {
  for (let at = 0; at + 5 <= head.length; at++) {
    if (head[at] === 0 && head[at + 1] === 0 && head[at + 2] === 1 && head[at + 3] === 0xb6) return (head[at + 4] ?? 0) >> 6 === 0;
  }
  return false;
}

function readVisualObject(bits: BitReader): Pick<Mpeg4Headers, 'range' | 'colour'> {
  if (bits.u(1)) bits.u(7);
  const isVideo = bits.u(4) === 1;
  if (!isVideo || bits.u(1) === 0) return { range: null, colour: null };
  bits.u(3);
  const range = bits.u(1) ? 'full' : 'limited';
  return { range, colour: bits.u(1) ? { primaries: bits.u(8), transfer: bits.u(8), matrix: bits.u(8) } : null };
}

const rectangular = 0;

function readLayer(bits: BitReader): Pick<Mpeg4Headers, 'width' | 'height' | 'sar' | 'isInterlaced'> {
  bits.u(1);
  bits.u(8);
  let version = 1;
  if (bits.u(1)) {
    version = bits.u(4);
    bits.u(3);
  }
  const index = bits.u(4);
  // The first five are those of H.264.
  const sar = index === 15 ? sarFrom(bits.u(8), bits.u(8)) : index <= 5 ? sarFromIndex(index) : null;
  if (bits.u(1)) {
    bits.u(3);
    if (bits.u(1)) bits.at += 79;
  }
  const shape = bits.u(2);
  if (shape === 3 && version !== 1) bits.u(4);
  bits.u(1);
  const resolution = bits.u(16);
  bits.u(1);
  if (bits.u(1)) bits.u(Math.max(1, Math.ceil(Math.log2(Math.max(2, resolution)))));
  if (shape !== rectangular) return { width: 0, height: 0, sar, isInterlaced: false };
  bits.u(1);
  const width = bits.u(13);
  bits.u(1);
  const height = bits.u(13);
  bits.u(1);
  return { width, height, sar, isInterlaced: bits.u(1) === 1 };
}
