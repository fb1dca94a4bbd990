/** A track's clips as columns of numbers: what drawing reads, made anew only for tracks that an edit touched. */
import type { ProjectState, Shot, TimelineClip } from '../../app/domain/project/project.ts';

export const clipFlags = { disabled: 1, missing: 2, indexing: 4, linked: 8 } as const;

export type Columns = {
  readonly clips: readonly TimelineClip[];
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly flags: Uint8Array;
};

type Known = { readonly shots: ProjectState['shots']; readonly columns: Columns };

const known = new WeakMap<readonly TimelineClip[], Known>();

export function columnsOf(clips: readonly TimelineClip[], shots: ProjectState['shots']): Columns {
  const made = known.get(clips);
  if (made?.shots === shots) return made.columns;
  const start = new Float64Array(clips.length);
  const end = new Float64Array(clips.length);
  const flags = new Uint8Array(clips.length);
  clips.forEach((clip, i) => {
    start[i] = clip.start;
    end[i] = clip.start + clip.length;
    flags[i] = (clip.isEnabled ? 0 : clipFlags.disabled) | (clip.link === null ? 0 : clipFlags.linked) | statusFlag(shots.get(clip.shotId));
  });
  const columns = { clips, start, end, flags };
  known.set(clips, { shots, columns });
  return columns;
}

function statusFlag(shot: Shot | undefined): number {
  if (!shot || shot.status === 'missing' || shot.status === 'refused') return clipFlags.missing;
  return shot.status === 'indexing' ? clipFlags.indexing : 0;
}

/** The first clip that ends after `frame`. */
export function firstVisible({ end }: Columns, frame: number): number {
  let low = 0;
  let high = end.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    if ((end[probe] ?? 0) <= frame) low = probe + 1;
    else high = probe;
  }
  return low;
}
