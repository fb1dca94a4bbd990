/** The bin as pictures: rows of cards, only those in sight. */
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Icon } from '../controls/Icon.tsx';
import { runCommand } from '../commands/run-command.ts';
import { useSession } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';
import type { BinRow } from './bin-rows.ts';
import type { BinViewProps } from './BinList.tsx';
import { columns } from './columns.ts';
import { startShotDrag } from './drag-shots.ts';
import { Thumbnail } from './Thumbnail.tsx';
import { useBinSelection } from './use-bin-selection.ts';

const leastCardWidth = 132;
const gap = 8;
const labelHeight = 38;

const showDuration = columns.find(({ name }) => name === 'duration')?.show ?? (() => '');

export function BinThumbnails({ rows, onMenu }: BinViewProps) {
  const session = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(400);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => { setWidth(element.clientWidth); });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);
  const across = Math.max(1, Math.floor((width - gap) / (leastCardWidth + gap)));
  const rowHeight = Math.round((((width - gap) / across - gap) * 9) / 16) + labelHeight + gap;
  const virtualizer = useVirtualizer({ count: Math.ceil(rows.length / across), getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 1, useFlushSync: false, paddingStart: gap });
  useLayoutEffect(() => { virtualizer.measure(); }, [virtualizer, rowHeight]);
  const order = useMemo(() => rows.map(({ shot }) => shot.id), [rows]);
  const selection = useBinSelection(order, across, (index) => { virtualizer.scrollToIndex(Math.floor(index / across)); });
  return (
    <div
      ref={scroller} className="bin-cards" role="listbox" tabIndex={0} aria-multiselectable="true" aria-label={text('bin.shots')}
      aria-activedescendant={selection.activeId === null ? undefined : `shot-${String(selection.activeId)}`} onKeyDown={selection.onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => (
          <div key={index} role="presentation" className="bin-card-row" style={{ top: start, gridTemplateColumns: `repeat(${String(across)}, 1fr)` }}>
            {rows.slice(index * across, (index + 1) * across).map((row) => (
              <div
                key={row.shot.id} id={`shot-${String(row.shot.id)}`} role="option" aria-selected={selection.ids.has(row.shot.id)} className="bin-card" draggable
                onClick={(event) => { selection.onRowClick(event, row.shot.id); }}
                onDoubleClick={() => { runCommand(session, 'shot.append'); }}
                onDragStart={(event) => { startShotDrag(event, row.shot.id, session); }}
                onContextMenu={(event) => {
                  event.preventDefault();
                  selection.onRowMenu(row.shot.id);
                  onMenu({ x: event.clientX, y: event.clientY });
                }}
              >
                <Card row={row} isWaiting={virtualizer.isScrolling} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function Card({ row: { shot, versions }, isWaiting }: { readonly row: BinRow; readonly isWaiting: boolean }) {
  const place = [shot.scene !== null && text('card.scene', { scene: shot.scene }), shot.take !== null && text('card.take', { take: shot.take })].filter(Boolean).join(' · ');
  return (
    <>
      <Thumbnail shot={shot} isNamed isWaiting={isWaiting} />
      <span className="bin-card-name">
        <span className="one-line">{shot.name}</span>
        {shot.isCircled && <span className="bin-circled" role="img" aria-label={text('shot.circled')}><Icon name="circle" /></span>}
      </span>
      <span className="bin-card-more">
        <span className="one-line">{place === '' && versions > 1 ? plural('bin.versions', versions) : place}</span>
        <span className="bin-stars">{'★'.repeat(shot.rating)}</span>
        <span>{showDuration(shot)}</span>
      </span>
    </>
  );
}
