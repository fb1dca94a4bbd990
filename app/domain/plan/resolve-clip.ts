/** From a clip as listed to whole frames of its source: every unit of a list ends here, and so does every bad range. */
import { StringoutError, type ErrorPlace } from '../../base/errors.ts';
import { rational, scaleRound, type Rational } from '../rational.ts';
import { sourceFrames, type Source } from '../source.ts';
import { parseTimecode } from '../timecode.ts';
import type { Clip, ClipRange, SourcePosition } from '../timeline.ts';
import { timecodeRange, timecodeToFrame, type Counted } from './label-position.ts';
import { isMediaRange, mediaLength, resolveMediaRange } from './media-range.ts';
import { checkEnds, type SourceRange } from './source-range.ts';

/**
 * Frames of the clip's source that it uses. A still has no length of its own: `stillFrames` at `timelineRate` is used.
 * Throws `range.invalid` naming file, line and clip for empty, backward, negative ranges and those past the end.
 */
export function resolveRange(clip: Clip, source: Source, timelineRate: Rational, stillFrames: number): SourceRange {
  const place: ErrorPlace = { file: clip.media, clip: clip.name, ...(clip.line === null ? {} : { line: clip.line }) };
  const picture = source.picture;
  const rate = picture && !picture.isStill ? picture.rate : timelineRate;
  if (picture?.isStill) return resolveStill(clip, rate, stillFrames, place);

  const length = nominalLength(source, rate);
  if (length < 1) throw new StringoutError('range.invalid', 'has not one whole frame', place);
  if (!clip.range) return { in: 0, out: length, rate };
  const counted: Counted = { source, rate, length };
  if (isMediaRange(clip.range)) return resolveMediaRange(clip.range, counted, timelineRate, place);
  const [from, to] = bothEnds(clip.range, counted, place);
  checkEnds(from, to, length, place);
  return { in: from, out: to, rate };
}

/**
 * The length that a clip whose media cannot be read has on the timeline, in frames at `timelineRate`, or null where it is not told.
 * Without the media only a range with both ends in one plain unit tells it; zero is the same in all but timecodes.
 */
export function lengthWithoutMedia(clip: Clip, timelineRate: Rational): number | null {
  const length = clip.range ? rangeLength(clip.range, timelineRate) : null;
  return length === null || length <= 0 ? null : length;
}

/** Length of a source in frames at its nominal rate; for variable rates by time, for sound alone rounded down. */
export function nominalLength(source: Source, rate: Rational): number {
  const picture = source.picture;
  if (!picture) {
    const sound = source.sound;
    if (!sound) return 0;
    const heard = sound.length - Math.max(0, Math.round(sound.start / sound.startDen));
    return Math.floor((heard * rate.num) / (sound.format.sampleRate * rate.den));
  }
  const count = sourceFrames(source);
  if (!picture.times || count < 2) return count;
  const last = picture.times[count - 1] ?? 0;
  return scaleRound(last, picture.rate.num, picture.rate.den * picture.timescale) + 1;
}

function resolveStill(clip: Clip, rate: Rational, stillFrames: number, place: ErrorPlace): SourceRange {
  if (!clip.range?.out) return { in: 0, out: stillFrames, rate };
  if (isMediaRange(clip.range)) {
    const frames = mediaLength(clip.range, rate) ?? stillFrames;
    checkEnds(0, frames, Infinity, place);
    return { in: 0, out: frames, rate };
  }
  const from = absoluteFrames(clip.range.in, rate) ?? 0;
  const to = absoluteFrames(clip.range.out, rate) ?? stillFrames;
  checkEnds(from, to, Infinity, place);
  return { in: 0, out: to - from, rate };
}

function rangeLength(range: ClipRange, rate: Rational): number | null {
  if (isMediaRange(range)) return mediaLength(range, rate);
  if (!range.out) return null;
  const isFromZero = range.in.unit !== 'timecode' && range.in.value === 0 && range.out.unit !== 'timecode';
  if (!isFromZero && range.in.unit !== range.out.unit) return null;
  const from = absoluteFrames(range.in, rate);
  const to = absoluteFrames(range.out, rate);
  return from === null || to === null ? null : to - from;
}

function bothEnds(range: ClipRange, counted: Counted, place: ErrorPlace): readonly [number, number] {
  const { in: from, out: to } = range;
  const timecodes = from.unit === 'timecode' && to?.unit === 'timecode' ? timecodeRange(from.text, to.text, counted) : null;
  if (timecodes) return timecodes;
  return [positionToFrame(from, counted, place), to === null ? counted.length : positionToFrame(to, counted, place)];
}

function positionToFrame(position: SourcePosition, counted: Counted, place: ErrorPlace): number {
  if (position.unit === 'timecode') return timecodeToFrame(position.text, counted, place);
  return absoluteFrames(position, counted.rate) ?? 0;
}

function absoluteFrames(position: SourcePosition, rate: Rational): number | null {
  switch (position.unit) {
    case 'frames':
      return position.value;
    case 'seconds':
      return scaleRound(position.value, rate.num, rate.den * 10 ** position.digits);
    case 'timecode':
      return parseTimecode(position.text, rate);
    case 'media':
      return scaleRound(position.value - position.origin, rate.num * position.rate.den, rate.den * position.rate.num);
  }
}

/** A place on the timeline: a timecode is its own label from `start` on, the rest counts from its first frame. Null: no timecode at that rate. */
export function positionOnTimeline(position: SourcePosition, rate: Rational, start: { readonly frame: number; readonly dropFrame: boolean }): number | null {
  if (position.unit !== 'timecode') return absoluteFrames(position, rate);
  const label = parseTimecode(position.text, rate, start.dropFrame);
  return label === null ? null : label - start.frame;
}

/** `seconds` (a decimal) in whole frames at `rate`, at least one. */
export function secondsToFrames(seconds: number, rate: Rational): number {
  return Math.max(1, scaleRound(Math.round(seconds * 1000), rate.num, rate.den * 1000));
}

export const defaultRate: Rational = rational(25);
