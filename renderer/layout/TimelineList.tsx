/** The timeline in rows instead of a picture, for screen readers and for who prefers words: every clip with its place, step and reason. */
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { TimelineClip, Track } from '../../app/domain/project/project.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { useProject, useSelection, useSession } from '../session/use-session.ts';
import { formatLength } from '../texts/format.ts';
import { text, type TextKey } from '../texts/text.ts';

const rowHeight = 24;
const steps: readonly TextKey[] = ['step.copy', 'step.smart', 'step.encode', 'step.cached', 'step.black'];
const titles: readonly TextKey[] = ['clip.start', 'column.track', 'column.name', 'column.duration', 'column.step'];

function trackName({ kind, position, name }: Track): string {
  return name === '' ? `${kind === 'picture' ? 'V' : 'A'}${String(position + 1)}` : name;
}

export function TimelineList() {
  const session = useSession();
  const state = useProject((view) => view.state);
  const cost = useProject((view) => view.cost);
  const selected = useSelection((selection) => selection.clipIds);
  const scroller = useRef<HTMLDivElement>(null);
  const clips = useMemo(() => [...state.clips.values()].toSorted((a, b) => a.start - b.start || a.trackId - b.trackId), [state.clips]);
  const reasons = useMemo(() => new Map(cost?.clipId.map((id, index) => [id, { kind: cost.kind[index] ?? 0, reason: cost.reasons[cost.reason[index] ?? -1] ?? '' }])), [cost]);
  const virtualizer = useVirtualizer({ count: clips.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, paddingStart: rowHeight, scrollPaddingStart: rowHeight });
  const at = clips.findIndex(({ id }) => selected.has(id));
  const select = (index: number): void => {
    const clip = clips[Math.min(Math.max(index, 0), clips.length - 1)];
    if (!clip) return;
    session.selection.setState({ clipIds: new Set([clip.id]), shotIds: new Set(), markerId: null });
    session.playback.seek(clip.start);
    virtualizer.scrollToIndex(clips.indexOf(clip));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: clips.length - 1, PageDown: at + 10, PageUp: at - 10 };
    const target = targets[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    select(target);
  };
  const cells = (clip: TimelineClip): readonly string[] => {
    const { sequence } = state;
    const track = state.tracks.get(clip.trackId);
    const step = reasons.get(clip.id);
    return [
      formatTimecode(clip.start + sequence.startFrame, sequence.rate, sequence.dropFrame), track ? trackName(track) : '',
      `${state.shots.get(clip.shotId)?.name ?? ''}${clip.isEnabled ? '' : ` (${text('clip.off')})`}`, formatLength(clip.length, sequence.rate),
      step ? [text(steps[step.kind] ?? 'step.copy'), step.reason].filter((part) => part !== '').join(': ') : '',
    ];
  };
  return (
    <div
      ref={scroller} className="timeline-list" role="grid" tabIndex={0} aria-label={text('timeline.list')} aria-rowcount={clips.length + 1}
      aria-activedescendant={at < 0 ? undefined : `clip-${String(clips[at]?.id)}`} onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="timeline-list-head">
        <div role="row" className="timeline-list-row">{titles.map((title) => <div key={title} role="columnheader">{text(title)}</div>)}</div>
      </div>
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize() - rowHeight }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const clip = clips[index];
          return clip && (
            <div
              key={clip.id} id={`clip-${String(clip.id)}`} role="row" aria-rowindex={index + 2} aria-selected={selected.has(clip.id)} className="timeline-list-row timeline-list-clip"
              style={{ top: start }} onClick={() => { select(index); }}
            >
              {cells(clip).map((cell, column) => <div key={titles[column]} role="gridcell" className="one-line">{cell}</div>)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
