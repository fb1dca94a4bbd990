/** More of a clip than is asked for, for later edits: `--handles`. */
import { atRate, type Rational } from '../rational.ts';
import type { Source } from '../source.ts';
import { nominalLength } from './resolve-clip.ts';
import type { SourceRange } from './source-range.ts';

/** Up to `handles` source frames before and after, or `after` of them after it, as many as the source has. */
export function withHandles(range: SourceRange, source: Source, handles: number, timelineRate: Rational, after = handles): SourceRange {
  if (source.picture?.isStill) return range;
  const first = Math.max(0, range.in - handles);
  // What a sequence holds past its last file stays.
  const end = Math.max(range.out, Math.min(nominalLength(source, range.rate), range.out + after));
  const widened = { ...range, in: first, out: end };
  if (!range.exact) return widened;
  const { exact } = range;
  const more = range.in - first + end - range.out;
  return {
    ...widened,
    exact: {
      rate: exact.rate,
      in: Math.max(0, exact.in - atRate(range.in - first, range.rate, exact.rate)),
      frames: exact.frames + atRate(more, range.rate, timelineRate),
    },
  };
}
