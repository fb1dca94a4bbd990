/** What the bin shows: shots that pass the filters, in order, versions of one shot folded under the newest. Pure, so that it is tested without a page. */
import type { Shot } from '../../app/domain/project/project.ts';

export type BinFilter = {
  /** Shots that the search found; null: no search. */
  readonly found: ReadonlySet<number> | null;
  readonly isCircledOnly: boolean;
  /** 0: any. */
  readonly leastRating: number;
  readonly tag: string | null;
  /** Missing and refused ones alone. */
  readonly isTroubleOnly: boolean;
};

export const noFilter: BinFilter = { found: null, isCircledOnly: false, leastRating: 0, tag: null, isTroubleOnly: false };

export type BinRow = {
  readonly shot: Shot;
  /** How many versions are folded here, this one included; 1: no group. */
  readonly versions: number;
  readonly isOpen: boolean;
  /** An older version under an open group. */
  readonly isOlder: boolean;
};

function passes(shot: Shot, filter: BinFilter): boolean {
  return (filter.found === null || filter.found.has(shot.id))
    && (!filter.isCircledOnly || shot.isCircled)
    && shot.rating >= filter.leastRating
    && (filter.tag === null || shot.tags.includes(filter.tag))
    && (!filter.isTroubleOnly || shot.status === 'missing' || shot.status === 'refused');
}

/** `sorted` as `sortShots` gives it: sorting costs more than all of this, and filters change at every letter. */
export function binRows(sorted: readonly Shot[], filter: BinFilter, openGroups: ReadonlySet<string>): readonly BinRow[] {
  const passing = sorted.filter((shot) => passes(shot, filter));
  const groups = new Map<string, Shot[]>();
  for (const shot of passing) {
    if (shot.versionGroup === null) continue;
    const group = groups.get(shot.versionGroup);
    if (group) group.push(shot);
    else groups.set(shot.versionGroup, [shot]);
  }
  for (const [name, group] of groups) groups.set(name, group.toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0)));
  return passing.flatMap((shot): readonly BinRow[] => {
    const group = shot.versionGroup === null ? [shot] : groups.get(shot.versionGroup) ?? [shot];
    if (group[0] !== shot) return [];
    const isOpen = shot.versionGroup !== null && openGroups.has(shot.versionGroup);
    const row: BinRow = { shot, versions: group.length, isOpen, isOlder: false };
    return isOpen ? [row, ...group.slice(1).map((each): BinRow => ({ shot: each, versions: 1, isOpen: false, isOlder: true }))] : [row];
  });
}
