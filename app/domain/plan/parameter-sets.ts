/**
 * One avc1/hvc1 entry holds all parameter sets of a movie, under ids whose coded length differs by a whole byte at most: 18 for
 * H.264, 16 for HEVC. Our own encoders need some of them. Sources beyond that are conformed, the least used first.
 */
import type { Profile } from '../profile.ts';
import { sampleFlags, sourceFrames, type Picture } from '../source.ts';
import { finerBy } from './edge-quality.ts';
import { whyNotCopied } from './picture-fit.ts';
import type { ResolvedClip } from './planned-clip.ts';

const capacity: Readonly<Record<string, number>> = { h264: 18, hevc: 16 };
/** HEVC has few ids of the lengths behind the first three: one source of more sets than that can stand, not two. */
const mostOfSeveral = 3;

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
  let free = most - ownSets(profile, clips);
  let turnedAway = 0;
  let hasLarge = false;
  for (const group of [...groups.values()].toSorted((a, b) => b.uses - a.uses)) {
    const isLarge = profile.picture.codec === 'hevc' && group.count > mostOfSeveral;
    if (group.count <= free && !(isLarge && hasLarge)) {
      hasLarge ||= isLarge;
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

/** One for what is encoded whole, and one for each quantiser of edges; x265's does not stand in its sets. */
function ownSets(profile: Profile, clips: readonly ResolvedClip[]): number {
  if (profile.picture.codec !== 'h264') return 2;
  const trimmed = new Set(clips.flatMap((clip) => (clip.source?.picture && mayHaveEdges(clip) ? [clip.source.picture] : [])));
  const copied = [...trimmed].filter((picture) => whyNotCopied(picture, profile) === null);
  return 1 + new Set(copied.map(finerBy)).size;
}

function mayHaveEdges({ source, range, window }: ResolvedClip): boolean {
  const picture = source?.picture;
  if (!source || !picture || !range) return false;
  const isCleanStart = ((picture.samples.flags[0] ?? 0) & sampleFlags.closed) !== 0 && picture.shown === null;
  const end = (range.out * range.rate.den * picture.rate.num) / (range.rate.num * picture.rate.den);
  return window !== null || !isCleanStart || range.in > 0 || end < sourceFrames(source);
}
