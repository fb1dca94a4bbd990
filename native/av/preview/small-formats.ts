/** Picture formats that are made for looking at, not for movies. */
import type { PictureFormat } from '../../../app/domain/source.ts';
import { rational } from '../../../app/domain/rational.ts';

const square = { tag: '', profile: '', sar: rational(1), fieldOrder: 'progressive', rotation: 0 } as const;
const bt709 = 1;
/** JFIF: BT.601 in full range. */
const jfifMatrix = 5;

export function jpegFormat(width: number, height: number): PictureFormat {
  return { ...square, codec: 'mjpeg', width, height, pixelFormat: 'yuv420p', range: 'full', colour: { primaries: bt709, transfer: bt709, matrix: jfifMatrix } };
}

export function screenFormat(width: number, height: number): PictureFormat {
  return { ...square, codec: 'rawvideo', width, height, pixelFormat: 'yuv420p', range: 'limited', colour: { primaries: bt709, transfer: bt709, matrix: bt709 } };
}

/** As the source is shown: upright, square pixels. */
export function pngFormat({ width, height, sar, rotation }: PictureFormat): PictureFormat {
  const shown = Math.max(1, Math.round((width * sar.num) / sar.den));
  const isSideways = rotation === 90 || rotation === 270;
  return {
    ...square, codec: 'png', width: isSideways ? height : shown, height: isSideways ? shown : height, pixelFormat: 'rgb24', range: 'full',
    colour: { primaries: bt709, transfer: bt709, matrix: 0 },
  };
}
