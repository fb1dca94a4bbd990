/**
 * What a drag means: from the place where the pointer went down, the tool and the keys held, to an edit that follows the pointer. Pure but for
 * what it remembers of its beginning; previews and the final edit come from the same function.
 */
import { nearestSnap, snapTargets } from '../../app/domain/edits/snap.ts';
import { withLinked } from '../../app/domain/edits/track-clips.ts';
import type { TimelineEdit } from '../../app/domain/project/edit.ts';
import type { ClipId, ProjectState } from '../../app/domain/project/project.ts';
import type { Row, Viewport } from './geometry.ts';
import { frameAt } from './geometry.ts';
import type { Hit } from './hit-test.ts';
import { rowAt } from './hit-test.ts';

export type TimelineTool = 'select' | 'blade' | 'ripple' | 'roll' | 'slip' | 'slide' | 'hand';

export type Keys = { readonly isAlt: boolean; readonly isShift: boolean; readonly isMod: boolean };

export type EditDrag = {
  /** The edit at this place of the pointer, null while it is none; `snappedTo` is the frame that it sticks to. */
  at(x: number, y: number, keys: Keys): { readonly edit: TimelineEdit | null; readonly snappedTo: number | null };
};

type Scene = { readonly state: ProjectState; readonly rows: readonly Row[]; readonly view: Viewport; readonly playhead: number; readonly isSnapping: boolean };

/** CSS pixels. */
const snapReach = 8;

/** Null where a drag from there edits nothing. `selected` is the selection after the press. */
export function editDrag(hit: Hit, tool: TimelineTool, selected: ReadonlySet<ClipId>, scene: Scene, x: number, y: number): EditDrag | null {
  if (hit.kind !== 'clip' && hit.kind !== 'edge') return null;
  if (hit.row.track.isLocked) return null;
  const ids = [...selected].filter((id) => !isLocked(scene.state, id));
  switch (tool) {
    case 'blade': case 'hand': return null;
    case 'slip': return shiftDrag(scene, x, [], (frames) => ({ kind: 'slip', clipIds: ids, frames: -frames }));
    case 'slide': return shiftDrag(scene, x, edgesOf(scene.state, ids), (frames) => ({ kind: 'slide', clipIds: withLinked(scene.state, [hit.clip.id]), frames }));
    default: return hit.kind === 'edge' ? trimDrag(hit, tool, scene, x) : moveDrag(hit, ids, scene, x, y);
  }
}

function trimDrag(hit: Extract<Hit, { kind: 'edge' }>, tool: TimelineTool, scene: Scene, x: number): EditDrag {
  const { clip, edge } = hit;
  const place = edge === 'in' ? clip.start : clip.start + clip.length;
  const clipIds = withLinked(scene.state, [clip.id]).filter((id) => {
    const other = scene.state.clips.get(id);
    // A partner whose edge was moved apart keeps it.
    return other && !isLocked(scene.state, id) && (edge === 'in' ? other.start === clip.start : other.start + other.length === place);
  });
  return shiftDrag(scene, x, [place], (frames, keys) => ({ kind: 'trim', clipIds, edge, frames, mode: tool === 'ripple' || keys.isMod ? 'ripple' : tool === 'roll' ? 'roll' : 'plain' }));
}

function moveDrag(hit: Extract<Hit, { kind: 'clip' }>, clipIds: readonly ClipId[], scene: Scene, x: number, y: number): EditDrag {
  const sameKind = scene.rows.filter(({ track }) => track.kind === hit.row.track.kind);
  const drag = (tracks: number): EditDrag => shiftDrag(scene, x, edgesOf(scene.state, clipIds), (frames, keys) => (
    { kind: 'move', clipIds, frames, tracks, mode: keys.isMod ? 'insert' : 'overwrite' }
  ), tracks !== 0);
  return {
    at: (nowX, nowY, keys) => {
      const row = rowAt(scene.rows, scene.view, nowY);
      const isBeyond = !row && hit.row.track.kind === 'picture' && nowY < y;
      const highest = sameKind.reduce((most, { track }) => Math.max(most, track.position), 0);
      const position = row && row.track.kind === hit.row.track.kind ? row.track.position : isBeyond ? highest + 1 : hit.row.track.position;
      return drag(position - hit.row.track.position).at(nowX, nowY, keys);
    },
  };
}

/** `places`: frames that may stick to something. `isEditAtZero`: it is an edit even where it moves by no frame. */
function shiftDrag(scene: Scene, x: number, places: readonly number[], edit: (frames: number, keys: Keys) => TimelineEdit, isEditAtZero = false): EditDrag {
  const { state, view, playhead, isSnapping } = scene;
  const first = edit(0, { isAlt: false, isShift: false, isMod: false });
  const moved = new Set('clipIds' in first ? first.clipIds ?? [] : []);
  const targets = isSnapping && places.length > 0 ? snapTargets(state, moved, playhead) : null;
  return {
    at: (nowX, _nowY, keys) => {
      const free = Math.round(frameAt(view, nowX) - frameAt(view, x));
      const snap = targets && !keys.isAlt ? nearestSnap(targets, places.map((place) => place + free), snapReach / view.pixelsPerFrame) : null;
      const frames = free + (snap?.shift ?? 0);
      return { edit: frames === 0 && !isEditAtZero ? null : edit(frames, keys), snappedTo: snap?.frame ?? null };
    },
  };
}

/** Starts and ends of what moves; of many only the outermost, which are what people aim with. */
function edgesOf(state: ProjectState, ids: readonly ClipId[]): number[] {
  let first = Infinity;
  let last = -Infinity;
  for (const id of ids) {
    const clip = state.clips.get(id);
    if (!clip) continue;
    first = Math.min(first, clip.start);
    last = Math.max(last, clip.start + clip.length);
  }
  return Number.isFinite(first) ? [first, last] : [];
}

function isLocked(state: ProjectState, id: ClipId): boolean {
  const trackId = state.clips.get(id)?.trackId;
  return trackId !== undefined && (state.tracks.get(trackId)?.isLocked ?? false);
}
