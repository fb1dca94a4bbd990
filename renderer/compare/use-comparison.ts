/** The host's comparison of two cuts, made again when either is chosen anew or the project changes. */
import { useEffect, useState } from 'react';
import { describeError, flattenError } from '../../app/base/errors.ts';
import type { Comparison } from '../../app/contract/editor/compare.ts';
import { useProject, useSession } from '../session/use-session.ts';
import type { Cuts } from './compare-rows.ts';

export type ComparisonView = { readonly comparison: Comparison | null; readonly problem: string | null };

const nothing: ComparisonView = { comparison: null, problem: null };

export function useComparison({ old, now }: Cuts): ComparisonView {
  const session = useSession();
  const revision = useProject((view) => view.revision);
  const [view, setView] = useState<ComparisonView>(nothing);
  useEffect(() => {
    setView(nothing);
    if (old === undefined || now === undefined) return undefined;
    const controller = new AbortController();
    session.client.call('cuts.compare', { cuts: { old, now, handles: null } }, controller.signal).then((comparison) => { setView({ comparison, problem: null }); }, (error: unknown) => {
      if (!controller.signal.aborted) setView({ comparison: null, problem: describeError(flattenError(error)) });
    });
    return () => { controller.abort(); };
  }, [session, old, now, revision]);
  return view;
}
