/** What is seen at a frame, and where the cuts are: asked for at every move of the playhead. */
import { flattenPicture, type FlatClip } from '../../app/domain/edits/flatten.ts';
import type { ProjectState } from '../../app/domain/project/project.ts';

/** The stretch whose picture is seen; null where it is black. */
export function pictureAt(state: ProjectState, frame: number): FlatClip | null {
  const flat = flattenPicture(state);
  let low = 0;
  let high = flat.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const clip = flat[middle];
    if (clip && clip.start + clip.length <= frame) low = middle + 1;
    else high = middle;
  }
  const clip = flat[low];
  return clip && clip.start <= frame ? clip : null;
}

/** Starts and ends of clips, in order, each once. */
export function cutFrames({ clips }: ProjectState): readonly number[] {
  const frames = new Set<number>();
  for (const { start, length } of clips.values()) frames.add(start).add(start + length);
  return [...frames].toSorted((a, b) => a - b);
}
