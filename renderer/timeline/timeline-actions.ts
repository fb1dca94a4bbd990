/** What the timeline's pointer does to the session. */
import type { RefObject } from 'react';
import type { Cost } from '../../app/contract/editor/commands.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import type { Session } from '../session/session.ts';
import { formatLength } from '../texts/format.ts';
import { text, type TextKey } from '../texts/text.ts';
import { costIndexAt } from './draw-cost.ts';
import type { Hit } from './hit-test.ts';
import type { TimelineActions } from './pointer-control.ts';
import type { TimelineView } from './timeline-view.ts';

const steps: readonly TextKey[] = ['step.copy', 'step.smart', 'step.encode', 'step.cached', 'step.black'];

export function timelineActions(session: Session, view: TimelineView, tip: RefObject<HTMLElement | null>, menu: (hit: Hit, x: number, y: number) => void): TimelineActions {
  return {
    tool: () => session.ui.getState().tool,
    isSnapping: () => session.ui.getState().isSnapping,
    canEdit: () => session.project.getState().readOnly === null,
    playhead: () => session.playback.frame,
    selected: () => session.selection.getState().clipIds,
    select: (clipIds, markerId) => { session.selection.setState({ clipIds, markerId, shotIds: new Set(), area: 'timeline' }); },
    seek: (frame) => { session.playback.seek(frame); },
    edit: (edit) => {
      session.edit(edit).then(() => { view.preview(null); }, (error: unknown) => { session.fail(error); });
    },
    hover: (hit, frame, x, y) => { if (tip.current) showTip(tip.current, words(session, hit, frame), x, y, view.canvas.getBoundingClientRect()); },
    menu,
  };
}

function words(session: Session, hit: Hit, frame: number): string {
  const { cost, state } = session.project.getState();
  if (hit.kind === 'cost') return cost ? costWords(cost, frame) : '';
  if (hit.kind !== 'clip') return '';
  const { clip } = hit;
  const { sequence } = state;
  const shot = state.shots.get(clip.shotId);
  const problem = shot?.problem ? ` · ${shot.problem}` : '';
  return `${shot?.name ?? ''} · ${formatTimecode(clip.start + sequence.startFrame, sequence.rate, sequence.dropFrame)} · ${formatLength(clip.length, sequence.rate)}${problem}`;
}

function costWords(cost: Cost, frame: number): string {
  const index = costIndexAt(cost, frame);
  if ((cost.start[index] ?? Infinity) > frame) return '';
  const reason = cost.reasons[cost.reason[index] ?? -1] ?? '';
  const step = text(steps[cost.kind[index] ?? 0] ?? 'step.copy');
  return reason === '' ? step : `${step}: ${reason}`;
}

function showTip(element: HTMLElement, sentence: string, x: number, y: number, canvas: DOMRect): void {
  element.hidden = sentence === '';
  if (sentence === '') return;
  element.textContent = sentence;
  element.style.left = `${String(Math.max(4, Math.min(x - canvas.left + 12, canvas.width - element.offsetWidth - 8)))}px`;
  element.style.top = `${String(Math.min(y - canvas.top + 18, canvas.height - element.offsetHeight - 4))}px`;
}
