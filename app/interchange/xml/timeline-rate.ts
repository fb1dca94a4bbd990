/** The rate at which a timeline is written whose file told none. */
import { formatRational, rational, rationalToNumber, type Rational } from '../../domain/rational.ts';
import type { TimelineDocument } from '../document.ts';
import { itemDuration } from '../measure.ts';

/** Its own, else what most of its clips count at, else the start's, else 25. */
export function timelineRate({ rate, start, tracks }: TimelineDocument): Rational {
  if (rate) return rate;
  const counts = new Map<string, { readonly rate: Rational; count: number }>();
  for (const item of tracks.flatMap(({ items }) => items)) {
    const own = item.kind === 'clip' || item.kind === 'stack' ? itemDuration(item)?.rate : null;
    if (!own || !isFrameRate(own)) continue;
    const known = counts.get(formatRational(own)) ?? { rate: own, count: 0 };
    known.count += 1;
    counts.set(formatRational(own), known);
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count)[0]?.rate ?? start?.rate ?? rational(25);
}

/** Some programs count in seconds or in ticks of a clock: that is no rate of pictures. */
export function isFrameRate(rate: Rational): boolean {
  const perSecond = rationalToNumber(rate);
  return perSecond >= 5 && perSecond <= 300;
}
