/** What became of each shot between two cuts. */
import type { Rational } from '../rational.ts';
import type { ChangeState, ClipChange, CutClip } from './model.ts';
import { countAt, pairClips, rangesOf, type ClipPair } from './pair-clips.ts';
import { movedPairs } from './pushed.ts';
import { callOf } from './same-media.ts';

export type Cut = { readonly rate: Rational; readonly clips: readonly CutClip[] };

/**
 * By track and place in the new cut, what was omitted at its old place; pictures first. `handles`: frames that exist beyond the old cut's ranges; null:
 * what the old media hold, where the cut tells, else as many as are wanted.
 */
export function diffCuts(old: Cut, now: Cut, handles: number | null = null): ClipChange[] {
  const scale = (frames: number): number => countAt(frames, old.rate, now.rate);
  const pairs = pairClips(old.clips, now.clips);
  const moved = movedPairs(pairs, old.clips, now.clips, scale);
  const befores = new Set(pairs.map(({ before }) => before));
  const afters = new Set(pairs.map(({ after }) => after));
  const changes = [
    ...pairs.map((pair) => describePair(pair, moved.has(pair), pair.after.start - scale(pair.before.start), handles)),
    ...now.clips.filter((clip) => !afters.has(clip)).map((clip) => describeNew(clip)),
    ...old.clips.filter((clip) => !befores.has(clip)).map((clip) => describeGone(clip)),
  ];
  const placeOf = ({ before, after }: ClipChange): readonly [kind: number, track: number, start: number, isGone: number] => {
    const clip = after ?? before;
    return [clip?.kind === 'sound' ? 1 : 0, clip?.track ?? 0, after?.start ?? scale(before?.start ?? 0), after ? 1 : 0];
  };
  return changes.map((change) => ({ change, place: placeOf(change) }))
    .toSorted(({ place: a }, { place: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]).map(({ change }) => change);
}

function describePair({ before, after, isSameMedia }: ClipPair, isMoved: boolean, shift: number, handles: number | null): ClipChange {
  const { head, tail } = growth(before, after);
  const change = (state: ChangeState, reason: string): ClipChange => ({ state, before, after, head, tail, shift, reason });
  if (before.isEnabled && !after.isEnabled) return change('omitted', 'it is there, and disabled');
  if (!before.isEnabled && after.isEnabled) return change('reinstated', 'it was disabled');
  if (!isSameMedia) return change('rescan', `other media: ${called(before)} became ${called(after)}`);
  if (before.content !== after.content) return change('rescan', 'what is nested in it changed');
  const speeds = isSameSpeed(before, after) ? '' : `, speed ${percent(before)} became ${percent(after)}`;
  const ends = [head === 0 ? '' : `head ${signed(head)}`, tail === 0 ? '' : `tail ${signed(tail)}`].filter((text) => text !== '').join(', ');
  const length = after.range?.duration ?? 0;
  if (Math.max(head, tail) >= length && length > 0) return change('rescan', `another part: ${ends}${speeds}`);
  const lacking = head > 0 || tail > 0 ? lackingFrames(before, after, { head, tail }, handles) : 0;
  if (lacking > 0) return change('rescan', `${ends}${speeds}: ${lacking} frames lie outside the old media`);
  if (head + tail === 0 && head !== 0) return change('extended', `slipped: ${ends}${speeds}`);
  if (head > 0 || tail > 0) return change('extended', `${ends}${speeds}`);
  if (head < 0 || tail < 0) return change('trimmed', `${ends}${speeds}`);
  if (speeds !== '') return change('rescan', speeds.slice(2));
  const isOtherTrack = before.track !== after.track;
  if (isMoved) return change('moved', isOtherTrack ? `to track ${after.track + 1}` : `by ${signed(shift)} frames`);
  return change('unchanged', shift === 0 ? 'as it was' : `as it was, pushed by ${signed(shift)} frames`);
}

function describeNew(after: CutClip): ClipChange {
  const isLinked = hasName(after);
  const [state, reason] = !isLinked ? ['noLink', 'it names nothing that it could be told by'] as const
    : after.isEnabled ? ['new', 'the old cut does not have it'] as const : ['unchanged', 'it came in disabled'] as const;
  return { state, before: null, after, head: 0, tail: 0, shift: 0, reason };
}

function describeGone(before: CutClip): ClipChange {
  const [state, reason] = !hasName(before) ? ['noLink', 'it named nothing that it could be told by'] as const
    : before.isEnabled ? ['omitted', 'the new cut does not have it'] as const : ['unchanged', 'it was disabled, and is gone'] as const;
  return { state, before, after: null, head: 0, tail: 0, shift: 0, reason };
}

function hasName(clip: CutClip): boolean {
  const { stems, reel, name } = callOf(clip);
  return stems.size > 0 || reel !== '' || name !== '';
}

/** Frames gained at each end, at the new clip's rate. */
function growth(old: CutClip, now: CutClip): { readonly head: number; readonly tail: number } {
  const [before, after] = rangesOf(old, now);
  if (!before || !after) return { head: 0, tail: 0 };
  const head = countAt(before.start, before.rate, after.rate) - after.start;
  const tail = after.start + after.duration - countAt(before.start + before.duration, before.rate, after.rate);
  // Formats round speeds, and with them where a retimed clip begins and ends.
  const isRounded = isSameSpeed(old, now) && !isPlain(now) && old.length === now.length && Math.abs(head) <= 1 && Math.abs(tail) <= 1;
  return isRounded ? { head: 0, tail: 0 } : { head, tail };
}

/** How many frames of the new clip the old material does not hold. */
function lackingFrames(before: CutClip, after: CutClip, { head, tail }: { readonly head: number; readonly tail: number }, handles: number | null): number {
  const { range: old, available } = before;
  if (!old || !after.range) return 0;
  if (handles !== null) return Math.max(0, head - handles) + Math.max(0, tail - handles);
  if (!available) return 0;
  const { rate } = after.range;
  const spareHead = countAt(old.start - countAt(available.start, available.rate, old.rate), old.rate, rate);
  const spareTail = countAt(countAt(available.start + available.duration, available.rate, old.rate) - old.start - old.duration, old.rate, rate);
  return Math.max(0, head - Math.max(0, spareHead)) + Math.max(0, tail - Math.max(0, spareTail));
}

/** To less than half a frame over the clip. */
function isSameSpeed({ speed: a, length }: CutClip, { speed: b }: CutClip): boolean {
  return Math.abs(a.num / a.den - b.num / b.den) * length < 0.5 && Math.sign(a.num) === Math.sign(b.num);
}

function isPlain({ speed }: CutClip): boolean {
  return speed.num === speed.den;
}

function percent({ speed }: CutClip): string {
  return `${Math.round((speed.num * 1000) / speed.den) / 10} %`;
}

function called({ address, fileNames, reel, name }: CutClip): string {
  return JSON.stringify((address || fileNames[0] || reel || name).split(/[\\/]/).at(-1));
}

function signed(frames: number): string {
  return frames > 0 ? `+${frames}` : String(frames);
}
