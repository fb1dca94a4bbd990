/** Orders of the bin's rows. Numbers in names count as numbers, so that take 10 follows take 9; 20,000 shots sort within a frame or two. */
import type { Shot } from '../../app/domain/project/project.ts';

export const sortColumns = ['name', 'scene', 'take', 'timecode', 'duration', 'date', 'size', 'rating'] as const;
export type SortColumn = (typeof sortColumns)[number];

type Key = string | number | null;

const naturalKeys = new Map<string, string>();
const mostKeys = 100_000;

/** Digits padded and case dropped: plain comparison then is natural order. Kept, since the same names are sorted again and again. */
function naturalKey(name: string): string {
  let key = naturalKeys.get(name);
  if (key === undefined) {
    if (naturalKeys.size > mostKeys) naturalKeys.clear();
    key = name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, '').padStart(16, '0'));
    naturalKeys.set(name, key);
  }
  return key;
}

/** Seconds of a shot's running time; null until it is known, and for stills. */
function shotSeconds(shot: Shot): number | null {
  const { media } = shot;
  return media && !media.isStill ? (media.frames * media.rate.den) / media.rate.num : null;
}

function keyOf(shot: Shot, column: SortColumn): Key {
  const { media } = shot;
  switch (column) {
    case 'name': return naturalKey(shot.name);
    case 'scene': return shot.scene === null ? null : naturalKey(shot.scene);
    case 'take': return shot.take === null ? null : naturalKey(shot.take);
    case 'timecode': return media?.timecode ? (media.timecode.frame * media.rate.den) / media.rate.num : null;
    case 'duration': return shotSeconds(shot);
    case 'date': return media?.created ?? null;
    case 'size': return media?.bytes ?? null;
    case 'rating': return shot.rating === 0 ? null : shot.rating;
  }
}

/** A new list; what has no value stands last either way, and equals are in order of their names. */
export function sortShots(shots: readonly Shot[], column: SortColumn, isDescending: boolean): readonly Shot[] {
  const keyed = shots.map((shot) => ({ shot, key: keyOf(shot, column), name: naturalKey(shot.name) }));
  const sign = isDescending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) {
      if (a.key !== b.key) return a.key === null ? 1 : -1;
    } else if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    return compare(a.name, b.name) || a.shot.id - b.shot.id;
  });
  return keyed.map(({ shot }) => shot);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
