/** What dragging sticks to: cuts, markers, marks, the playhead, the beginning. */
import type { ClipId, ProjectState } from '../project/project.ts';
import { endOf } from './track-clips.ts';

/** Frames in order, each once. `without`: clips that are being dragged. */
export function snapTargets(state: ProjectState, without: ReadonlySet<ClipId>, playhead: number): Float64Array {
  const frames = new Set<number>([0, playhead]);
  for (const clip of state.clips.values()) {
    if (without.has(clip.id)) continue;
    frames.add(clip.start);
    frames.add(endOf(clip));
  }
  for (const { frame } of state.markers.values()) frames.add(frame);
  const { markIn, markOut } = state.sequence;
  if (markIn !== null) frames.add(markIn);
  if (markOut !== null) frames.add(markOut);
  return Float64Array.from(frames).toSorted();
}

/** The target nearest to any of `frames` (edges of what is dragged, at their new places), within `reach`: how far to move on, and where it is. */
export function nearestSnap(targets: Float64Array, frames: readonly number[], reach: number): { readonly shift: number; readonly frame: number } | null {
  let best: { shift: number; frame: number } | null = null;
  for (const frame of frames) {
    const at = firstNotBelow(targets, frame);
    for (const target of [targets[at - 1], targets[at]]) {
      if (target === undefined || Math.abs(target - frame) > reach) continue;
      if (!best || Math.abs(target - frame) < Math.abs(best.shift)) best = { shift: target - frame, frame: target };
    }
  }
  return best;
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    if ((sorted[probe] ?? 0) < value) low = probe + 1;
    else high = probe;
  }
  return low;
}
