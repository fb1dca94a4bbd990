/** Where a clip lies in another version of its shot: the same frames by timecode, else as far from the first frame. */
import { sourceTicks } from '../edits/source-ticks.ts';
import type { Shot, TimelineClip } from '../project/project.ts';
import { atRate, sameRational, type Rational } from '../rational.ts';

export type VersionPlace = {
  /** Frames of the sequence from the version's first frame, and how many; as much of the clip as there is. */
  readonly sourceIn: number;
  readonly length: number;
  readonly by: 'timecode' | 'head';
  /** Frames that the clip loses at its end, because the version is shorter than the clip. */
  readonly lost: number;
  /** By how many frames it shows something later (earlier, negative) than before, because the version does not hold what it showed. */
  readonly slipped: number;
};

/** `rate` is the sequence's. */
export function placeInVersion(clip: TimelineClip, from: Shot, to: Shot, rate: Rational): VersionPlace {
  const ticks = sourceTicks(to, rate);
  const shift = timecodeShift(from, to, rate);
  const wanted = clip.sourceIn + (shift ?? 0);
  const length = Math.min(clip.length, ticks);
  const sourceIn = Number.isFinite(ticks) ? Math.max(0, Math.min(wanted, ticks - length)) : 0;
  return { sourceIn, length, by: shift === null ? 'head' : 'timecode', lost: clip.length - length, slipped: Number.isFinite(ticks) ? sourceIn - wanted : 0 };
}

/** Frames of the sequence from the new shot's first frame to the old one's, by their labels; null where they cannot be compared. */
export function timecodeShift({ media: from }: Shot, { media: to }: Shot, rate: Rational): number | null {
  const a = from?.timecode;
  const b = to?.timecode;
  if (!a || !b || !sameRational(from.rate, to.rate) || a.dropFrame !== b.dropFrame) return null;
  return a.frame >= b.frame ? atRate(a.frame - b.frame, to.rate, rate) : -atRate(b.frame - a.frame, to.rate, rate);
}
