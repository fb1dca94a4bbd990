/** The bin's selection for its two views: clicks, keys, and the row that has the focus. */
import { useCallback, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { useSelection, useSession } from '../session/use-session.ts';
import { rowFrom, selectRow } from './select-shots.ts';

export type BinSelection = {
  readonly ids: ReadonlySet<number>;
  readonly activeId: number | null;
  readonly onRowClick: (event: MouseEvent, id: number) => void;
  readonly onRowMenu: (id: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

const pageRows = 12;

/** `across`: how many stand side by side, 1 in a list. `reveal` scrolls to a row's index. */
export function useBinSelection(order: readonly number[], across: number, reveal: (index: number) => void): BinSelection {
  const session = useSession();
  const ids = useSelection((selection) => selection.shotIds);
  const cursor = useRef<{ anchor: number | null; active: number | null }>({ anchor: null, active: null });
  const [lastId] = [...ids].slice(-1);
  const active = cursor.current.active !== null && ids.has(cursor.current.active) ? cursor.current.active : lastId ?? null;

  const select = useCallback((id: number, modifiers: { readonly isExtending: boolean; readonly isToggling: boolean }): void => {
    const next = selectRow({ ids: session.selection.getState().shotIds, ...cursor.current }, id, order, modifiers);
    cursor.current = { anchor: next.anchor, active: next.active };
    session.selection.setState({ shotIds: next.ids, clipIds: new Set(), markerId: null });
  }, [session, order]);

  return {
    ids, activeId: active,
    onRowClick: (event, id) => { select(id, { isExtending: event.shiftKey, isToggling: event.ctrlKey || event.metaKey }); },
    onRowMenu: (id) => { if (!ids.has(id)) select(id, { isExtending: false, isToggling: false }); },
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const steps: Readonly<Record<string, number>> = {
        ArrowDown: across, ArrowUp: -across, PageDown: pageRows * across, PageUp: -pageRows * across, Home: -order.length, End: order.length,
        ...(across > 1 && { ArrowRight: 1, ArrowLeft: -1 }),
      };
      const by = steps[event.key];
      if (by === undefined) return;
      event.preventDefault();
      const next = rowFrom(active, order, by);
      if (next === null) return;
      select(next, { isExtending: event.shiftKey, isToggling: false });
      reveal(order.indexOf(next));
    },
  };
}
