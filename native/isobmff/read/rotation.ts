/** What a track's header says of how its picture is shown: turned, mirrored, stretched. */
import { rational, type Rational } from '../../../app/domain/rational.ts';
import type { PictureEntry } from './picture-entry.ts';
import type { Track } from './track.ts';

/** How the matrix turns the picture, clockwise, to the nearest right angle. */
export function rotationOf(matrix: readonly number[]): 0 | 90 | 180 | 270 {
  const [a = 1, b = 0] = matrix;
  const degrees = Math.round((Math.atan2(b, a) * 2) / Math.PI) * 90;
  const turned = (degrees + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}

export function isMirrored([a = 1, b = 0, , c = 0, d = 1]: readonly number[]): boolean {
  return a * d - b * c < 0;
}

/** Pixel aspect where only the track's size, or a matrix that stretches, tells it; null where neither does. */
export function matrixSar(track: Track, entry: PictureEntry): Rational | null {
  const [a = 0, b = 0, , c = 0, d = 0] = track.matrix;
  const across = Math.hypot(a, c);
  const down = Math.hypot(b, d);
  if (across > 1 && down > 1 && Math.abs(across / down - 1) > 0.01) return rational(Math.round(across), Math.round(down));
  const isKnown = track.width > 0 && track.height > 0 && entry.width > 0 && entry.height > 0;
  if (!isKnown || (track.width === entry.width && track.height === entry.height)) return null;
  return rational(entry.height * track.width, entry.width * track.height);
}
