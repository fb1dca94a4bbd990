/** Shots with other files: their clips show the same frames of them, by timecode where both have one, else as far from the first frame. */
import type { ProjectState, Shot, TimelineClip } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { atRate } from '../rational.ts';
import { timecodeShift } from '../versions/place-in-version.ts';
import { sourceTicks } from './source-ticks.ts';

/**
 * `relinked` have their new paths and what was read of the files. A clip keeps its place in the sequence, locked or not; what a shorter file does
 * not hold of it becomes a gap. A clip of which it holds nothing stays as it was.
 */
export function relinkShots(state: ProjectState, relinked: readonly Shot[]): ProjectChange {
  const byId = new Map(relinked.map((shot) => [shot.id, shot]));
  const clips = [...state.clips.values()].flatMap((clip) => {
    const [from, to] = [state.shots.get(clip.shotId), byId.get(clip.shotId)];
    const moved = from && to ? inFile(clip, timecodeShift(from, to, state.sequence.rate) ?? 0, sourceTicks(to, state.sequence.rate)) : clip;
    return moved === clip ? [] : [moved];
  });
  return { shots: { put: relinked, remove: [] }, ...(clips.length > 0 && { clips: { put: clips, remove: [] } }) };
}

/** What clips show of a shot's media, from the first frame to the last, in frames of the media; null where none does. */
export function usedRange({ clips, sequence }: ProjectState, { id, media }: Shot): { readonly from: number; readonly to: number } | null {
  if (!media || media.isStill) return null;
  const own = [...clips.values()].filter(({ shotId }) => shotId === id);
  if (own.length === 0) return null;
  const at = (frame: number): number => Math.min(media.frames, Math.max(0, atRate(frame, sequence.rate, media.rate)));
  const from = at(own.reduce((least, { sourceIn }) => Math.min(least, sourceIn), Infinity));
  const to = at(own.reduce((most, { sourceIn, length }) => Math.max(most, sourceIn + length), 0));
  return to > from ? { from, to } : null;
}

function inFile(clip: TimelineClip, shift: number, ticks: number): TimelineClip {
  const first = clip.sourceIn + shift;
  const [head, tail] = [Math.max(0, -first), Math.max(0, first + clip.length - ticks)];
  if ((shift === 0 && head + tail === 0) || head + tail >= clip.length) return clip;
  return { ...clip, start: clip.start + head, sourceIn: first + head, length: clip.length - head - tail };
}
