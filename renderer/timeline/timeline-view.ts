/**
 * The timeline's canvas, outside React: it draws when something changed, at most once a frame, and only what is in sight. The playhead is an
 * element of its own that moves without a redraw.
 */
import { programmeLength } from '../../app/domain/edits/programme.ts';
import { clipsByTrack } from '../../app/domain/edits/track-clips.ts';
import type { Cost } from '../../app/contract/editor/commands.ts';
import type { ClipId, ProjectState } from '../../app/domain/project/project.ts';
import type { ClipMedia } from './clip-media.ts';
import { readColours, type Colours } from './colours.ts';
import { columnsOf } from './columns.ts';
import { drawClips } from './draw-clips.ts';
import { drawCost } from './draw-cost.ts';
import { drawRuler } from './draw-ruler.ts';
import { clampView, contentWidth, fittingZoom, headHeight, rowsHeight, rowsOf, widestFrame, xOf, zoomAt, type Row, type Viewport } from './geometry.ts';
import { LabelCache } from './label-cache.ts';

export type Box = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/** What lies over the tracks while the pointer is at work. */
export type Overlay = { readonly snappedTo: number | null; readonly box: Box | null; readonly drop: { readonly from: number; readonly to: number } | null };

const noOverlay: Overlay = { snappedTo: null, box: null, drop: null };
const labelHeight = 14;
/** Beyond this the playhead counts as out of sight. */
const followMargin = 24;

export class TimelineView {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #playhead: HTMLElement;
  readonly #onView: (view: Viewport, rows: readonly Row[], content: number) => void;
  readonly #colours: Colours;
  readonly #labels: LabelCache;
  readonly #observer: ResizeObserver;
  #state: ProjectState;
  #shown: ProjectState;
  #rows: readonly Row[] = [];
  #cost: Cost | null = null;
  #selected: ReadonlySet<ClipId> = new Set();
  #media: ClipMedia | null = null;
  #overlay: Overlay = noOverlay;
  #view: Viewport = { width: 0, height: 0, pixelsPerFrame: 1, scrollX: 0, scrollY: 0 };
  #ratio = 1;
  #hasFitted = false;
  #request = 0;
  #frame = 0;
  /** Script milliseconds of the last frames that were drawn. */
  readonly drawn: number[] = [];

  /** `onView` is told after every change of the viewport, in the frame that shows it. */
  constructor(canvas: HTMLCanvasElement, playhead: HTMLElement, state: ProjectState, onView: (view: Viewport, rows: readonly Row[], content: number) => void) {
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('this browser has no canvas');
    this.canvas = canvas;
    this.#context = context;
    this.#playhead = playhead;
    this.#onView = onView;
    this.#colours = readColours(canvas);
    this.#labels = new LabelCache(`11px ${this.#colours.font}`, labelHeight);
    this.#state = state;
    this.#shown = state;
    this.#rows = rowsOf(state);
    this.#observer = new ResizeObserver(() => { this.#resize(); });
    this.#observer.observe(canvas.parentElement ?? canvas);
    this.#resize();
  }

