/**
 * One avc1/hvc1 entry holds all parameter sets of a movie, under ids whose coded length differs by a whole byte at most: 18 for
 * H.264, 16 for HEVC. Our own encoder needs two. Sources beyond that are conformed, the least used first.
 */
import type { Profile } from '../profile.ts';
import type { Picture } from '../source.ts';
import { whyNotCopied } from './picture-fit.ts';
import type { ResolvedClip } from './planned-clip.ts';

const capacity: Readonly<Record<string, number>> = { h264: 18, hevc: 16 };
const ours = 2;

/** Pictures that must be encoded although they fit, with the reason. */
export function admitParameterSets(profile: Profile, clips: readonly ResolvedClip[], warnings: string[]): Map<Picture, string> {
  const refused = new Map<Picture, string>();
  const most = capacity[profile.picture.codec];
  if (most === undefined) return refused;

  const groups = new Map<string, { uses: number; count: number; pictures: Set<Picture> }>();
  for (const clip of clips) {
    const picture = clip.source?.picture;
    if (!picture?.sets || picture.isStill) continue;
    const group = groups.get(picture.sets.hash);
    if (group) {
      group.uses++;
      group.pictures.add(picture);
    } else if (whyNotCopied(picture, profile) === null) {
      groups.set(picture.sets.hash, { uses: 1, count: picture.sets.count, pictures: new Set([picture]) });
    }
  }
  let free = most - ours;
  let turnedAway = 0;
  for (const group of [...groups.values()].toSorted((a, b) => b.uses - a.uses)) {
    if (group.count <= free) {
      free -= group.count;
      continue;
    }
    turnedAway++;
    for (const picture of group.pictures) refused.set(picture, `the movie already holds the ${most} parameter sets that can stand side by side`);
  }
  if (turnedAway > 0) {
    warnings.push(`${turnedAway} of ${groups.size} encoder set-ups do not fit beside the others in one track (${most} at most): their clips are encoded`);
  }
  return refused;
}
