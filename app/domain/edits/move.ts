/** Clips to another time or track: over what lies there, or making room. */
import { StringoutError } from '../../base/errors.ts';
import type { TimelineEdit } from '../project/edit.ts';
import type { ProjectState, TimelineClip } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { Draft } from './draft.ts';
import { endOf } from './track-clips.ts';

type Move = Extract<TimelineEdit, { kind: 'move' }>;

/** Stops at frame 0; tracks above the highest are made, below the lowest there are none. */
export function move(state: ProjectState, edit: Move, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const clips = edit.clipIds.map((id) => draft.clip(id)).toSorted((a, b) => a.start - b.start);
  const [first] = clips;
  if (!first) return {};
  clips.forEach((clip) => { draft.remove(clip); });
  const from = first.start;
  let to = Math.max(0, from + edit.frames);
  if (edit.mode === 'insert') {
    const end = clips.reduce((last, clip) => Math.max(last, endOf(clip)), 0);
    const closed = -draft.ripple(end, from - end);
    if (to >= end) to -= closed;
    else if (to > from) to = from;
    draft.openSpace(to, end - from);
  }
  for (const clip of clips) {
    const moved: TimelineClip = { ...clip, start: clip.start - from + to, trackId: trackOf(draft, clip, edit.tracks) };
    draft.clear(moved.trackId, moved.start, endOf(moved));
    draft.put(moved);
  }
  return draft.change();
}

function trackOf(draft: Draft, clip: TimelineClip, tracks: number): number {
  if (tracks === 0) return clip.trackId;
  const track = draft.state.tracks.get(clip.trackId);
  const position = (track?.position ?? 0) + tracks;
  if (!track || position < 0) throw new StringoutError('range.invalid', 'there is no track below the lowest');
  return draft.trackAt(track.kind, position);
}
