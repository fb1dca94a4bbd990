/** Shots on their way from the bin to the timeline. */
import type { DragEvent } from 'react';
import type { Session } from '../session/session.ts';
import { plural } from '../texts/text.ts';

export const shotsDragType = 'application/x-stringout-shots';

/** Drags the selection, or the one shot under the pointer where it is not selected. */
export function startShotDrag(event: DragEvent, shotId: number, session: Session): void {
  const { shotIds } = session.selection.getState();
  const ids = shotIds.has(shotId) ? [...shotIds] : [shotId];
  event.dataTransfer.setData(shotsDragType, JSON.stringify(ids));
  event.dataTransfer.effectAllowed = 'copy';
  const image = document.createElement('div');
  image.className = 'drag-image';
  image.textContent = plural('bin.dragged', ids.length);
  document.body.append(image);
  event.dataTransfer.setDragImage(image, -8, -8);
  // The browser has taken its picture by the next turn.
  setTimeout(() => { image.remove(); }, 0);
}
