/** What the bin shows: shots that pass the filters, in order, versions of one shot folded under the newest. Pure, so that it is tested without a page. */
import type { Shot } from '../../app/domain/project/project.ts';
import { sortShots, type SortColumn } from './sort-shots.ts';

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

export function passes(shot: Shot, filter: BinFilter): boolean {
  return (filter.found === null || filter.found.has(shot.id))
    && (!filter.isCircledOnly || shot.isCircled)
    && shot.rating >= filter.leastRating
    && (filter.tag === null || shot.tags.includes(filter.tag))
    && (!filter.isTroubleOnly || shot.status === 'missing' || shot.status === 'refused');
}

export function binRows(shots: Iterable<Shot>, filter: BinFilter, order: { readonly column: SortColumn; readonly isDescending: boolean }, openGroups: ReadonlySet<string>): readonly BinRow[] {
  const groups = new Map<string, Shot[]>();
  const heads: Shot[] = [];
  for (const shot of shots) {
    if (!passes(shot, filter)) continue;
    if (shot.versionGroup === null) heads.push(shot);
    else groups.set(shot.versionGroup, [...(groups.get(shot.versionGroup) ?? []), shot]);
  }
  const members = new Map<number, readonly Shot[]>();
  for (const group of groups.values()) {
    const [newest, ...older] = group.toSorted((a, b) => (b.version ?? 0) - (a.version ?? 0));
    if (!newest) continue;
    heads.push(newest);
    members.set(newest.id, older);
  }
  return sortShots(heads, order.column, order.isDescending).flatMap((shot) => {
    const older = members.get(shot.id) ?? [];
    const isOpen = shot.versionGroup !== null && openGroups.has(shot.versionGroup);
    const row: BinRow = { shot, versions: older.length + 1, isOpen, isOlder: false };
    return isOpen ? [row, ...older.map((each): BinRow => ({ shot: each, versions: 1, isOpen: false, isOlder: true }))] : [row];
  });
}
