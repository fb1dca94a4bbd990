/** What the comparison of two cuts shows, and where its rows lead. Pure. */
import type { ComparedRow, Comparison } from '../../app/contract/editor/compare.ts';
import { changeStates, type ChangeState } from '../../app/domain/diff/model.ts';
import { atRate, type Rational } from '../../app/domain/rational.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import type { IconName } from '../controls/Icon.tsx';

/** A timeline file's path; null is the project's sequence, undefined nothing yet. */
export type CutPath = string | null | undefined;
export type CutSide = 'old' | 'now';
export type Cuts = Readonly<Record<CutSide, CutPath>>;

/** Beside the colour, which must never be the only sign. */
export const changeIcons: Readonly<Record<ChangeState, IconName>> = {
  new: 'add', omitted: 'minus', reinstated: 'undo', moved: 'slide', extended: 'slip', trimmed: 'blade', rescan: 'film', unchanged: 'check', noLink: 'missing',
};

export function countStates(rows: readonly ComparedRow[]): readonly { readonly state: ChangeState; readonly count: number }[] {
  const counts = Map.groupBy(rows, ({ state }) => state);
  return changeStates.flatMap((state) => {
    const count = counts.get(state)?.length ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
}

/** Record timecode of a clip's first frame; "" where the cut does not have it. */
export function recordLabel({ rate, startFrame, isDropFrame }: Comparison['old'], place: ComparedRow['old']): string {
  return place ? formatTimecode(startFrame + place.start, rate, isDropFrame) : '';
}

/** The frame of the sequence that a row stands for: where the sequence has the clip, else as far from the start as the other cut has it. */
export function frameOfRow(row: ComparedRow, { old, now }: Comparison, cuts: Cuts, sequenceRate: Rational): number {
  const sides = [{ place: row.now, rate: now.rate, path: cuts.now }, { place: row.old, rate: old.rate, path: cuts.old }];
  const found = sides.find(({ place, path }) => place && path === null) ?? sides.find(({ place }) => place);
  return found?.place ? atRate(found.place.start, found.rate, sequenceRate) : 0;
}

/** The other side of a choice that both sides cannot have. */
export function withCut(cuts: Cuts, side: CutSide, path: CutPath): Cuts {
  const other = side === 'old' ? 'now' : 'old';
  return { ...cuts, [side]: path, ...(path === null && cuts[other] === null && { [other]: undefined }) };
}

/** Beside the new cut, or beside the project where that is the sequence. Bundles are not written here. */
export function suggestedChanges(now: CutPath, projectPath: string): string {
  if (now === null || now === undefined) return projectPath.replace(/(?:\.stringout)?$/, ' changes.otio');
  const extension = /\.(?:edl|xml|fcpxml|csv|tsv|ale)$/i.exec(now)?.[0] ?? '.otio';
  return `${now.replace(/\.[^./\\]*$/, '')} changes${extension}`;
}
