/** A part of the timeline: `--range`. */
import { StringoutError } from '../../base/errors.ts';
import type { Rational } from '../rational.ts';
import { clipLength } from './map-clip.ts';
import type { ResolvedClip } from './planned-clip.ts';

/** Frames [from, to) of the timeline. Throws `range.invalid` where it holds no frame or ends past the timeline. */
export function trimTimeline(clips: readonly ResolvedClip[], rate: Rational, from: number, to: number): ResolvedClip[] {
  if (from < 0 || to <= from) throw new StringoutError('range.invalid', `the range ${from}..${to} of the timeline holds no frame: out is exclusive and must be after in`);
  const trimmed: ResolvedClip[] = [];
  let at = 0;
  for (const clip of clips) {
    const first = clip.window?.from ?? 0;
    const frames = clip.window ? clip.window.to - first : clipLength(clip, rate);
    const window = { from: Math.max(0, from - at), to: Math.min(frames, to - at) };
    if (window.to > window.from) trimmed.push({ ...clip, window: { from: first + window.from, to: first + window.to } });
    at += frames;
  }
  if (to > at) throw new StringoutError('range.invalid', `the range ${from}..${to} ends past the timeline: it has ${at} frames`);
  return trimmed;
}
