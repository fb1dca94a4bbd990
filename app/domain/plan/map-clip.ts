/** Which source frame stands at each frame of a clip: its range, its speed, and the part of it that is shown. */
import type { Rational } from '../rational.ts';
import type { Picture } from '../source.ts';
import { mapFrames, type FrameMap } from './frame-map.ts';
import type { ResolvedClip } from './planned-clip.ts';
import type { SourceRange } from './source-range.ts';

export function mapClip({ retime, window }: Pick<ResolvedClip, 'retime' | 'window'>, picture: Picture, range: SourceRange, rate: Rational): FrameMap {
  const plain = mapFrames(picture, range, rate);
  const map = retime ? retimed(plain, retime) : plain;
  if (!window) return map;
  const last = Math.max(0, map.ranks.length - 1);
  // Where the media have no frames for a transition their first or last one is held.
  const isInside = window.from >= 0 && window.to <= map.ranks.length;
  const ranks = isInside ? map.ranks.subarray(window.from, window.to)
    : Uint32Array.from({ length: window.to - window.from }, (_, i) => map.ranks[Math.max(0, Math.min(last, window.from + i))] ?? 0);
  return { frames: ranks.length, ranks, isPlain: map.isPlain && isInside };
}

/** Frames of the timeline that a clip fills, its window apart. */
export function clipLength(clip: Pick<ResolvedClip, 'source' | 'range' | 'frames' | 'retime' | 'blend'>, rate: Rational): number {
  const picture = clip.source?.picture;
  if (clip.retime) return clip.retime.frames;
  return picture && clip.range && !clip.blend ? mapFrames(picture, clip.range, rate).frames : clip.frames;
}

/** Frame i shows what the clip at its own speed shows at floor(i x speed); backward it ends where it would have begun. */
function retimed({ ranks }: FrameMap, { num, den, frames }: NonNullable<ResolvedClip['retime']>): FrameMap {
  const speed = Math.abs(num);
  const at = (i: number): number => ranks[Math.min(ranks.length - 1, Math.floor(((num < 0 ? frames - 1 - i : i) * speed) / den))] ?? 0;
  return { frames, ranks: Uint32Array.from({ length: frames }, (_, i) => at(i)), isPlain: false };
}

/** Frames at its own speed that a retimed clip reads. */
export function framesRead({ num, den }: { readonly num: number; readonly den: number }, frames: number): number {
  return Math.floor(((frames - 1) * Math.abs(num)) / den) + 1;
}
