/** Which shot is seen when: upper tracks hide lower ones. */
import type { Shot } from './list-shots.ts';

/** In frames of the record, `end` exclusive. */
export type VisibleShot = { readonly shot: Shot; readonly start: number; readonly end: number };

/** One after another, never overlapping; a shot that is hidden for a while comes twice. */
export function visibleShots(shots: readonly Shot[]): VisibleShot[] {
  const enabled = shots.filter(({ isEnabled }) => isEnabled);
  const edges = [...new Set(enabled.flatMap(({ start, end }) => [start, end]))].toSorted((a, b) => a - b);
  const begins = Map.groupBy(enabled, ({ start }) => start);
  const seen: VisibleShot[] = [];
  let open: Shot[] = [];
  edges.forEach((start, i) => {
    const end = edges[i + 1];
    open = [...open.filter((shot) => shot.end > start), ...begins.get(start) ?? []];
    const top = open.reduce<Shot | null>((best, shot) => (best && best.layer > shot.layer ? best : shot), null);
    if (end === undefined || !top) return;
    const last = seen.at(-1);
    if (last?.shot === top && last.end === start) seen[seen.length - 1] = { ...last, end };
    else seen.push({ shot: top, start, end });
  });
  return seen;
}
