/** Pointer and wheel of the timeline: presses become selections, drags become edits, wheels scroll and zoom. */
import { StringoutError } from '../../app/base/errors.ts';
import { editTimeline } from '../../app/domain/edits/edit-timeline.ts';
import { withLinked } from '../../app/domain/edits/track-clips.ts';
import type { TimelineEdit } from '../../app/domain/project/edit.ts';
import type { ClipId, MarkerId } from '../../app/domain/project/project.ts';
import { frameAt } from './geometry.ts';
import { editDrag, type Keys, type TimelineTool } from './gestures.ts';
import { clipsInBox, hitTest, type Hit } from './hit-test.ts';
import { previewState } from './preview-state.ts';
import type { TimelineView } from './timeline-view.ts';

/** What the timeline asks of its surroundings. */
export type TimelineActions = {
  readonly tool: () => TimelineTool;
  readonly isSnapping: () => boolean;
  readonly canEdit: () => boolean;
  readonly playhead: () => number;
  readonly selected: () => ReadonlySet<ClipId>;
  readonly select: (clipIds: ReadonlySet<ClipId>, markerId: MarkerId | null) => void;
  readonly seek: (frame: number) => void;
  readonly edit: (edit: TimelineEdit) => void;
  readonly hover: (hit: Hit, frame: number, x: number, y: number) => void;
  readonly menu: (hit: Hit, x: number, y: number) => void;
};

type Drag = { move(x: number, y: number, keys: Keys): void; end(isKept: boolean): void };

/** CSS pixels before a press becomes a drag. */
const slack = 3;
const zoomSpeed = 0.0016;

export class PointerControl {
  readonly #view: TimelineView;
  readonly #actions: TimelineActions;
  readonly #controller = new AbortController();
  #drag: Drag | null = null;

