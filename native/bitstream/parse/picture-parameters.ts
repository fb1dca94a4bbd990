/** What a sequence header tells of its pictures, the same for all codecs. Values that it does not tell are null. */
import { rational, type Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';

export type PictureParameters = {
  /** FFmpeg's profile name, "" unknown. */
  readonly profile: string;
  /** Cropped. */
  readonly width: number;
  readonly height: number;
  readonly sar: Rational | null;
  /** FFmpeg's name without range ("yuv420p10le"), "" unknown. */
  readonly pixelFormat: string;
  readonly range: PictureFormat['range'] | null;
  readonly colour: PictureFormat['colour'] | null;
  readonly fieldOrder: PictureFormat['fieldOrder'];
};

/** Table E-1 of H.264, which HEVC shares. */
const aspects: readonly (readonly [number, number])[] = [
  [1, 1], [12, 11], [10, 11], [16, 11], [40, 33], [24, 11], [20, 11], [32, 11], [80, 33], [18, 11], [15, 11], [64, 33], [160, 99], [4, 3], [3, 2], [2, 1],
];

export const extendedSar = 255;

export function sarFromIndex(index: number): Rational | null {
  const aspect = aspects[index - 1];
  return aspect ? rational(aspect[0], aspect[1]) : null;
}

export function sarFrom(num: number, den: number): Rational | null {
  return num > 0 && den > 0 ? rational(num, den) : null;
}

/** `chroma`: chroma_format_idc; `matrix` 0 is RGB. */
export function planarFormat(chroma: number, depth: number, matrix: number): string {
  const suffix = depth > 8 ? `${depth}le` : '';
  switch (chroma) {
    case 0: return depth > 8 ? `gray${depth}le` : 'gray';
    case 1: return `yuv420p${suffix}`;
    case 2: return `yuv422p${suffix}`;
    default: return matrix === 0 ? `gbrp${suffix}` : `yuv444p${suffix}`;
  }
}
