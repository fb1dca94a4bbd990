/** The bin's rows as they are shown, from the project, the search and the filters. A search's answer that comes late is dropped. */
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useProject, useSession, useUi } from '../session/use-session.ts';
import { binRows, type BinFilter, type BinRow } from './bin-rows.ts';
import { sortShots } from './sort-shots.ts';

/** Shots that fit the words; null without words. What was found stays until the next answer. */
export function useFoundShots(words: string): ReadonlySet<number> | null {
  const session = useSession();
  const revision = useProject((view) => view.state.shots);
  const [found, setFound] = useState<ReadonlySet<number> | null>(null);
  useEffect(() => {
    if (words.trim() === '') {
      setFound(null);
      return;
    }
    const controller = new AbortController();
    session.client.call('shots.search', { text: words }, controller.signal).then(
      ({ shotIds }) => { if (!controller.signal.aborted) setFound(new Set(shotIds)); },
      (error: unknown) => { if (!controller.signal.aborted) session.fail(error); },
    );
    return () => { controller.abort(); };
  }, [words, revision, session]);
  return found;
}

export function useBinRows(filter: BinFilter, openGroups: ReadonlySet<string>): readonly BinRow[] {
  // While thousands come in, typing and scrolling go before.
  const shots = useDeferredValue(useProject((view) => view.state.shots));
  const column = useUi((ui) => ui.sortColumn);
  const isDescending = useUi((ui) => ui.isSortDescending);
  const sorted = useMemo(() => sortShots([...shots.values()], column, isDescending), [shots, column, isDescending]);
  return useMemo(() => binRows(sorted, filter, openGroups), [sorted, filter, openGroups]);
}
