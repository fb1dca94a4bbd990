/** What the commands on timelines take. */
import { StringoutError } from '../../base/errors.ts';
import { parseRate } from '../../domain/frame-rates.ts';
import type { Rational } from '../../domain/rational.ts';

export type TimelineOptions = { readonly sourceRate?: string | undefined; readonly json: boolean };

/** Null where none was given. Throws `usage`. */
export function sourceRateOf({ sourceRate }: Pick<TimelineOptions, 'sourceRate'>): Rational | null {
  if (sourceRate === undefined) return null;
  const rate = parseRate(sourceRate);
  if (!rate) throw new StringoutError('usage', `--source-rate ${sourceRate}: write 24, 23.976 or 30000/1001`);
  return rate;
}
