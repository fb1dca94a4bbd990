/** How long the parts of a timeline document are, exact. */
import { atRate, commonRate, rational } from '../domain/rational.ts';
import type { DocumentClip, DocumentItem, DocumentTrack, Time } from './document.ts';

const nothing: Time = { value: 0, rate: rational(1) };

/** On the timeline; transitions take no time. Null where the media tell no length. */
export function itemDuration(item: DocumentItem): Time | null {
  switch (item.kind) {
    case 'transition': return nothing;
    case 'gap': return item.duration;
    case 'clip': return clipDuration(item);
    case 'track': return trackDuration(item);
    case 'stack': return item.range ? { value: item.range.duration, rate: item.range.rate } : longest(item.tracks.map(itemDuration));
  }
}

/** Of what the track shows. Null where one of its items tells no length. */
export function trackDuration(track: DocumentTrack): Time | null {
  if (track.range) return { value: track.range.duration, rate: track.range.rate };
  return itemsDuration(track.items);
}

/** One after another. */
export function itemsDuration(items: readonly DocumentItem[]): Time | null {
  let sum: Time | null = nothing;
  for (const item of items) {
    const next = itemDuration(item);
    sum = sum && next && addTimes(sum, next);
  }
  return sum;
}

export function addTimes(a: Time, b: Time): Time {
  const rate = commonRate(a.rate, b.rate);
  return { value: atRate(a.value, a.rate, rate) + atRate(b.value, b.rate, rate), rate };
}

/** Every clip, those of nested timelines included. */
export function countClips(items: readonly DocumentItem[]): number {
  return items.reduce((sum, item) => sum + (item.kind === 'clip' ? 1 : item.kind === 'track' ? countClips(item.items) : item.kind === 'stack' ? countClips(item.tracks) : 0), 0);
}

function clipDuration(clip: DocumentClip): Time | null {
  const range = clip.range ?? clip.media.available;
  return range && { value: range.duration, rate: range.rate };
}

function longest(times: readonly (Time | null)[]): Time | null {
  return times.reduce<Time | null>((most, time) => {
    if (!most || !time) return null;
    return BigInt(time.value) * BigInt(time.rate.den) * BigInt(most.rate.num) > BigInt(most.value) * BigInt(most.rate.den) * BigInt(time.rate.num) ? time : most;
  }, nothing);
}
