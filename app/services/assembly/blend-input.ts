/** What a worker needs to make a blend: both sources' samples. */
import type { JobBlend, PictureInput } from '../../contract/jobs/shared.ts';
import { samplesByRank } from '../../domain/plan/cut-picture.ts';
import type { BlendSide, PictureAction } from '../../domain/plan/planned-clip.ts';
import type { Profile } from '../../domain/profile.ts';
import { isDeinterlaced, pictureWindow } from './picture-window.ts';

export type BlendAction = Extract<PictureAction, { kind: 'blend' }>;

export type BlendInput = { readonly input: PictureInput | null; readonly deinterlace: boolean; readonly frames: Uint32Array; readonly blend: JobBlend };

/** Of frames [start, end) of the action. */
export function blendInput({ from, to, place, frames }: BlendAction, profile: Profile, start = 0, end = frames): BlendInput {
  const side = (of: BlendSide | null) => ({
    input: of && inputOf(of, start, end), deinterlace: of !== null && isDeinterlaced(of.picture, false, profile),
    frames: of ? of.ranks.slice(start, end) : new Uint32Array(end - start),
  });
  return { ...side(from), blend: { ...side(to), style: place.style, done: place.done + start, of: place.of } };
}

function inputOf({ source, picture, ranks }: BlendSide, start: number, end: number): PictureInput {
  let lowest = Infinity;
  let highest = 0;
  for (const rank of ranks.subarray(start, end)) {
    lowest = Math.min(lowest, rank);
    highest = Math.max(highest, rank);
  }
  return pictureWindow(source, picture, samplesByRank(picture.samples), { from: lowest, to: highest + 1 });
}
