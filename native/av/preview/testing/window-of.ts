import type { PictureInput } from '../../../../app/contract/jobs/shared.ts';
import { sampleFlags, type Source } from '../../../../app/domain/source.ts';

/** All samples up to the last rank, or those of the ranks alone, each of which must then be one where decoding can start. */
export function windowOf({ picture, files }: Source, ranks: Uint32Array, isAlone: boolean): PictureInput {
  if (!picture) throw new Error('no picture');
  const { samples } = picture;
  const wanted = new Set(ranks);
  const picks = Uint32Array.from({ length: samples.count }, (_, i) => i).filter((i) => !isAlone || wanted.has(samples.rank[i] ?? 0));
  if (isAlone && picks.some((i) => ((samples.flags[i] ?? 0) & sampleFlags.sync) === 0)) throw new Error('decoding cannot start there');
  return {
    format: picture.format, config: picture.config, files, file: null, offset: Float64Array.from(picks, (i) => samples.offset[i] ?? 0),
    size: picks.map((i) => samples.size[i] ?? 0), rank: picks.map((i) => samples.rank[i] ?? 0),
  };
}
