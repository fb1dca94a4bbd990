/** Where everything of the timeline lies in the canvas, in CSS pixels. Pure. */
import { tracksOf } from '../../app/domain/edits/track-clips.ts';
import type { ProjectState, Track, TrackId } from '../../app/domain/project/project.ts';

export const rulerHeight = 28;
export const costHeight = 10;
/** Ruler and cost bar stay when tracks scroll. */
export const headHeight = rulerHeight + costHeight;
const rowHeights = { picture: 56, sound: 44 } as const;
const rowGap = 1;
/** Between picture and sound. */
const kindGap = 6;

export const widestFrame = 48;

export type Row = {
  readonly trackId: TrackId;
  readonly track: Track;
  /** From the top of the tracks, unscrolled. */
  readonly top: number;
  readonly height: number;
};

/** Pictures from the topmost down, then sound. */
export function rowsOf(state: Pick<ProjectState, 'tracks'>): readonly Row[] {
  let top = 0;
  const rows: Row[] = [];
  const add = (track: Track): void => {
    const height = rowHeights[track.kind];
    rows.push({ trackId: track.id, track, top, height });
    top += height + rowGap;
  };
  tracksOf(state, 'picture').toReversed().forEach(add);
  if (rows.length > 0) top += kindGap;
  tracksOf(state, 'sound').forEach(add);
  return rows;
}

export function rowsHeight(rows: readonly Row[]): number {
  const last = rows.at(-1);
  return last ? last.top + last.height : 0;
}

export type Viewport = {
  readonly width: number;
  readonly height: number;
  readonly pixelsPerFrame: number;
  /** Left edge, in pixels from frame 0; top, in pixels from the first row. */
  readonly scrollX: number;
  readonly scrollY: number;
};

/** Pixels of empty time that can be scrolled to after the last clip. */
const room = 240;

export function xOf(view: Viewport, frame: number): number {
  return frame * view.pixelsPerFrame - view.scrollX;
}

/** Not rounded. */
export function frameAt(view: Viewport, x: number): number {
  return (x + view.scrollX) / view.pixelsPerFrame;
}

export function contentWidth(view: Viewport, length: number): number {
  return Math.max(view.width, length * view.pixelsPerFrame + room);
}

/** Zoom at which the whole programme is seen. */
export function fittingZoom(width: number, length: number): number {
  return Math.min(widestFrame, Math.max(0.0005, (width - 40) / Math.max(1, length)));
}

/** Within what can be scrolled to. */
export function clampView(view: Viewport, length: number, height: number): Viewport {
  return {
    ...view,
    scrollX: Math.max(0, Math.min(view.scrollX, contentWidth(view, length) - view.width)),
    scrollY: Math.max(0, Math.min(view.scrollY, height + headHeight + 24 - view.height)),
  };
}

/** The frame under `x` stays there. */
export function zoomAt(view: Viewport, factor: number, x: number, length: number): Viewport {
  const least = Math.min(fittingZoom(view.width, length) / 2, widestFrame);
  const pixelsPerFrame = Math.max(least, Math.min(widestFrame, view.pixelsPerFrame * factor));
  return { ...view, pixelsPerFrame, scrollX: frameAt(view, x) * pixelsPerFrame - x };
}
