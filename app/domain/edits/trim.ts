/** Moving an edge of clips: alone, with everything that follows (ripple), or together with the neighbour's (roll). */
import type { TimelineEdit } from '../project/edit.ts';
import type { ProjectState, TimelineClip } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { Draft } from './draft.ts';
import { sourceTicks } from './source-ticks.ts';
import { clipsByTrack, endOf, firstStartingAt } from './track-clips.ts';

type Trim = Extract<TimelineEdit, { kind: 'trim' }>;
type Edge = Trim['edge'];

/** All given clips move by the same number of frames: as far as the one with the least room can. */
export function trim(state: ProjectState, edit: Trim, newId: () => number): ProjectChange {
  const draft = new Draft(state, newId);
  const clips = edit.clipIds.map((id) => draft.clip(id));
  const partners = edit.mode === 'roll' ? clips.map((clip) => neighbour(state, clip, edit.edge)) : [];
  let { frames } = edit;
  clips.forEach((clip, i) => {
    frames = clamp(frames, roomOf(draft, clip, edit.edge, edit.mode === 'ripple'));
    const partner = partners[i];
    if (partner) frames = clamp(frames, roomOf(draft, partner, opposite(edit.edge), false));
  });
  if (frames === 0) return {};
  if (edit.mode === 'ripple') rippleTrim(draft, clips, edit.edge, frames);
  else clips.forEach((clip, i) => { plainTrim(draft, clip, edit.edge, frames, partners[i] ?? null); });
  return draft.change();
}

/** `frames` that the edge may move, least and most. A rippled in point leaves the clip's start where it is. */
function roomOf(draft: Draft, clip: TimelineClip, edge: Edge, isRipple: boolean): readonly [number, number] {
  const ticks = sourceTicks(draft.shot(clip.shotId), draft.state.sequence.rate);
  if (edge === 'out') return [1 - clip.length, ticks - clip.sourceIn - clip.length];
  const head = Number.isFinite(ticks) ? clip.sourceIn : Infinity;
  return [-Math.min(head, isRipple ? Infinity : clip.start), clip.length - 1];
}

function clamp(frames: number, [least, most]: readonly [number, number]): number {
  return Math.max(least, Math.min(most, frames));
}

function plainTrim(draft: Draft, clip: TimelineClip, edge: Edge, frames: number, partner: TimelineClip | null): void {
  // Another clip of the selection may have trimmed it already, or covered it.
  const now = draft.now(clip);
  const beside = partner && draft.now(partner);
  if (!now) return;
  draft.remove(now);
  if (beside) draft.remove(beside);
  const after = trimmed(now, edge, frames);
  draft.clear(after.trackId, after.start, endOf(after));
  draft.put(after);
  if (beside) draft.put(trimmed(beside, opposite(edge), frames));
}

/** Clips whose edge is at the same frame are one cut; the last cut first, so that the others stay where they are told. */
function rippleTrim(draft: Draft, clips: readonly TimelineClip[], edge: Edge, frames: number): void {
  const cuts = Map.groupBy(clips, endOf);
  for (const [end, group] of [...cuts].toSorted(([a], [b]) => b - a)) {
    const wanted = edge === 'out' ? frames : -frames;
    const grown = wanted < 0 ? -Math.min(-wanted, roomToClose(draft, group, end, -wanted)) : wanted;
    if (grown > 0) draft.ripple(end, grown);
    for (const clip of group) draft.replace(clip, edge === 'out' ? { ...clip, length: clip.length + grown } : startKept(clip, -grown));
    if (grown < 0) draft.ripple(end, grown);
  }
}

/** Other tracks may have something under the cut: the trim stops where they would collide. */
function roomToClose(draft: Draft, group: readonly TimelineClip[], end: number, wanted: number): number {
  let room = wanted;
  const trimmedTracks = new Set(group.map(({ trackId }) => trackId));
  for (const { id } of draft.unlocked) {
    if (trimmedTracks.has(id)) continue;
    const track = draft.track(id);
    const first = firstStartingAt(track, end);
    const next = track[first];
    const previous = track[first - 1];
    if (next) room = Math.min(room, next.start - (previous ? endOf(previous) : 0));
  }
  return Math.max(0, room);
}

function trimmed(clip: TimelineClip, edge: Edge, frames: number): TimelineClip {
  return edge === 'out' ? { ...clip, length: clip.length + frames } : { ...startKept(clip, frames), start: clip.start + frames };
}

function startKept(clip: TimelineClip, frames: number): TimelineClip {
  return { ...clip, length: clip.length - frames, sourceIn: Math.max(0, clip.sourceIn + frames) };
}

function opposite(edge: Edge): Edge {
  return edge === 'in' ? 'out' : 'in';
}

/** The clip that touches this edge. */
export function neighbour(state: ProjectState, clip: TimelineClip, edge: Edge): TimelineClip | null {
  const track = clipsByTrack(state.clips).get(clip.trackId) ?? [];
  const at = firstStartingAt(track, clip.start);
  const found = edge === 'in' ? track[at - 1] : track[at + 1];
  if (!found) return null;
  return (edge === 'in' ? endOf(found) === clip.start : found.start === endOf(clip)) ? found : null;
}
