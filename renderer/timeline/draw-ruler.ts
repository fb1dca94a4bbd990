/** The ruler: ticks as dense as they can be read, timecode at the long ones, marks and markers. */
import { formatTimecode } from '../../app/domain/timecode.ts';
import type { ProjectState } from '../../app/domain/project/project.ts';
import type { Colours } from './colours.ts';
import { frameAt, rulerHeight, xOf, type Viewport } from './geometry.ts';
import type { LabelCache } from './label-cache.ts';
import { leastLabelSpace, rulerTicks } from './ruler-ticks.ts';

export function drawRuler(context: CanvasRenderingContext2D, state: ProjectState, view: Viewport, colours: Colours, labels: LabelCache): void {
  const { sequence } = state;
  context.fillStyle = colours.background;
  context.fillRect(0, 0, view.width, rulerHeight);
  drawMarkedRange(context, sequence, view, colours);
  context.fillStyle = colours.lineStrong;
  const ticks = rulerTicks(frameAt(view, 0), frameAt(view, view.width), view.pixelsPerFrame, sequence);
  for (const { frame, isLabelled } of ticks) context.fillRect(Math.round(xOf(view, frame)), rulerHeight - (isLabelled ? 12 : 5), 1, isLabelled ? 12 : 5);
  for (const { frame, isLabelled } of ticks) {
    if (isLabelled) labels.draw(context, formatTimecode(frame + sequence.startFrame, sequence.rate, sequence.dropFrame), colours.dim, xOf(view, frame) + 5, rulerHeight - 10, leastLabelSpace);
  }
  for (const { frame, length, name, colour } of state.markers.values()) {
    const x = Math.round(xOf(view, frame));
    if (x < -200 || x > view.width + 10) continue;
    context.fillStyle = colours.markers[colour];
    if (length > 0) context.fillRect(x, 0, Math.max(2, length * view.pixelsPerFrame), 3);
    context.beginPath();
    context.moveTo(x - 5, 1);
    context.lineTo(x + 5, 1);
    context.lineTo(x + 5, 6);
    context.lineTo(x, 11);
    context.lineTo(x - 5, 6);
    context.fill();
    labels.draw(context, name, colours.text, x + 8, 6, 120);
  }
}

function drawMarkedRange(context: CanvasRenderingContext2D, { markIn, markOut }: ProjectState['sequence'], view: Viewport, colours: Colours): void {
  if (markIn === null && markOut === null) return;
  const from = markIn === null ? 0 : Math.max(0, xOf(view, markIn));
  const to = markOut === null ? view.width : Math.min(view.width, xOf(view, markOut));
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.16;
  context.fillRect(from, 0, Math.max(0, to - from), rulerHeight);
  context.globalAlpha = 1;
  if (markIn !== null) context.fillRect(Math.round(from), 0, 2, rulerHeight);
  if (markOut !== null) context.fillRect(Math.round(to) - 2, 0, 2, rulerHeight);
}
