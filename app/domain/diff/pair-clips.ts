/** Which clip of the old cut became which of the new one: the most alike first, each once. */
import { nominalRate } from '../timecode.ts';
import { atRate, type Rational } from '../rational.ts';
import type { MediaRange } from '../relink/model.ts';
import type { CutClip } from './model.ts';
import { callOf, isSameMedia, sharedCodes, tokensOf, type ClipCall } from './same-media.ts';

export type ClipPair = { readonly before: CutClip; readonly after: CutClip; readonly isSameMedia: boolean };

type Called = { readonly clip: CutClip; readonly call: ClipCall; readonly tokens: readonly string[] };
type Match = { readonly before: Called; readonly after: Called; readonly isSameMedia: boolean; readonly overlap: number; readonly distance: number };

export function pairClips(old: readonly CutClip[], now: readonly CutClip[]): ClipPair[] {
  const pairs: ClipPair[] = [];
  const before = new Set(old.map(called));
  const after = new Set(now.map(called));
  const [oldShots, newShots] = [singleShots(before), singleShots(after)];
  const take = (a: Called, b: Called, same: boolean): void => {
    before.delete(a);
    after.delete(b);
    pairs.push({ before: a.clip, after: b.clip, isSameMedia: same });
  };
  // The same frames at the same place; then the same frames elsewhere, in their order.
  for (const key of [placeKey, rangeKey]) {
    const waiting = Map.groupBy(inOrder(before), key);
    for (const b of inOrder(after)) {
      const a = waiting.get(key(b))?.shift();
      if (a) take(a, b, true);
    }
  }
  for (const { before: a, after: b, isSameMedia: same } of likely(before, after, (code) => oldShots.has(code) && newShots.has(code))) if (before.has(a) && after.has(b)) take(a, b, same);
  return pairs;
}

function called(clip: CutClip): Called {
  const call = callOf(clip);
  return { clip, call, tokens: tokensOf(call) };
}

/** Shots that a cut shows once: names of takes that are cut up tell no clip from another. By kind and code. */
function singleShots(clips: ReadonlySet<Called>): Set<string> {
  const counts = new Map<string, number>();
  for (const { clip, call } of clips) for (const code of call.codes) counts.set(`${clip.kind} ${code}`, (counts.get(`${clip.kind} ${code}`) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count === 1).map(([key]) => key));
}

/** Clips that overlap in the same media, the most first; then in other media of the same shot; then the same shot in another part. */
function likely(before: ReadonlySet<Called>, after: ReadonlySet<Called>, isSingle: (shot: string) => boolean): Match[] {
  const byToken = new Map<string, Called[]>();
  for (const a of before) for (const token of a.tokens) byToken.set(token, [...byToken.get(token) ?? [], a]);
  const matches: Match[] = [];
  for (const b of after) {
    const near = new Set(b.tokens.flatMap((token) => byToken.get(token) ?? []));
    const hasSingle = [...b.call.codes].some((code) => isSingle(`${b.clip.kind} ${code}`));
    for (const a of near) {
      const frames = overlapOf(...rangesOf(a.clip, b.clip));
      if (a.clip.kind !== b.clip.kind || (frames === 0 && !hasSingle)) continue;
      const same = isSameMedia(a.call, b.call);
      const codes = sharedCodes(a.call, b.call);
      const overlap = same || codes.length > 0 ? frames : 0;
      if (overlap > 0 || codes.some((code) => isSingle(`${a.clip.kind} ${code}`))) matches.push({ before: a, after: b, isSameMedia: same, overlap, distance: Math.abs(a.clip.start - b.clip.start) });
    }
  }
  return matches.toSorted((x, y) => Number(y.isSameMedia) - Number(x.isSameMedia) || y.overlap - x.overlap || x.distance - y.distance);
}

/** Frames that both read; of media that are shown whole, all. */
function overlapOf(a: MediaRange | null, b: MediaRange | null): number {
  if (!a || !b) return a?.duration ?? b?.duration ?? 1;
  const from = countAt(a.start, a.rate, b.rate);
  return Math.max(0, Math.min(countAt(a.start + a.duration, a.rate, b.rate), b.start + b.duration) - Math.max(from, b.start));
}

/**
 * The ranges of the same media in two cuts. Where one counts from the media's timecode and the other from their first frame, as the media's own
 * starts tell, both are counted from there.
 */
export function rangesOf(old: CutClip, now: CutClip): readonly [MediaRange | null, MediaRange | null] {
  const [a, b] = [old.available, now.available];
  const isOtherClock = a !== null && b !== null && (a.start === 0) !== (b.start === 0) && countAt(a.duration, a.rate, b.rate) === b.duration;
  return isOtherClock ? [fromStart(old.range, a), fromStart(now.range, b)] : [old.range, now.range];
}

function fromStart(range: MediaRange | null, available: MediaRange): MediaRange | null {
  return range && { ...range, start: range.start - countAt(available.start, available.rate, range.rate) };
}

/** 24 and 23.976 count the same frames; others are the same time. */
export function countAt(frames: number, from: Rational, to: Rational): number {
  return nominalRate(from) === nominalRate(to) ? frames : atRate(frames, from, to);
}

function placeKey(each: Called): string {
  const { track, start, length } = each.clip;
  return `${track} ${start} ${length} ${rangeKey(each)}`;
}

function rangeKey({ clip: { kind, range, speed, content }, call: { stems, reel, name } }: Called): string {
  const frames = range && [range.start, range.duration, nominalRate(range.rate)];
  return JSON.stringify([kind, frames, speed.num, speed.den, content, [...stems], reel, name]);
}

function inOrder(clips: ReadonlySet<Called>): Called[] {
  return [...clips].toSorted((a, b) => a.clip.track - b.clip.track || a.clip.start - b.clip.start);
}
