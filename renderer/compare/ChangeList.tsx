/** A row a clip, of which only those in sight exist. One stop for Tab; arrows move inside and take the playhead along. */
import { useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ComparedRow, Comparison } from '../../app/contract/editor/compare.ts';
import { Icon } from '../controls/Icon.tsx';
import { text } from '../texts/text.ts';
import { changeIcons, recordLabel } from './compare-rows.ts';

const rowHeight = 26;
const columns = ['state', 'track', 'clip', 'oldPlace', 'newPlace', 'change'] as const;

export type ChangeListProps = {
  readonly comparison: Comparison;
  /** Of the comparison, those that are shown. */
  readonly rows: readonly ComparedRow[];
  readonly onRow: (row: ComparedRow) => void;
  /** The row is wanted, and the list no longer. */
  readonly onLeave: (row: ComparedRow) => void;
};

export function ChangeList({ comparison, rows, onRow, onLeave }: ChangeListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<ComparedRow | null>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 6, useFlushSync: false, paddingStart: rowHeight, scrollPaddingStart: rowHeight });
  const place = active ? rows.indexOf(active) : -1;
  const go = (index: number): void => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    setActive(row);
    virtualizer.scrollToIndex(rows.indexOf(row));
    onRow(row);
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
  const steps: Readonly<Record<string, number>> = { ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + page, PageUp: place - page, Home: 0, End: rows.length - 1 };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) go(step);
    else if (event.key === 'Enter' && active && place >= 0) onLeave(active);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller} className="compare-list" role="grid" tabIndex={0} aria-label={text('compare.list')} aria-rowcount={rows.length + 1}
      aria-activedescendant={place < 0 ? undefined : `change-${String(place)}`} onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="compare-head">
        <div role="row" className="compare-cells">{columns.map((name) => <div key={name} role="columnheader">{text(`compare.column.${name}`)}</div>)}</div>
      </div>
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize() - rowHeight }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row && (
            <div
              key={index} id={`change-${String(index)}`} role="row" aria-rowindex={index + 2} aria-selected={index === place} className="compare-row compare-cells" data-change={row.state} style={{ top: start }}
              onClick={() => { go(index); }} onDoubleClick={() => { onLeave(row); }}
            >
              <Cells row={row} comparison={comparison} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cells({ row, comparison }: { readonly row: ComparedRow; readonly comparison: Comparison }) {
  return (
    <>
      <div role="gridcell" className="compare-state"><Icon name={changeIcons[row.state]} />{text(`change.${row.state}`)}</div>
      <div role="gridcell" className="compare-dim">{row.track}</div>
      <div role="gridcell" className="compare-name one-line" data-tip={row.name}>{row.name}</div>
      <div role="gridcell" className="timecode">{recordLabel(comparison.old, row.old)}</div>
      <div role="gridcell" className="timecode">{recordLabel(comparison.now, row.now)}</div>
      <div role="gridcell" className="compare-dim one-line" data-tip={row.reason}>{row.reason}</div>
    </>
  );
}
