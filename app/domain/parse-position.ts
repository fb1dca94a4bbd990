/** Places in media as people write them: `48` (frames), `2.5s` (seconds), `00:00:02:00` (timecode). */
import type { SourcePosition } from './timeline.ts';

/** Null where the text is none of them. */
export function parsePosition(text: string): SourcePosition | null {
  const value = text.trim();
  if (/^-?\d{1,12}$/.test(value)) return { unit: 'frames', value: Number(value) };
  const seconds = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?\s*s$/.exec(value);
  if (seconds) {
    const digits = seconds[3] ?? '';
    const number = Number(`${seconds[2] ?? '0'}${digits}`);
    return { unit: 'seconds', value: seconds[1] ? -number : number, digits: digits.length };
  }
  return /^-?\d{1,4}:\d{2}:\d{2}[:;,.]\d{2,3}$/.test(value) ? { unit: 'timecode', text: value } : null;
}
