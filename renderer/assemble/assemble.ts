/** Which shots an assembly takes, and in which order. Pure. */
import type { Shot } from '../../app/domain/project/project.ts';
import { sortShots } from '../bin/sort-shots.ts';

export const assembleOrders = ['name', 'scene', 'timecode', 'date'] as const;
export type AssembleOrder = (typeof assembleOrders)[number];

export type AssembleChoice = {
  readonly order: AssembleOrder;
  readonly isCircledOnly: boolean;
  /** Of each group of versions the newest alone. */
  readonly isNewestOnly: boolean;
};

/** What cannot be used is left out. Scenes are in order of their takes. */
export function assembledShots(shots: readonly Shot[], { order, isCircledOnly, isNewestOnly }: AssembleChoice): readonly Shot[] {
  const newest = new Map<string, Shot>();
  for (const shot of shots) {
    if (shot.versionGroup === null) continue;
    const known = newest.get(shot.versionGroup);
    if (!known || (shot.version ?? 0) > (known.version ?? 0)) newest.set(shot.versionGroup, shot);
  }
  const taken = shots.filter((shot) => shot.status === 'ready' && (!isCircledOnly || shot.isCircled) && (!isNewestOnly || shot.versionGroup === null || newest.get(shot.versionGroup) === shot));
  // A sort that keeps what is equal in its order: takes first, then scenes.
  return order === 'scene' ? stableByScene(sortShots(taken, 'take', false)) : sortShots(taken, order, false);
}

function stableByScene(byTake: readonly Shot[]): readonly Shot[] {
  const place = new Map(byTake.map((shot, index) => [shot.id, index]));
  const scenes = new Map<string | null, Shot[]>();
  for (const shot of sortShots(byTake, 'scene', false)) scenes.set(shot.scene, [...(scenes.get(shot.scene) ?? []), shot]);
  return [...scenes.values()].flatMap((scene) => scene.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)));
}
