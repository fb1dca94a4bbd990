/** Whole shots as ranges to be put on the timeline. */
import type { Sequence, Shot } from '../../app/domain/project/project.ts';
import type { ShotRange } from '../../app/domain/project/edit.ts';
import { atRate, rationalToNumber, type Rational } from '../../app/domain/rational.ts';

/** A still shows for as long as this. */
const stillSeconds = 2;

/** Frames at the sequence's rate, at least one; null for what has no length yet. */
export function shotFrames({ media }: Shot, rate: Rational): number | null {
  if (!media) return null;
  if (media.isStill) return Math.round(stillSeconds * rationalToNumber(rate));
  return Math.max(1, atRate(media.frames, media.rate, rate));
}

/** The rate that frames are counted at: the sequence's own, or the first picture's where none is fixed yet. */
export function placingRate(shots: readonly Shot[], sequence: Sequence): Rational {
  if (sequence.isRateSet) return sequence.rate;
  return shots.find(({ media }) => media?.picture && !media.isStill)?.media?.rate ?? sequence.rate;
}

/** What is missing, refused or not yet indexed is left out. */
export function shotRanges(shots: readonly Shot[], sequence: Sequence): readonly ShotRange[] {
  const rate = placingRate(shots, sequence);
  return shots.flatMap((shot): ShotRange[] => {
    const length = shot.status === 'ready' ? shotFrames(shot, rate) : null;
    return length === null ? [] : [{ shotId: shot.id, sourceIn: 0, length }];
  });
}
