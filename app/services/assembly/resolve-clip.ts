/** A clip of a timeline with its indexed media as frames of a known source; alone, at another speed, or as a part of a transition. */
import { StringoutError, unflattenError } from '../../base/errors.ts';
import { clipLength, framesRead } from '../../domain/plan/map-clip.ts';
import type { BlendLeg, ResolvedClip } from '../../domain/plan/planned-clip.ts';
import { lengthWithoutMedia, resolveRange, secondsToFrames } from '../../domain/plan/resolve-clip.ts';
import { withHandles } from '../../domain/plan/with-handles.ts';
import { atRate, commonRate, type Rational } from '../../domain/rational.ts';
import type { Source } from '../../domain/source.ts';
import type { Clip, FrameWindow, Retime } from '../../domain/timeline.ts';
import type { IndexedSource } from './index-sources.ts';

export type ClipOptions = {
  readonly rate: Rational;
  readonly handles: number;
  /** What windows and transitions are counted at. */
  readonly timelineRate: Rational;
};

const stillSeconds = 2;

/** Throws what is wrong with its media or range. */
export function resolveClip(clip: Clip, indexed: ReadonlyMap<string, IndexedSource>, options: ClipOptions): ResolvedClip {
  const source = sourceOf(clip, indexed);
  const { rate } = options;
  if (clip.retime) return retimedClip(clip, clip.retime, source, options);
  const resolved = resolveRange(clip, source, rate, secondsToFrames(stillSeconds, rate));
  const range = options.handles > 0 && !clip.window ? withHandles(resolved, source, options.handles, rate) : resolved;
  return { name: clip.name, clip, source, range, frames: range.out - range.in, window: windowAt(clip.window, options), failure: null };
}

/** A clip's part in a transition: what lies beyond its own range is taken from the media as far as they have it. `missing`: frames that they lack. */
export function resolveLeg(clip: Clip, indexed: ReadonlyMap<string, IndexedSource>, options: ClipOptions): { readonly leg: BlendLeg; readonly missing: number } {
  const { rate } = options;
  const leg = resolveClip(clip, indexed, { ...options, handles: 0 });
  const { source, range, window } = leg;
  const length = clipLength(leg, rate);
  if (!source || !range || !window || (window.from >= 0 && window.to <= length)) return { leg, missing: 0 };
  const before = Math.max(0, -window.from);
  const after = Math.max(0, window.to - length);
  if (leg.retime || source.picture?.isStill) return { leg, missing: source.picture?.isStill ? 0 : before + after };
  const inSource = (frames: number): number => Math.ceil((frames * range.rate.num * rate.den) / (range.rate.den * rate.num));
  const wide = withHandles(range, source, inSource(before), rate, inSource(after));
  const head = atRate(range.in - wide.in, range.rate, rate);
  const shifted = { from: window.from + head, to: window.to + head };
  const whole = clipLength({ ...leg, range: wide }, rate);
  return { leg: { ...leg, range: wide, window: shifted }, missing: Math.max(0, -shifted.from) + Math.max(0, shifted.to - whole) };
}

/** Frames of the movie that a clip fills though its media cannot be read; null where that is not known. */
export function lengthOnTimeline(clip: Clip, options: ClipOptions): number | null {
  const window = windowAt(clip.window, options);
  return window ? window.to - window.from : lengthWithoutMedia(clip, options.rate);
}

function sourceOf(clip: Clip, indexed: ReadonlyMap<string, IndexedSource>): Source {
  if (clip.media === '') throw new StringoutError('input.missing', 'has no media: link it, or leave the clip out');
  const entry = indexed.get(clip.media);
  if (!entry) throw new StringoutError('internal', 'was not indexed', { file: clip.media });
  if (entry.error) throw unflattenError(entry.error);
  const { source } = entry;
  if (!source.picture && !source.sound) throw new StringoutError('input.unsupported', 'holds neither picture nor sound', { file: clip.media });
  return source;
}

/** Its range is read for as many frames as its speed takes. */
function retimedClip(clip: Clip, { num, den }: Retime, source: Source, options: ClipOptions): ResolvedClip {
  const { rate } = options;
  const frames = lengthWithoutMedia(clip, rate);
  const from = clip.range?.in;
  if (frames === null || from?.unit !== 'media') throw new StringoutError('range.invalid', 'its speed is changed, and its length is not told: give it a source range');
  // At the rate at which frames of the movie are whole ticks.
  const ticks = commonRate(from.rate, rate);
  const start = atRate(from.value, from.rate, ticks);
  const read = atRate(framesRead({ num, den }, frames), rate, ticks);
  const range = {
    ...clip.range, in: { unit: 'media', value: start, rate: ticks, origin: atRate(from.origin, from.rate, ticks) },
    out: { unit: 'media', value: start + read, rate: ticks, origin: atRate(from.origin, from.rate, ticks) },
  } as const;
  const resolved = resolveRange({ ...clip, range }, source, rate, secondsToFrames(stillSeconds, rate));
  return { name: clip.name, clip, source, range: resolved, frames, window: windowAt(clip.window, options), retime: { num, den, frames }, failure: null };
}

function windowAt(window: FrameWindow | undefined, { timelineRate, rate }: ClipOptions): FrameWindow | null {
  return window ? { from: atRate(window.from, timelineRate, rate), to: atRate(window.to, timelineRate, rate) } : null;
}
