/** Tracks whose tables stay the same whatever is in them: PCM, raw pictures, constant bit rates. Only their bytes tell two versions apart. */
import { createHash } from 'node:crypto';
import { denseHash } from '../../app/base/spread-hash.ts';
import type { Picture, Sound } from '../../app/domain/source.ts';

type Table = { readonly file: Uint32Array | null; readonly offset: Float64Array; readonly size: Uint32Array };

/** `base` with such tracks hashed into it, as far as they lie in the source itself; `base` where there are none. `read` as for `denseHash`. */
export function withConstantTracks(base: string, picture: Picture | null, sound: Sound | null, read: (offset: number, length: number) => Uint8Array): string {
  const tables: Table[] = [];
  if (picture && hasConstantSizes(picture.samples)) tables.push(picture.samples);
  if (sound && (sound.format.codec.startsWith('pcm_') || hasConstantSizes(sound.packets))) tables.push(sound.packets);
  const inPlace = tables.filter(({ file }) => file === null || file.every((number) => number === 0));
  if (inPlace.length === 0) return base;
  const hash = createHash('sha1').update(base);
  for (const table of inPlace) hash.update(denseHash(table, read));
  return hash.digest('hex');
}

/** Padding makes two sizes of one bit rate; the last packet may be cut. */
function hasConstantSizes({ size }: Table): boolean {
  return size.length > 1 && new Set(size.subarray(0, -1)).size <= 2;
}
