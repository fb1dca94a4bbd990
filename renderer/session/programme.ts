/** The programme as a whole: how long it is, what is seen at a frame. */
import type { ProjectState, TimelineClip } from '../../app/domain/project/project.ts';

/** Frames to the end of the last clip. */
export function programmeLength({ clips }: ProjectState): number {
  let end = 0;
  for (const { start, length } of clips.values()) end = Math.max(end, start + length);
  return end;
}

/** The clip whose picture is seen: the topmost enabled one. */
export function clipSeenAt({ clips, tracks }: ProjectState, frame: number): TimelineClip | null {
  let seen: TimelineClip | null = null;
  let height = -1;
  for (const clip of clips.values()) {
    if (!clip.isEnabled || frame < clip.start || frame >= clip.start + clip.length) continue;
    const track = tracks.get(clip.trackId);
    if (!track || track.kind !== 'picture' || !track.isEnabled || track.position <= height) continue;
    seen = clip;
    height = track.position;
  }
  return seen;
}

/** Starts and ends of clips, in order, each once. */
export function cutFrames({ clips }: ProjectState): readonly number[] {
  const frames = new Set<number>();
  for (const { start, length } of clips.values()) frames.add(start).add(start + length);
  return [...frames].toSorted((a, b) => a - b);
}