  get view(): Viewport { return this.#view; }
  get rows(): readonly Row[] { return this.#rows; }
  /** The project as it is, without a preview. */
  get state(): ProjectState { return this.#state; }
  get length(): number { return programmeLength(this.#shown); }

  setState(state: ProjectState): void {
    const wasEmpty = this.#state.clips.size === 0;
    this.#state = state;
    this.preview(null);
    if (wasEmpty && state.clips.size > 0) this.#hasFitted = false;
    this.#fitOnce();
  }

  /** Shows another state until the next one is set; null ends it. */
  preview(state: ProjectState | null): void {
    this.#shown = state ?? this.#state;
    this.#rows = rowsOf(this.#shown);
    this.#scrollBy(0, 0);
  }

  setCost(cost: Cost | null): void {
    this.#cost = cost;
    this.invalidate();
  }

  setSelected(selected: ReadonlySet<ClipId>): void {
    this.#selected = selected;
    this.invalidate();
  }

  setMedia(media: ClipMedia | null): void {
    this.#media = media;
    this.invalidate();
  }

  setOverlay(overlay: Partial<Overlay>): void {
    this.#overlay = { ...this.#overlay, ...overlay };
    this.invalidate();
  }

  /** `isFollowed`: a page further when it leaves the window. */
  setPlayhead(frame: number, isFollowed: boolean): void {
    this.#frame = frame;
    const x = xOf(this.#view, frame);
    if (isFollowed && (x > this.#view.width - followMargin || x < 0)) this.scrollTo(frame * this.#view.pixelsPerFrame - followMargin * 2, this.#view.scrollY);
    else this.#placePlayhead();
  }

  scrollTo(scrollX: number, scrollY: number): void {
    this.#change({ ...this.#view, scrollX, scrollY });
  }

  scrollBy(x: number, y: number): void {
    this.#scrollBy(x, y);
  }

  /** `x` in CSS pixels of the canvas stays over its frame. */
  zoom(factor: number, x = this.#anchor()): void {
    this.#hasFitted = true;
    this.#change(zoomAt(this.#view, factor, x, this.length));
  }

  zoomToFit(): void {
    this.#change({ ...this.#view, pixelsPerFrame: fittingZoom(this.#view.width, this.length), scrollX: 0 });
  }

  zoomToFrame(): void {
    this.zoom(widestFrame / this.#view.pixelsPerFrame);
  }

  invalidate(): void {
    if (this.#request === 0) this.#request = requestAnimationFrame(() => { this.#draw(); });
  }

  dispose(): void {
    cancelAnimationFrame(this.#request);
    this.#observer.disconnect();
  }

  /** Zooming by keys keeps the playhead in place where it is seen, else the middle. */
  #anchor(): number {
    const x = xOf(this.#view, this.#frame);
    return x >= 0 && x <= this.#view.width ? x : this.#view.width / 2;
  }

  #scrollBy(x: number, y: number): void {
    this.#change({ ...this.#view, scrollX: this.#view.scrollX + x, scrollY: this.#view.scrollY + y });
  }

  #change(view: Viewport): void {
    this.#view = clampView(view, this.length, rowsHeight(this.#rows));
    this.invalidate();
  }

  #fitOnce(): void {
    if (this.#hasFitted || this.length === 0 || this.#view.width === 0) return;
    this.#hasFitted = true;
    this.zoomToFit();
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas.parentElement ?? this.canvas;
    this.#ratio = devicePixelRatio;
    this.#labels.setRatio(this.#ratio);
    this.canvas.width = Math.max(1, Math.round(width * this.#ratio));
    this.canvas.height = Math.max(1, Math.round(height * this.#ratio));
    this.#change({ ...this.#view, width, height });
    this.#fitOnce();
    // A canvas that was resized is empty until it is drawn: in the same frame, or it would flash.
    this.#draw();
  }

  #placePlayhead(): void {
    const x = Math.round(xOf(this.#view, this.#frame));
    this.#playhead.style.transform = `translateX(${String(x)}px)`;
    this.#playhead.style.visibility = x < -1 || x > this.#view.width ? 'hidden' : 'visible';
  }

  #draw(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    const began = performance.now();
    const context = this.#context;
    const view = this.#view;
    const colours = this.#colours;
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    context.fillStyle = colours.background;
    context.fillRect(0, headHeight, view.width, view.height - headHeight);
    const tracks = clipsByTrack(this.#shown.clips);
    const scene = { context, state: this.#shown, view, colours, labels: this.#labels, media: this.#media, selected: this.#selected };
    for (const row of this.#rows) {
      const top = headHeight + row.top - view.scrollY;
      if (top + row.height < headHeight || top > view.height) continue;
      context.fillStyle = row.track.isLocked ? colours.rowLocked : colours.row;
      context.fillRect(0, top, view.width, row.height);
      const clips = tracks.get(row.trackId);
      if (clips) drawClips(scene, row, columnsOf(clips, this.#shown.shots));
    }
    this.#drawOverlay();
    drawRuler(context, this.#shown, view, colours, this.#labels);
    drawCost(context, this.#cost, view, colours);
    context.fillStyle = colours.line;
    context.fillRect(0, headHeight - 1, view.width, 1);
    this.#placePlayhead();
    this.#onView(view, this.#rows, contentWidth(view, this.length));
    this.drawn.push(performance.now() - began);
    if (this.drawn.length > 600) this.drawn.splice(0, 300);
  }

  #drawOverlay(): void {
    const context = this.#context;
    const { snappedTo, box, drop } = this.#overlay;
    context.fillStyle = this.#colours.accent;
    if (drop) {
      context.globalAlpha = 0.25;
      context.fillRect(xOf(this.#view, drop.from), headHeight, (drop.to - drop.from) * this.#view.pixelsPerFrame, this.#view.height);
      context.globalAlpha = 1;
    }
    if (snappedTo !== null) context.fillRect(Math.round(xOf(this.#view, snappedTo)), headHeight, 1, this.#view.height);
    if (!box) return;
    const [x, y, width, height] = [Math.min(box.x1, box.x2), Math.min(box.y1, box.y2), Math.abs(box.x2 - box.x1), Math.abs(box.y2 - box.y1)];
    context.globalAlpha = 0.14;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
    context.strokeStyle = this.#colours.accent;
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, width, height);
  }
}
