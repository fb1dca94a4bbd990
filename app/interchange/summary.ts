/** What `info` says of a timeline: counts of each track, and the rate at which its frames are counted. */
import { atRate, commonRate, type Rational } from '../domain/rational.ts';
import type { DocumentItem, TimelineDocument } from './document.ts';
import { itemDuration, trackDuration } from './measure.ts';

export type TrackSummary = {
  readonly kind: 'video' | 'audio';
  readonly name: string;
  readonly isEnabled: boolean;
  /** The track's own, not those of nested timelines. */
  readonly clips: number;
  readonly gaps: number;
  readonly transitions: number;
  /** Nested timelines. */
  readonly stacks: number;
  /** At the summary's rate, nearest; null where a clip's media tell no length. */
  readonly frames: number | null;
};

/** `rate`: the timeline's own; where it tells none, the clock of its clips; null where there are no times at all. */
export function summarise(document: TimelineDocument): { readonly rate: Rational | null; readonly tracks: readonly TrackSummary[] } {
  const durations = document.tracks.map(trackDuration);
  const rate = document.rate ?? document.tracks.flatMap(({ items }) => items).reduce(addClock, null);
  const tracks = document.tracks.map((track, index): TrackSummary => {
    const count = (...kinds: readonly DocumentItem['kind'][]): number => track.items.filter(({ kind }) => kinds.includes(kind)).length;
    const time = durations[index] ?? null;
    return {
      kind: track.type, name: track.name, isEnabled: track.isEnabled, clips: count('clip'), gaps: count('gap'), transitions: count('transition'), stacks: count('stack', 'track'),
      frames: time && (rate ? atRate(time.value, time.rate, rate) : time.value),
    };
  });
  return { rate, tracks };
}

function addClock(common: Rational | null, item: DocumentItem): Rational | null {
  const time = itemDuration(item);
  if (!time || time.value === 0) return common;
  return common ? commonRate(common, time.rate) : time.rate;
}
