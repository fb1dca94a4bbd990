/**
 * The names of shots as subtitles, each over the time in which it is seen: SubRip, and WebVTT, which players take for chapters too. Times are
 * whole milliseconds rounded down, so that one ends where the next begins.
 */
import { scaleFloor, type Rational } from '../../domain/rational.ts';
import type { TimelineDocument, WrittenDocument } from '../document.ts';
import { listShots } from './list-shots.ts';
import { visibleShots } from './visible-shots.ts';

export type SubtitleFormat = 'srt' | 'vtt';

/** Time 0 is the first frame of the timeline. */
export function writeSubtitles(document: TimelineDocument, format: SubtitleFormat): WrittenDocument {
  const { shots, rate, losses } = listShots(document);
  const cues = visibleShots(shots).map(({ shot, start, end }) => ({ text: shot.name, from: milliseconds(start, rate), to: milliseconds(end, rate) })).filter(({ from, to }) => to > from);
  const blocks = cues.map(({ text, from, to }, i) => `${i + 1}\n${clockTime(from, format)} --> ${clockTime(to, format)}\n${cueText(text, format)}\n`);
  return { text: (format === 'vtt' ? ['WEBVTT\n', ...blocks] : blocks).join('\n'), losses: losses.list() };
}

function milliseconds(frame: number, rate: Rational): number {
  return scaleFloor(frame, 1000 * rate.den, rate.num);
}

/** SubRip's comma, WebVTT's point. */
function clockTime(time: number, format: SubtitleFormat): string {
  const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
  const seconds = Math.floor(time / 1000);
  return `${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}${format === 'srt' ? ',' : '.'}${padded(time % 1000, 3)}`;
}

/** One line, never empty, which would end the cue; SubRip has no escapes, and takes what looks like an arrow for a time. */
function cueText(text: string, format: SubtitleFormat): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ').trim() || 'unnamed';
  return format === 'srt' ? line.replaceAll('-->', '->') : line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
