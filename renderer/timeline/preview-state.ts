/**
 * A project as an edit would make it, for the moment it is dragged. Unlike applyChange it copies no table of clips: with 20,000 of them
 * that copy is most of what a move of the pointer costs.
 */
import { deriveTracks } from '../../app/domain/edits/track-clips.ts';
import type { ProjectChange } from '../../app/domain/project/project-change.ts';
import { applyChange } from '../../app/domain/project/project-change.ts';
import type { ClipId, ProjectState, TimelineClip } from '../../app/domain/project/project.ts';
import type { RowChange } from '../../app/domain/project/row-change.ts';

type Clips = ProjectState['clips'];

/** Holds what applyChange(state, change) holds. */
export function previewState(state: ProjectState, change: ProjectChange): ProjectState {
  const { clips: changed, ...others } = change;
  const shown = applyChange(state, others);
  if (!changed) return shown;
  const clips = new ChangedClips(state.clips, changed);
  deriveTracks(state.clips, clips, changed);
  return { ...shown, clips };
}

/** Rows over rows; the whole table is made only for who walks it. */
class ChangedClips implements ReadonlyMap<ClipId, TimelineClip> {
  readonly #before: Clips;
  readonly #put: ReadonlyMap<ClipId, TimelineClip>;
  readonly #removed: ReadonlySet<ClipId>;
  #made: Clips | null = null;

  constructor(before: Clips, { put, remove }: RowChange<TimelineClip>) {
    this.#before = before;
    this.#put = new Map(put.map((clip) => [clip.id, clip]));
    this.#removed = new Set(remove);
  }

  get(id: ClipId): TimelineClip | undefined {
    return this.#put.get(id) ?? (this.#removed.has(id) ? undefined : this.#before.get(id));
  }

  has(id: ClipId): boolean { return this.get(id) !== undefined; }
  get size(): number { return this.#whole().size; }
  forEach(each: (clip: TimelineClip, id: ClipId, clips: Clips) => void): void { this.#whole().forEach(each); }
  entries(): MapIterator<[ClipId, TimelineClip]> { return this.#whole().entries(); }
  keys(): MapIterator<ClipId> { return this.#whole().keys(); }
  values(): MapIterator<TimelineClip> { return this.#whole().values(); }
  [Symbol.iterator](): MapIterator<[ClipId, TimelineClip]> { return this.entries(); }

  #whole(): Clips {
    if (this.#made) return this.#made;
    const made = new Map(this.#before);
    for (const id of this.#removed) made.delete(id);
    for (const [id, clip] of this.#put) made.set(id, clip);
    this.#made = made;
    return made;
  }
}
