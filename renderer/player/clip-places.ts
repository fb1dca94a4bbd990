/** Which clip of a timeline stands at a frame. Clips are sorted and do not overlap. */
import type { PlayedClip } from './player-messages.ts';

export function clipAt(clips: readonly PlayedClip[], frame: number): PlayedClip | null {
  const clip = clips[firstFrom(clips, frame + 1) - 1];
  return clip && frame < clip.start + clip.length ? clip : null;
}

/** The first clip that is still there at `frame` or later. */
export function clipFrom(clips: readonly PlayedClip[], frame: number): PlayedClip | null {
  return clipAt(clips, frame) ?? clips[firstFrom(clips, frame)] ?? null;
}

export function samePlace(a: PlayedClip, b: PlayedClip): boolean {
  return a.start === b.start && a.length === b.length && a.shotId === b.shotId && a.sourceIn === b.sourceIn;
}

/** Number of the first clip that starts at or after `frame`. */
function firstFrom(clips: readonly PlayedClip[], frame: number): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    if ((clips[probe]?.start ?? 0) < frame) low = probe + 1;
    else high = probe;
  }
  return low;
}
