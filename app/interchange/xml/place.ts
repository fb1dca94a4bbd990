/** Where the items of a track lie, in whole frames: what formats with absolute times want. */
import { atRate, formatRational, type Rational } from '../../domain/rational.ts';
import type { DocumentClip, DocumentGap, DocumentItem, DocumentStack, DocumentTrack, DocumentTransition, Time } from '../document.ts';
import { LossList } from '../losses.ts';
import { addTimes, itemDuration } from '../measure.ts';

export type Placed<T> = { readonly item: T; readonly start: number; readonly duration: number };
export type Lasting = DocumentClip | DocumentGap | DocumentStack;
/** `start` is the cut that the transition lies at. */
export type PlacedTransition = { readonly item: DocumentTransition; readonly start: number; readonly before: number; readonly after: number };
export type PlacedItem = (Placed<Lasting> & { readonly kind: 'lasting' }) | (PlacedTransition & { readonly kind: 'transition' });

/** In frames of `rate` from the track's start. Rounded to where each begins, so that nothing drifts; what has no length is left out, and said. */
export function placeItems(items: readonly DocumentItem[], rate: Rational, losses: LossList): PlacedItem[] {
  const frames = (time: Time): number => atRate(time.value, time.rate, rate);
  let at: Time = { value: 0, rate };
  const placed: PlacedItem[] = [];
  for (const nested of items) {
    if (nested.kind === 'transition') {
      const [isFirst, isLast] = [placed.length === 0, nested === items.at(-1)];
      const reach = { before: frames(nested.before), after: frames(nested.after) };
      if ((isFirst && reach.before > 0) || (isLast && reach.after > 0)) losses.add(nested.name || 'transition', 'reaches beyond the end of its track: that part is left out');
      placed.push({ kind: 'transition', item: nested, start: frames(at), before: isFirst ? 0 : reach.before, after: isLast ? 0 : reach.after });
      continue;
    }
    const item = nested.kind === 'track' ? stackOf(nested) : nested;
    const length = itemDuration(item);
    if (!length) {
      losses.add(item.name, 'tells no length and is left out');
      continue;
    }
    const next = addTimes(at, length);
    if (!isWhole(next, rate)) losses.add(item.name, `does not end on a frame of ${formatRational(rate)} and ends on the nearest`);
    const [start, end] = [frames(at), frames(next)];
    at = next;
    if (end > start) placed.push({ kind: 'lasting', item, start, duration: end - start });
    else losses.add(item.name, 'is shorter than a frame and is left out');
  }
  return placed;
}

/** In frames, to the end of the longest track. */
export function tracksLength(tracks: readonly DocumentTrack[], rate: Rational): number {
  const ends = tracks.flatMap((track) => placeItems(track.items, rate, new LossList()).map((item) => (item.kind === 'lasting' ? item.start + item.duration : 0)));
  return ends.reduce((most, end) => Math.max(most, end), 0);
}

/** Tracks of a nested timeline; what lies beside them becomes a track of its own. */
export function tracksOf(items: readonly DocumentItem[]): DocumentTrack[] {
  return items.map((item): DocumentTrack => {
    if (item.kind !== 'track') return emptyTrack('video', [item]);
    return item.range ? { ...emptyTrack(item.type, [stackOf(item)]), isEnabled: item.isEnabled, name: item.name } : item;
  });
}

/** A track that shows a part of itself, or lies inside another, is a nested timeline. */
function stackOf(track: DocumentTrack): DocumentStack {
  return {
    kind: 'stack', name: track.name, isEnabled: track.isEnabled, range: track.range, tracks: [{ ...track, range: null, isEnabled: true }],
    effects: [], markers: [], metadata: {},
  };
}

export function emptyTrack(type: 'video' | 'audio', items: readonly DocumentItem[]): DocumentTrack {
  return { kind: 'track', type, name: '', isEnabled: true, items, range: null, markers: [], effects: [], metadata: {} };
}

function isWhole(time: Time, rate: Rational): boolean {
  return (BigInt(time.value) * BigInt(rate.num) * BigInt(time.rate.den)) % (BigInt(rate.den) * BigInt(time.rate.num)) === 0n;
}
