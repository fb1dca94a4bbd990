/** The session and its stores, for components. A selector's result must keep its identity while nothing changed. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { PlaybackState } from '../viewer/playback.ts';
import type { ProjectView } from './project-store.ts';
import type { Selection } from './selection-store.ts';
import type { Session } from './session.ts';
import type { UiState } from './ui-store.ts';

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('a component stands outside the session');
  return session;
}

export function useProject<Part>(select: (view: ProjectView) => Part): Part {
  return useStore(useSession().project, select);
}

export function useSelection<Part>(select: (selection: Selection) => Part): Part {
  return useStore(useSession().selection, select);
}

export function useUi<Part>(select: (ui: UiState) => Part): Part {
  return useStore(useSession().ui, select);
}

export function usePlayback<Part>(select: (state: PlaybackState) => Part): Part {
  return useStore(useSession().playback.store, select);
}
