/** The bin as a list: a grid of rows of which only those in sight exist. One stop for Tab; arrows move inside. */
import { useMemo, useRef, type DragEvent, type MouseEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Icon } from '../controls/Icon.tsx';
import type { MenuPlace } from '../controls/Menu.tsx';
import { useSession, useUi } from '../session/use-session.ts';
import { runCommand } from '../commands/run-command.ts';
import { plural, text } from '../texts/text.ts';
import type { BinRow } from './bin-rows.ts';
import { columns, gridTemplate, leastListWidth, type Column } from './columns.ts';
import { startShotDrag } from './drag-shots.ts';
import { Thumbnail } from './Thumbnail.tsx';
import { useBinSelection } from './use-bin-selection.ts';

const rowHeight = 26;

export type BinViewProps = {
  readonly rows: readonly BinRow[];
  readonly onToggleGroup: (group: string) => void;
  readonly onMenu: (place: MenuPlace) => void;
};

export function BinList({ rows, onToggleGroup, onMenu }: BinViewProps) {
  const session = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 4, useFlushSync: false, paddingStart: rowHeight, scrollPaddingStart: rowHeight });
  const order = useMemo(() => rows.map(({ shot }) => shot.id), [rows]);
  const selection = useBinSelection(order, 1, (index) => { virtualizer.scrollToIndex(index); });
  return (
    <div
      ref={scroller} className="bin-list" role="grid" tabIndex={0} aria-multiselectable="true" aria-label={text('bin.shots')} aria-rowcount={rows.length + 1}
      aria-activedescendant={selection.activeId === null ? undefined : `shot-${String(selection.activeId)}`} onKeyDown={selection.onKeyDown}
    >
      <Header />
      <div role="rowgroup" style={{ height: virtualizer.getTotalSize() - rowHeight, minWidth: leastListWidth + 16 }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row && (
            <Row
              key={row.shot.id} row={row} index={index} top={start} isWaiting={virtualizer.isScrolling} isSelected={selection.ids.has(row.shot.id)} onToggleGroup={onToggleGroup}
              onClick={(event) => { selection.onRowClick(event, row.shot.id); }}
              onDoubleClick={() => { runCommand(session, 'shot.append'); }}
              onDragStart={(event) => { startShotDrag(event, row.shot.id, session); }}
              onContextMenu={(event) => {
                event.preventDefault();
                selection.onRowMenu(row.shot.id);
                onMenu({ x: event.clientX, y: event.clientY });
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function Header() {
  return (
    <div role="rowgroup" className="bin-header" style={{ minWidth: leastListWidth + 16 }}>
      <div role="row" className="bin-cells" style={{ gridTemplateColumns: gridTemplate }}>
        {columns.map((column) => <HeaderCell key={column.name} column={column} />)}
      </div>
    </div>
  );
}

function HeaderCell({ column: { name, title, isNumber } }: { readonly column: Column }) {
  const session = useSession();
  const sorted = useUi((ui) => (ui.sortColumn === name ? (ui.isSortDescending ? 'descending' : 'ascending') : 'none'));
  return (
    <div role="columnheader" aria-sort={sorted} data-number={isNumber}>
      <button type="button" onClick={() => { session.ui.setState({ sortColumn: name, isSortDescending: sorted === 'ascending' }); }}>
        {text(title)}
        {sorted !== 'none' && <span className="bin-sort" data-direction={sorted}><Icon name="chevronDown" /></span>}
      </button>
    </div>
  );
}

type RowProps = {
  readonly row: BinRow;
  readonly index: number;
  readonly top: number;
  /** The list is being scrolled. */
  readonly isWaiting: boolean;
  readonly isSelected: boolean;
  readonly onToggleGroup: (group: string) => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onDoubleClick: () => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onContextMenu: (event: MouseEvent) => void;
};

function Row({ row, index, top, isWaiting, isSelected, onToggleGroup, ...handlers }: RowProps) {
  const { shot } = row;
  return (
    <div
      id={`shot-${String(shot.id)}`} role="row" aria-selected={isSelected} aria-rowindex={index + 2} className="bin-row bin-cells" draggable data-status={shot.status}
      style={{ gridTemplateColumns: gridTemplate, top }} {...handlers}
    >
      {columns.map((column) => (
        column.name === 'name'
          ? <NameCell key="name" row={row} isWaiting={isWaiting} onToggleGroup={onToggleGroup} />
          : <div key={column.name} role="gridcell" className={`one-line ${column.name === 'rating' ? 'bin-stars' : ''}`} data-number={column.isNumber}>{column.show(shot)}</div>
      ))}
    </div>
  );
}

function NameCell({ row: { shot, versions, isOpen, isOlder }, isWaiting, onToggleGroup }: { readonly row: BinRow; readonly isWaiting: boolean; readonly onToggleGroup: (group: string) => void }) {
  const group = shot.versionGroup;
  return (
    <div role="gridcell" className="bin-name" data-older={isOlder}>
      {versions > 1 && group !== null
        ? (
          <button
            type="button" tabIndex={-1} className="bin-group" aria-expanded={isOpen} aria-label={plural('bin.versions', versions)} data-tip={plural('bin.versions', versions)}
            onClick={(event) => {
              event.stopPropagation();
              onToggleGroup(group);
            }}
          >
            <Icon name={isOpen ? 'chevronDown' : 'chevronRight'} />
          </button>
        )
        : <span className="bin-group" />}
      <Thumbnail shot={shot} isWaiting={isWaiting} />
      <span className="one-line" data-tip={shot.problem ?? undefined}>{shot.name}</span>
      {shot.isCircled && <span className="bin-circled" role="img" aria-label={text('shot.circled')}><Icon name="circle" /></span>}
      {shot.status === 'missing' && <span className="visually-hidden">{text('shot.missing')}</span>}
      {shot.status === 'refused' && <span className="visually-hidden">{text('shot.refused')}</span>}
    </div>
  );
}
