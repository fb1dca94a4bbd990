/** Rows of the editor: figures alone, no peers. */
import type { FigureResult, RowResult } from '../results.ts';

export function editorResult(id: string, title: string, note: string, figures: readonly (Omit<FigureResult, 'aim'> & { readonly aim?: number })[]): RowResult {
  return {
    id, title, note, date: new Date().toISOString(), contenders: [], missing: [], failures: [],
    figures: figures.map((figure): FigureResult => ({ aim: null, ...figure })),
  };
}
