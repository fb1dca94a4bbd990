/** What is seen: of the enabled picture tracks the topmost clip at every frame, as stretches in order; where there is none it is black. */
import type { ClipId, ProjectState, ShotId } from '../project/project.ts';
import { clipsByTrack, endOf, tracksOf } from './track-clips.ts';

export type FlatClip = {
  readonly start: number;
  readonly length: number;
  readonly clipId: ClipId;
  readonly shotId: ShotId;
  /** Of its first frame, in frames of the sequence. */
  readonly sourceIn: number;
};

type Known = { readonly tracks: ProjectState['tracks']; readonly flat: readonly FlatClip[] };

const known = new WeakMap<ProjectState['clips'], Known>();

/** Sorted, not overlapping; gaps are left out. */
export function flattenPicture(state: ProjectState): readonly FlatClip[] {
  const made = known.get(state.clips);
  if (made?.tracks === state.tracks) return made.flat;
  let flat: FlatClip[] = [];
  for (const track of tracksOf(state, 'picture').toReversed()) {
    if (track.isEnabled) flat = under(flat, clipsByTrack(state.clips).get(track.id)?.filter(({ isEnabled }) => isEnabled) ?? []);
  }
  known.set(state.clips, { tracks: state.tracks, flat });
  return flat;
}

type Layer = { readonly id: ClipId; readonly shotId: ShotId; readonly start: number; readonly length: number; readonly sourceIn: number };

/** `above`, and of `clips` what shows in its holes. Both are sorted. */
function under(above: readonly FlatClip[], clips: readonly Layer[]): FlatClip[] {
  const result: FlatClip[] = [];
  let next = 0;
  const showUpTo = (clip: Layer, from: number, to: number): void => {
    if (to > from) result.push({ start: from, length: to - from, clipId: clip.id, shotId: clip.shotId, sourceIn: clip.sourceIn + from - clip.start });
  };
  for (const clip of clips) {
    let from = clip.start;
    const end = endOf(clip);
    for (;;) {
      const cover = above[next];
      if (!cover || cover.start >= end) break;
      showUpTo(clip, from, cover.start);
      if (endOf(cover) > end) {
        from = end;
        break; // It also covers the start of the next clip.
      }
      result.push(cover);
      from = Math.max(from, endOf(cover));
      next++;
    }
    showUpTo(clip, from, end);
  }
  result.push(...above.slice(next));
  return result;
}
