/** Whole shots as ranges to be put on the timeline. */
import { usualLength } from '../../app/domain/edits/source-ticks.ts';
import type { ShotRange } from '../../app/domain/project/edit.ts';
import type { Sequence, Shot } from '../../app/domain/project/project.ts';
import type { Rational } from '../../app/domain/rational.ts';

/** The rate that the sequence will have once the shots lie in it: its own, or the first moving picture's where none is fixed yet. */
export function placingRate(shots: readonly Shot[], sequence: Sequence): Rational {
  if (sequence.isRateSet) return sequence.rate;
  return shots.find(({ media }) => media?.picture && !media.isStill)?.media?.rate ?? sequence.rate;
}

/** What is missing, refused or not yet indexed is left out. Counted at the sequence's rate as it is now, as the edit wants it. */
export function shotRanges(shots: readonly Shot[], sequence: Sequence): readonly ShotRange[] {
  return usable(shots).map((shot): ShotRange => ({ shotId: shot.id, sourceIn: 0, length: usualLength(shot, sequence.rate) }));
}

/** Frames at the rate that the sequence will have. */
export function placedLength(shots: readonly Shot[], sequence: Sequence): number {
  const rate = placingRate(shots, sequence);
  return usable(shots).reduce((sum, shot) => sum + usualLength(shot, rate), 0);
}

function usable(shots: readonly Shot[]): readonly Shot[] {
  return shots.filter(({ status, media }) => status === 'ready' && media !== null);
}