  constructor(view: TimelineView, actions: TimelineActions) {
    this.#view = view;
    this.#actions = actions;
    const { canvas } = view;
    const { signal } = this.#controller;
    canvas.addEventListener('pointerdown', (event) => { this.#press(event); }, { signal });
    canvas.addEventListener('pointermove', (event) => { this.#move(event); }, { signal });
    canvas.addEventListener('pointerup', () => { this.#end(true); }, { signal });
    canvas.addEventListener('pointercancel', () => { this.#end(false); }, { signal });
    canvas.addEventListener('pointerleave', () => { actions.hover({ kind: 'nothing' }, 0, 0, 0); }, { signal });
    canvas.addEventListener('wheel', (event) => { this.#wheel(event); }, { signal, passive: false });
    canvas.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      const { x, y } = this.#place(event);
      const hit = this.#hit(x, y);
      if (hit.kind === 'clip' || hit.kind === 'edge') this.#selectClip(hit.clip.id, { isAlt: false, isShift: false, isMod: false }, false);
      actions.menu(hit, event.clientX, event.clientY);
    }, { signal });
    addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#drag) return;
      event.stopPropagation();
      this.#end(false);
    }, { signal, capture: true });
  }

  dispose(): void {
    this.#end(false);
    this.#controller.abort();
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0 && event.button !== 1) return;
    const { x, y } = this.#place(event);
    const keys = keysOf(event);
    this.#view.canvas.setPointerCapture(event.pointerId);
    const hit = this.#hit(x, y);
    this.#drag = event.button === 1 || this.#actions.tool() === 'hand' ? this.#pan(x, y) : this.#dragFrom(hit, x, y, keys);
  }

  #dragFrom(hit: Hit, x: number, y: number, keys: Keys): Drag | null {
    switch (hit.kind) {
      case 'ruler': case 'cost': return this.#scrub(x);
      case 'marker': return this.#marker(hit.markerId, x);
      case 'row': case 'nothing': return this.#box(x, y, keys);
      case 'clip': case 'edge':
        if (this.#actions.tool() === 'blade') return this.#blade(hit.clip.id, x, keys);
        this.#selectClip(hit.clip.id, keys, true);
        return this.#editing(hit, x, y);
    }
  }

  #scrub(x: number): Drag {
    const seek = (at: number): void => { this.#actions.seek(Math.max(0, Math.round(frameAt(this.#view.view, at)))); };
    seek(x);
    return { move: seek, end: () => undefined };
  }

  #marker(markerId: MarkerId, x: number): Drag {
    const before = this.#view.state.markers.get(markerId)?.frame ?? 0;
    this.#actions.select(new Set(), markerId);
    let frame = before;
    return {
      move: (at) => {
        frame = Math.max(0, before + Math.round(frameAt(this.#view.view, at) - frameAt(this.#view.view, x)));
        if (this.#actions.canEdit()) this.#preview({ kind: 'setMarker', markerId, frame });
      },
      end: (isKept) => {
        this.#view.preview(null);
        if (isKept && frame !== before && this.#actions.canEdit()) this.#actions.edit({ kind: 'setMarker', markerId, frame });
      },
    };
  }

  #box(x: number, y: number, keys: Keys): Drag {
    const before = keys.isShift || keys.isMod ? this.#actions.selected() : new Set<ClipId>();
    this.#actions.select(before, null);
    return {
      move: (x2, y2) => {
        this.#view.setOverlay({ box: { x1: x, y1: y, x2, y2 } });
        const inside = clipsInBox(this.#view.state, this.#view.rows, this.#view.view, { x1: x, y1: y, x2, y2 });
        this.#actions.select(new Set(withLinked(this.#view.state, [...before, ...inside])), null);
      },
      end: (isKept) => {
        this.#view.setOverlay({ box: null });
        if (!isKept) this.#actions.select(before, null);
      },
    };
  }

  #blade(clipId: ClipId, x: number, keys: Keys): null {
    if (!this.#actions.canEdit()) return null;
    const clipIds = keys.isShift ? null : withLinked(this.#view.state, [clipId]);
    this.#actions.edit({ kind: 'split', clipIds, frame: Math.round(frameAt(this.#view.view, x)) });
    return null;
  }

  #editing(hit: Hit, x: number, y: number): Drag | null {
    if (!this.#actions.canEdit()) return null;
    const { state, rows, view } = this.#view;
    const drag = editDrag(hit, this.#actions.tool(), this.#actions.selected(), { state, rows, view, playhead: this.#actions.playhead(), isSnapping: this.#actions.isSnapping() }, x, y);
    if (!drag) return null;
    let edit: TimelineEdit | null = null;
    let hasMoved = false;
    return {
      move: (nowX, nowY, keys) => {
        hasMoved ||= Math.abs(nowX - x) > slack || Math.abs(nowY - y) > slack;
        if (!hasMoved) return;
        const now = drag.at(nowX, nowY, keys);
        if (JSON.stringify(now.edit) !== JSON.stringify(edit)) edit = this.#preview(now.edit) ? now.edit : edit;
        this.#view.setOverlay({ snappedTo: now.snappedTo });
      },
      end: (isKept) => {
        this.#view.setOverlay({ snappedTo: null });
        // What was dragged stays where it is seen until the host has answered.
        if (isKept && edit) this.#actions.edit(edit);
        else this.#view.preview(null);
      },
    };
  }

  #pan(x: number, y: number): Drag {
    const { scrollX, scrollY } = this.#view.view;
    return { move: (nowX, nowY) => { this.#view.scrollTo(scrollX + x - nowX, scrollY + y - nowY); }, end: () => undefined };
  }

  /** False where the edit cannot be done: what was shown before stays. */
  #preview(edit: TimelineEdit | null): boolean {
    const { state } = this.#view;
    if (!edit) {
      this.#view.preview(null);
      return true;
    }
    let id = -1;
    try {
      this.#view.preview(previewState(state, editTimeline(state, edit, () => id--)));
      return true;
    } catch (error) {
      if (error instanceof StringoutError) return false;
      throw error;
    }
  }

  #selectClip(clipId: ClipId, keys: Keys, canToggle: boolean): void {
    const before = this.#actions.selected();
    const linked = withLinked(this.#view.state, [clipId]);
    if (canToggle && (keys.isShift || keys.isMod)) {
      const isOn = before.has(clipId) && keys.isMod;
      this.#actions.select(new Set(isOn ? [...before].filter((id) => !linked.includes(id)) : [...before, ...linked]), null);
    } else if (!before.has(clipId)) this.#actions.select(new Set(keys.isAlt ? [clipId] : linked), null);
  }

  #move(event: PointerEvent): void {
    const { x, y } = this.#place(event);
    if (this.#drag) {
      this.#drag.move(x, y, keysOf(event));
      return;
    }
    const hit = this.#hit(x, y);
    this.#view.canvas.style.cursor = this.#cursor(hit);
    this.#actions.hover(hit, frameAt(this.#view.view, x), event.clientX, event.clientY);
  }

  #cursor(hit: Hit): string {
    const tool = this.#actions.tool();
    if (tool === 'hand') return 'grab';
    if (tool === 'blade' && (hit.kind === 'clip' || hit.kind === 'edge')) return 'crosshair';
    if (hit.kind === 'edge' && tool !== 'slip' && tool !== 'slide') return tool === 'roll' ? 'col-resize' : hit.edge === 'in' ? 'e-resize' : 'w-resize';
    return hit.kind === 'clip' && (tool === 'slip' || tool === 'slide') ? 'ew-resize' : 'default';
  }

  #end(isKept: boolean): void {
    const drag = this.#drag;
    this.#drag = null;
    drag?.end(isKept);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const dx = event.deltaX * pixels;
    const dy = event.deltaY * pixels;
    if (event.ctrlKey || event.metaKey || event.altKey) this.#view.zoom(Math.exp(-dy * zoomSpeed * (event.deltaMode === 0 && Math.abs(dy) < 40 ? 4 : 1)), this.#place(event).x);
    else if (event.shiftKey) this.#view.scrollBy(0, dy || dx);
    else this.#view.scrollBy(dx + dy, 0);
  }

  #hit(x: number, y: number): Hit {
    return hitTest(this.#view.state, this.#view.rows, this.#view.view, x, y);
  }

  #place({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.#view.canvas.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}

function keysOf({ altKey, shiftKey, ctrlKey, metaKey }: MouseEvent): Keys {
  return { isAlt: altKey, isShift: shiftKey, isMod: ctrlKey || metaKey };
}
