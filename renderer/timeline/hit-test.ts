/** What lies under the pointer. Pure. */
import { clipsByTrack } from '../../app/domain/edits/track-clips.ts';
import type { ClipId, MarkerId, ProjectState, TimelineClip } from '../../app/domain/project/project.ts';
import { frameAt, headHeight, rulerHeight, xOf, type Row, type Viewport } from './geometry.ts';

export type Hit =
  | { readonly kind: 'ruler' }
  | { readonly kind: 'marker'; readonly markerId: MarkerId }
  | { readonly kind: 'cost' }
  | { readonly kind: 'clip'; readonly clip: TimelineClip; readonly row: Row }
  /** Within reach of an edge; `clip` is the one whose edge it is. */
  | { readonly kind: 'edge'; readonly clip: TimelineClip; readonly edge: 'in' | 'out'; readonly row: Row }
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'nothing' };

const edgeReach = 6;
const markerReach = 6;

export function hitTest(state: ProjectState, rows: readonly Row[], view: Viewport, x: number, y: number): Hit {
  if (y < rulerHeight) {
    for (const marker of state.markers.values()) if (y < 13 && Math.abs(xOf(view, marker.frame) - x) <= markerReach) return { kind: 'marker', markerId: marker.id };
    return { kind: 'ruler' };
  }
  if (y < headHeight) return { kind: 'cost' };
  const row = rowAt(rows, view, y);
  if (!row) return { kind: 'nothing' };
  const frame = frameAt(view, x);
  const clips = clipsByTrack(state.clips).get(row.trackId) ?? [];
  const at = firstEndingAtOrAfter(clips, frame - edgeReach / view.pixelsPerFrame);
  let over: TimelineClip | null = null;
  let nearest: { clip: TimelineClip; edge: 'in' | 'out'; distance: number } | null = null;
  for (let i = at; i < clips.length; i++) {
    const clip = clips[i];
    if (!clip || clip.start > frame + edgeReach / view.pixelsPerFrame) break;
    const isOver = clip.start <= frame && frame < clip.start + clip.length;
    if (isOver) over = clip;
    // A short clip keeps a middle that can be taken hold of.
    const reach = Math.min(edgeReach, (clip.length * view.pixelsPerFrame) / 4);
    for (const [edge, place] of [['in', clip.start], ['out', clip.start + clip.length]] as const) {
      const distance = Math.abs(xOf(view, place) - x) - (isOver ? 0.5 : 0);
      if (distance <= reach && (!nearest || distance < nearest.distance)) nearest = { clip, edge, distance };
    }
  }
  if (nearest) return { kind: 'edge', clip: nearest.clip, edge: nearest.edge, row };
  return over ? { kind: 'clip', clip: over, row } : { kind: 'row', row };
}

export function rowAt(rows: readonly Row[], view: Viewport, y: number): Row | null {
  const place = y - headHeight + view.scrollY;
  return rows.find(({ top, height }) => place >= top && place <= top + height) ?? null;
}

/** Clips that a box touches; corners in CSS pixels, in any order. */
export function clipsInBox(state: ProjectState, rows: readonly Row[], view: Viewport, box: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }): ClipId[] {
  const from = frameAt(view, Math.min(box.x1, box.x2));
  const to = frameAt(view, Math.max(box.x1, box.x2));
  const top = Math.min(box.y1, box.y2) - headHeight + view.scrollY;
  const bottom = Math.max(box.y1, box.y2) - headHeight + view.scrollY;
  return rows.filter((row) => row.top < bottom && row.top + row.height > top).flatMap(({ trackId }) => (
    (clipsByTrack(state.clips).get(trackId) ?? []).filter((clip) => clip.start < to && clip.start + clip.length > from).map(({ id }) => id)
  ));
}

function firstEndingAtOrAfter(clips: readonly TimelineClip[], frame: number): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    const clip = clips[probe];
    if (clip && clip.start + clip.length < frame) low = probe + 1;
    else high = probe;
  }
  return low;
}
