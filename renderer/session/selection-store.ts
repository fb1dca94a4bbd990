/** What is selected, and which part of the window it is in: the inspector shows it, commands work on it. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export type FocusArea = 'bin' | 'timeline' | 'viewer' | 'inspector';

export type Selection = {
  readonly shotIds: ReadonlySet<number>;
  readonly clipIds: ReadonlySet<number>;
  readonly markerId: number | null;
  /** Where the user last worked. */
  readonly area: FocusArea;
};

export type SelectionStore = StoreApi<Selection>;

export function createSelectionStore(): SelectionStore {
  return createStore<Selection>(() => ({ shotIds: new Set(), clipIds: new Set(), markerId: null, area: 'bin' }));
}
