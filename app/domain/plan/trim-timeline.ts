/** A part of the timeline: `--range`. */
import { StringoutError } from '../../base/errors.ts';
import type { Rational } from '../rational.ts';
import { mapFrames } from './frame-map.ts';
import type { ResolvedClip } from './planned-clip.ts';

/** Frames [from, to) of the timeline. Throws `range.invalid` where it holds no frame or ends past the timeline. */
export function trimTimeline(clips: readonly ResolvedClip[], rate: Rational, from: number, to: number): ResolvedClip[] {
  if (from < 0 || to <= from) throw new StringoutError('range.invalid', `the range ${from}..${to} of the timeline holds no frame: out is exclusive and must be after in`);
  const trimmed: ResolvedClip[] = [];
  let at = 0;
  for (const clip of clips) {
    const frames = clipFrames(clip, rate);
    const window = { from: Math.max(0, from - at), to: Math.min(frames, to - at) };
    if (window.to > window.from) trimmed.push({ ...clip, window });
    at += frames;
  }
  if (to > at) throw new StringoutError('range.invalid', `the range ${from}..${to} ends past the timeline: it has ${at} frames`);
  return trimmed;
}

function clipFrames(clip: ResolvedClip, rate: Rational): number {
  const picture = clip.source?.picture;
  return picture && clip.range ? mapFrames(picture, clip.range, rate).frames : clip.frames;
}
