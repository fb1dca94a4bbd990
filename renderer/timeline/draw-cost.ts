/** The cost bar: what becomes of each stretch of the picture, over the tracks. */
import type { Cost } from '../../app/contract/editor/commands.ts';
import type { Colours } from './colours.ts';
import { costHeight, frameAt, rulerHeight, xOf, type Viewport } from './geometry.ts';

export function drawCost(context: CanvasRenderingContext2D, cost: Cost | null, view: Viewport, colours: Colours): void {
  context.fillStyle = colours.background;
  context.fillRect(0, rulerHeight, view.width, costHeight);
  if (!cost) return;
  const { start, length, kind } = cost;
  const last = frameAt(view, view.width);
  let drawnTo = -1;
  for (let i = costIndexAt(cost, frameAt(view, 0)); i < start.length; i++) {
    const frame = start[i] ?? 0;
    if (frame >= last) break;
    const x = xOf(view, frame);
    const width = (length[i] ?? 0) * view.pixelsPerFrame;
    if (width < 2) {
      // What must be encoded is never hidden by what is copied.
      const pixel = Math.floor(x);
      if (pixel <= drawnTo && kind[i] !== 1 && kind[i] !== 2) continue;
      drawnTo = pixel;
    }
    context.fillStyle = colours.steps[kind[i] ?? 0] ?? colours.line;
    context.fillRect(Math.round(x), rulerHeight + 2, Math.max(1, Math.round(x + width) - Math.round(x) - (width > 4 ? 1 : 0)), costHeight - 4);
  }
}

/** The stretch at a frame, or the first after it. */
export function costIndexAt({ start, length }: Cost, frame: number): number {
  let low = 0;
  let high = start.length;
  while (low < high) {
    const probe = (low + high) >> 1;
    if ((start[probe] ?? 0) + (length[probe] ?? 0) <= frame) low = probe + 1;
    else high = probe;
  }
  return low;
}
