/** How the window looks: sizes, views, tools, open dialogs. What should be found again next time is kept in the browser's storage. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SortColumn } from '../bin/sort-shots.ts';

export const tools = ['select', 'blade', 'ripple', 'roll', 'slip', 'slide', 'hand'] as const;
export type Tool = (typeof tools)[number];

export type DialogName = 'export' | 'bringIn' | 'settings' | 'shortcuts' | 'palette' | 'assemble' | 'relink' | 'compare' | 'exportTimeline';

/** Kept between runs. */
export type Preferences = {
  /** CSS pixels. */
  readonly binWidth: number;
  readonly inspectorWidth: number;
  readonly timelineHeight: number;
  readonly isInspectorShown: boolean;
  readonly binView: 'list' | 'thumbnails';
  readonly sortColumn: SortColumn;
  readonly isSortDescending: boolean;
  readonly isSnapping: boolean;
  readonly isFollowing: boolean;
  readonly showsSafeAreas: boolean;
  readonly showsFrameMeter: boolean;
  readonly hasReducedMotion: boolean;
  /** 0..1. */
  readonly volume: number;
  readonly isMuted: boolean;
  readonly exportFolder: string | null;
};

export type UiState = Preferences & {
  readonly tool: Tool;
  readonly dialog: DialogName | null;
  readonly isJobsOpen: boolean;
  /** A list for screen readers beside the canvas. */
  readonly isTimelineList: boolean;
};

export type UiStore = StoreApi<UiState>;

const storageKey = 'stringout.preferences';

export const usualPreferences: Preferences = {
  binWidth: 460, inspectorWidth: 272, timelineHeight: 332, isInspectorShown: true, binView: 'list', sortColumn: 'name', isSortDescending: false,
  isSnapping: true, isFollowing: true, showsSafeAreas: false, showsFrameMeter: true, hasReducedMotion: false, volume: 1, isMuted: false, exportFolder: null,
};

export function createUiStore(storage: Pick<Storage, 'getItem' | 'setItem'>): UiStore {
  const store = createStore<UiState>(() => ({ ...readPreferences(storage), tool: 'select', dialog: null, isJobsOpen: false, isTimelineList: false }));
  store.subscribe((state, before) => {
    const isSame = preferenceNames.every((name) => state[name] === before[name]);
    if (!isSame) storage.setItem(storageKey, JSON.stringify(Object.fromEntries(preferenceNames.map((name) => [name, state[name]]))));
  });
  return store;
}

const preferenceNames = Object.keys(usualPreferences) as (keyof Preferences)[];

/** What does not fit is left at its usual value: the storage may be of another version. */
function readPreferences(storage: Pick<Storage, 'getItem'>): Preferences {
  try {
    const kept: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return usualPreferences;
    const fitting = Object.entries(kept).filter(([name, value]) => name in usualPreferences
      && (name === 'exportFolder' ? value === null || typeof value === 'string' : typeof value === typeof usualPreferences[name as keyof Preferences]));
    return { ...usualPreferences, ...Object.fromEntries(fitting) };
  } catch {
    return usualPreferences;
  }
}
