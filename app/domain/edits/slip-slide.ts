/** Slip: another part of the shot in the same place. Slide: the same part in another place, its neighbours making up for it. */
import type { TimelineEdit } from '../project/edit.ts';
import type { ProjectState, TimelineClip } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { Draft } from './draft.ts';
import { sourceTicks } from './source-ticks.ts';
import { clipsByTrack, endOf, firstStartingAt } from './track-clips.ts';
import { neighbour } from './trim.ts';

type Slip = Extract<TimelineEdit, { kind: 'slip' }>;
type Slide = Extract<TimelineEdit, { kind: 'slide' }>;

/** All by the same number of frames, as far as each has media. */
export function slip(state: ProjectState, edit: Slip, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const clips = edit.clipIds.map((id) => draft.clip(id));
  let { frames } = edit;
  for (const clip of clips) {
    const ticks = ticksOf(draft, clip);
    frames = Number.isFinite(ticks) ? Math.max(-clip.sourceIn, Math.min(ticks - clip.sourceIn - clip.length, frames)) : 0;
  }
  if (frames === 0) return {};
  for (const clip of clips) draft.replace(clip, { ...clip, sourceIn: clip.sourceIn + frames });
  return draft.change();
}

/** Neighbours that touch give and take; where there is none the clip moves within its gap. */
export function slide(state: ProjectState, edit: Slide, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const slides = edit.clipIds.map((id) => {
    const clip = draft.clip(id);
    return { clip, left: neighbour(state, clip, 'in'), right: neighbour(state, clip, 'out') };
  });
  let { frames } = edit;
  for (const { clip, left, right } of slides) {
    const least = left ? 1 - left.length : gapBefore(state, clip);
    const most = right ? right.length - 1 : gapAfter(state, clip);
    frames = Math.max(least, Math.min(most, frames));
    if (left) frames = Math.min(frames, ticksOf(draft, left) - left.sourceIn - left.length);
    if (right && Number.isFinite(ticksOf(draft, right))) frames = Math.max(frames, -right.sourceIn);
  }
  if (frames === 0) return {};
  for (const { clip, left, right } of slides) {
    for (const part of [clip, left, right]) if (part) draft.remove(part);
    draft.put({ ...clip, start: clip.start + frames });
    if (left) draft.put({ ...left, length: left.length + frames });
    if (right) draft.put({ ...right, start: right.start + frames, length: right.length - frames, sourceIn: Math.max(0, right.sourceIn + frames) });
  }
  return draft.change();
}

function ticksOf(draft: Draft, clip: TimelineClip): number {
  return sourceTicks(draft.shot(clip.shotId), draft.state.sequence.rate);
}

/** 0 or less: how far left the clip can go. */
function gapBefore(state: ProjectState, clip: TimelineClip): number {
  const track = clipsByTrack(state.clips).get(clip.trackId) ?? [];
  const previous = track[firstStartingAt(track, clip.start) - 1];
  return (previous ? endOf(previous) : 0) - clip.start;
}

function gapAfter(state: ProjectState, clip: TimelineClip): number {
  const track = clipsByTrack(state.clips).get(clip.trackId) ?? [];
  const next = track[firstStartingAt(track, clip.start) + 1];
  return next ? next.start - endOf(clip) : Infinity;
}
