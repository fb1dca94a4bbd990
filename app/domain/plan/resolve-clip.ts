/** From a clip as listed to whole frames of its source: every unit of a list ends here, and so does every bad range. */
import { StringoutError, type ErrorPlace } from '../../base/errors.ts';
import { rational, scaleRound, type Rational } from '../rational.ts';
import { sourceFrames, type Source } from '../source.ts';
import { parseTimecode } from '../timecode.ts';
import type { Clip, SourcePosition } from '../timeline.ts';

/** [in, out) in frames at `rate`: the source's own rate, or the timeline's for sound without picture. */
export type SourceRange = { readonly in: number; readonly out: number; readonly rate: Rational };

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
  const from = positionToFrame(clip.range.in, source, rate, length, place);
  const to = clip.range.out === null ? length : positionToFrame(clip.range.out, source, rate, length, place);
  checkRange(from, to, place);
  if (to > length) {
    throw new StringoutError('range.invalid', `the range ${from}..${to} ends past the file's last frame: it has ${length} frames`, place);
  }
  return { in: from, out: to, rate };
}

/**
 * The length that a clip whose media cannot be read has on the timeline, in frames at `timelineRate`, or null where it is not told.
 * Without the media only a range with both ends in one plain unit tells it.
 */
export function lengthWithoutMedia(clip: Clip, timelineRate: Rational): number | null {
  const range = clip.range;
  if (!range?.out || range.in.unit !== range.out.unit) return null;
  const from = absoluteFrames(range.in, timelineRate);
  const to = absoluteFrames(range.out, timelineRate);
  return from === null || to === null || to <= from ? null : to - from;
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
  const from = absoluteFrames(clip.range.in, rate) ?? 0;
  const to = absoluteFrames(clip.range.out, rate) ?? stillFrames;
  checkRange(from, to, place);
  return { in: 0, out: to - from, rate };
}

function checkRange(from: number, to: number, place: ErrorPlace): void {
  if (from < 0) throw new StringoutError('range.invalid', `the range begins ${-from} frames before the file does`, place);
  if (to === from) throw new StringoutError('range.invalid', `the range ${from}..${to} holds no frame: out is exclusive and must be after in`, place);
  if (to < from) throw new StringoutError('range.invalid', `the range runs backward: out ${to} lies before in ${from}`, place);
}

function positionToFrame(position: SourcePosition, source: Source, rate: Rational, length: number, place: ErrorPlace): number {
  switch (position.unit) {
    case 'frames':
      return position.value;
    case 'seconds':
      return scaleRound(position.value, rate.num, rate.den * 10 ** position.digits);
    case 'timecode':
      return timecodeToFrame(position.text, source, rate, length, place);
    case 'media':
      return mediaToFrame(position.value, position.rate, position.origin, source, rate, length);
  }
}

/** The file's own label where it lies in the file's range (its end included, for out points), else an offset from zero. */
function timecodeToFrame(text: string, source: Source, rate: Rational, length: number, place: ErrorPlace): number {
  const own = source.timecode;
  if (own) {
    const label = parseTimecode(text, rate, own.dropFrame);
    if (label !== null) {
      const frame = label - own.frame;
      if (frame >= 0 && frame <= length) return frame;
    }
  }
  const offset = parseTimecode(text, rate);
  if (offset === null) {
    throw new StringoutError('list.invalid', `"${text}" is no timecode at ${rate.num}/${rate.den} frames a second`, place);
  }
  if (offset > length) {
    throw new StringoutError('range.invalid', `the timecode ${text} lies neither in the file's own timecode nor within its ${length} frames`, place);
  }
  return offset;
}

/** OTIO counts on the media's clock: from its available range, else from its timecode where the value only fits there. */
function mediaToFrame(value: number, rate: Rational, origin: number, source: Source, sourceRate: Rational, length: number): number {
  const toSource = (frames: number): number => scaleRound(frames, sourceRate.num * rate.den, sourceRate.den * rate.num);
  const frame = toSource(value - origin);
  if (origin === 0 && source.timecode && frame > length) {
    const labelled = frame - source.timecode.frame;
    if (labelled >= 0 && labelled <= length) return labelled;
  }
  return frame;
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
