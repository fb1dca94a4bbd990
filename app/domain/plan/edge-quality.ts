/**
 * The quantiser of an edge follows the source's own: footage with many bits a pixel keeps detail that the default would lose.
 * Steps of 3, so that few encoder settings are in use at once: x264 writes the quantiser into the parameter set.
 */
import type { Picture } from '../source.ts';
import { bitDepth } from './encoders.ts';

/** By how much an edge's quantiser lies below the usual one: 0, 3 or 6. H.264 only. */
export function finerBy({ samples, format }: Picture): number {
  let bytes = 0;
  for (const size of samples.size) bytes += size;
  const bitsPerPixel = (8 * bytes) / Math.max(1, samples.count) / (format.width * format.height) / (bitDepth(format.pixelFormat) / 8);
  return bitsPerPixel > 0.8 ? 6 : bitsPerPixel > 0.3 ? 3 : 0;
}
