/** Edits that leave clips where they are: another shot, on and off, gain, links; and copies of them elsewhere. */
import { StringoutError } from '../../base/errors.ts';
import type { TimelineEdit } from '../project/edit.ts';
import type { ProjectState, Shot, TimelineClip } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { Draft } from './draft.ts';
import { sourceTicks } from './source-ticks.ts';
import { endOf } from './track-clips.ts';
import { placeInVersion } from '../versions/place-in-version.ts';
import { stepVersions } from '../versions/step-versions.ts';

type Kind<Name extends TimelineEdit['kind']> = Extract<TimelineEdit, { kind: Name }>;

/** A shot that is shorter shows what it has, and leaves a gap. Sound stays where the new shot has none, as renders have. */
export function replaceShot(state: ProjectState, edit: Kind<'replaceShot'>, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  putShot(draft, edit.clipIds, draft.shot(edit.shotId));
  return draft.change();
}

/** Every clip at once. Throws `range.invalid` where none of them has such a version. */
export function changeVersions(state: ProjectState, { clipIds, step }: Kind<'stepVersions'>, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const open = clipIds ?? [...state.clips.values()].filter(({ trackId }) => !state.tracks.get(trackId)?.isLocked).map(({ id }) => id);
  const { steps, staying } = stepVersions(state, open, step);
  if (steps.length === 0) throw new StringoutError('range.invalid', staying[0] ? `no clip has another version: ${staying[0].reason}` : 'there are no clips');
  for (const { clipIds: ids, to } of steps) putShot(draft, ids, to);
  return draft.change();
}

function putShot(draft: Draft, clipIds: readonly number[], shot: Shot): void {
  const { state } = draft;
  if (!shot.media) throw new StringoutError('range.invalid', shot.problem ?? 'is still being read: try again in a moment', { file: shot.path });
  for (const id of clipIds) {
    const clip = draft.clip(id);
    const isSound = state.tracks.get(clip.trackId)?.kind === 'sound';
    if (isSound ? !shot.media.sound : !shot.media.picture) {
      if (isSound) continue;
      throw new StringoutError('range.invalid', 'has no picture', { file: shot.path });
    }
    const { sourceIn, length } = placeInVersion(clip, draft.shot(clip.shotId), shot, state.sequence.rate);
    draft.replace(clip, { ...clip, shotId: shot.id, length, sourceIn });
  }
}

export function setClips(state: ProjectState, { clipIds, isEnabled, gain }: Kind<'setClips'>, newId: () => number): ProjectChange {
  return each(state, clipIds, newId, (clip) => ({ ...clip, isEnabled: isEnabled ?? clip.isEnabled, gain: gain ?? clip.gain }));
}

export function link(state: ProjectState, { clipIds, isLinked }: Kind<'link'>, newId: () => number): ProjectChange {
  const number = isLinked ? newId() : null;
  return each(state, clipIds, newId, (clip) => ({ ...clip, link: number }));
}

/** Tracks that are missing are made. Links among the copies are their own. */
export function paste(state: ProjectState, edit: Kind<'paste'>, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const links = new Map<number, number>();
  const at = Math.max(0, edit.at);
  if (edit.mode === 'insert') draft.openSpace(at, edit.clips.reduce((end, clip) => Math.max(end, endOf(clip)), 0));
  for (const { trackKind, trackPosition, link: old, start, ...clip } of edit.clips) {
    const ticks = sourceTicks(draft.shot(clip.shotId), state.sequence.rate);
    if (clip.sourceIn < 0 || clip.sourceIn + clip.length > ticks) throw new StringoutError('range.invalid', 'a copied clip lies outside its shot', { file: draft.shot(clip.shotId).path });
    const trackId = draft.trackAt(trackKind, trackPosition);
    let fresh: number | null = null;
    if (old !== null) {
      fresh = links.get(old) ?? newId();
      links.set(old, fresh);
    }
    draft.clear(trackId, at + start, at + start + clip.length);
    draft.put({ ...clip, id: newId(), trackId, start: at + start, link: fresh });
  }
  return draft.change();
}

function each(state: ProjectState, ids: readonly number[], newId: () => number, change: (clip: TimelineClip) => TimelineClip): ProjectChange {
  const draft = new Draft(state, newId);
  for (const id of ids) {
    const clip = draft.clip(id);
    draft.replace(clip, change(clip));
  }
  return draft.change();
}
