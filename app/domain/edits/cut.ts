/** Splitting, taking out, closing gaps. */
import type { TimelineEdit } from '../project/edit.ts';
import type { ProjectState, TimelineClip } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { Draft } from './draft.ts';
import { endOf } from './track-clips.ts';

type Kind<Name extends TimelineEdit['kind']> = Extract<TimelineEdit, { kind: Name }>;

export function split(state: ProjectState, edit: Kind<'split'>, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const tracks = edit.clipIds === null
    ? draft.unlocked.map(({ id }) => id)
    : new Set(edit.clipIds.map((id) => draft.clip(id)).filter((clip) => clip.start < edit.frame && edit.frame < endOf(clip)).map(({ trackId }) => trackId));
  for (const trackId of tracks) draft.split(trackId, edit.frame);
  return draft.change();
}

export function remove(state: ProjectState, edit: Kind<'remove'>, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const clips = edit.clipIds.map((id) => draft.clip(id));
  clips.forEach((clip) => { draft.remove(clip); });
  if (edit.mode === 'extract') for (const { from, to } of stretches(clips).toReversed()) draft.ripple(to, from - to);
  return draft.change();
}

export function removeRange(state: ProjectState, { from, to, mode }: Kind<'removeRange'>, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  for (const { id } of draft.unlocked) draft.clear(id, from, to);
  if (mode === 'extract' && to > from) draft.ripple(to, from - to);
  return draft.change();
}

/** Of one track: its clips follow each other. Of all: where every unlocked track is empty, later clips move up together. */
export function closeGaps(state: ProjectState, edit: Kind<'closeGaps'>, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const tracks = edit.trackId === null ? draft.unlocked.map(({ id }) => id) : [edit.trackId];
  const covered = stretches(tracks.flatMap((id) => draft.track(id)));
  for (let i = covered.length - 1; i >= 0; i--) {
    const from = covered[i - 1]?.to ?? 0;
    const to = covered[i]?.from ?? 0;
    if (to > from) for (const id of tracks) draft.shift(id, to, from - to);
  }
  return draft.change();
}

/** What clips cover, as stretches that do not touch, in order. */
function stretches(clips: readonly TimelineClip[]): readonly { readonly from: number; readonly to: number }[] {
  const joined: { from: number; to: number }[] = [];
  for (const clip of clips.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && clip.start <= last.to) last.to = Math.max(last.to, endOf(clip));
    else joined.push({ from: clip.start, to: endOf(clip) });
  }
  return joined;
}
