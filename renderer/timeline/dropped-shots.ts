/** Shots that were dragged from the bin. */
import type { DragEvent } from 'react';
import type { Shot } from '../../app/domain/project/project.ts';
import { shotsDragType } from '../bin/drag-shots.ts';
import type { Session } from '../session/session.ts';

export function shotsOfDrag(event: DragEvent, session: Session): readonly Shot[] {
  const { shots } = session.project.getState().state;
  return parseIds(event.dataTransfer.getData(shotsDragType)).flatMap((id) => shots.get(id) ?? []);
}

/** Another window of another version may have begun the drag. */
function parseIds(text: string): readonly number[] {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : [];
  } catch {
    return [];
  }
}
