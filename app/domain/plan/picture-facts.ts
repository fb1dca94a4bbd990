/** What planning asks of a source's picture with every clip and every edit: worked out once, kept as long as the source. */
import { sampleFlags, type Picture, type PictureSamples } from '../source.ts';
import { samplesByRank } from './cut-picture.ts';

export type PictureFacts = {
  /** The sample, in decode order, that is shown at each rank. */
  readonly order: Uint32Array;
  /** Every picture is a key, shown in the order in which it is stored. */
  readonly isIntra: boolean;
  /** Bytes of all samples before each; count + 1 elements. */
  readonly bytesBefore: Float64Array;
};

const known = new WeakMap<Picture, PictureFacts>();

export function pictureFacts(picture: Picture): PictureFacts {
  const facts = known.get(picture);
  if (facts) return facts;
  const { samples } = picture;
  const made: PictureFacts = { order: samplesByRank(samples), isIntra: isIntra(samples), bytesBefore: bytesBefore(samples) };
  known.set(picture, made);
  return made;
}

function isIntra({ flags, rank, count }: PictureSamples): boolean {
  for (let i = 0; i < count; i++) if (((flags[i] ?? 0) & sampleFlags.closed) === 0 || rank[i] !== i) return false;
  return true;
}

function bytesBefore({ size, count }: PictureSamples): Float64Array {
  const sums = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = (sums[i] ?? 0) + (size[i] ?? 0);
  return sums;
}
