/** How large a picture may be: a damaged header claims anything, and the memory for it would be taken. */
import { StringoutError } from '../../../app/base/errors.ts';

/** 8192 x 8192. */
export const mostPixels = 2 ** 26;
const largestSide = 16_384;

/** Throws `input.unsupported`. */
export function checkSize(width: number, height: number, path: string): void {
  if (width <= largestSide && height <= largestSide && width * height <= mostPixels) return;
  throw new StringoutError('input.unsupported', `claims a picture of ${width}x${height}, more than the 8192x8192 pixels that Stringout takes`, { file: path });
}
