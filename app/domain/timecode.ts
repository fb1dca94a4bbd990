/**
 * SMPTE timecode: a label, not a time. It counts at the nominal rate (23.976 counts as 24); drop-frame skips labels, never frames
 * (SMPTE ST 12-1, 5.2.2): 2 a minute at 29.97, 4 at 59.94, 8 at 119.88, but none in every tenth minute.
 */
import type { Rational } from './rational.ts';

/** Labels a second: 24 for 24000/1001. */
export function nominalRate(rate: Rational): number {
  return Math.ceil(rate.num / rate.den);
}

/** Labels that drop-frame skips a minute, 0 for rates that have no drop-frame. */
export function droppedLabels(nominal: number): number {
  return nominal % 30 === 0 ? nominal / 15 : 0;
}

/**
 * The frame that a label names, counted from 00:00:00:00, or null where it is no label at that rate (a frame field too high, a label
 * that drop-frame skips, drop-frame at 24 or 25). `;`, `,` or `.` before the frames means drop-frame; `:` does not, unless `dropFrame` says
 * that the labels at hand are drop-frame anyway, as some editors write them.
 */
export function parseTimecode(text: string, rate: Rational, dropFrame = false): number | null {
  const match = /^(-?)(\d{1,4}):(\d{2}):(\d{2})([:;,.])(\d{2,3})$/.exec(text.trim());
  if (!match) return null;
  const [, sign, hours, minutes, seconds, separator, frames] = match;
  const nominal = nominalRate(rate);
  const drop = droppedLabels(nominal);
  const isDrop = separator !== ':' || (dropFrame && drop > 0);
  const h = Number(hours);
  const m = Number(minutes);
  const s = Number(seconds);
  const f = Number(frames);
  if (m > 59 || s > 59 || f >= nominal) return null;
  if (isDrop && drop === 0) return null;
  if (isDrop && s === 0 && f < drop && m % 10 !== 0) return null;
  const minute = h * 60 + m;
  const skipped = isDrop ? drop * (minute - Math.floor(minute / 10)) : 0;
  const frame = (minute * 60 + s) * nominal + f - skipped;
  return sign === '-' ? -frame : frame;
}

/** The label of a frame counted from 00:00:00:00; hours may pass 24. */
export function formatTimecode(frame: number, rate: Rational, dropFrame = false): string {
  const nominal = nominalRate(rate);
  const drop = dropFrame ? droppedLabels(nominal) : 0;
  let label = Math.abs(frame);
  if (drop > 0) {
    const tenMinutes = nominal * 600 - drop * 9;
    const minute = nominal * 60 - drop;
    const tens = Math.floor(label / tenMinutes);
    const rest = label % tenMinutes;
    // The first minute of ten has all its labels.
    label += drop * 9 * tens + (rest < nominal * 60 ? 0 : drop * (1 + Math.floor((rest - nominal * 60) / minute)));
  }
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(label / nominal);
  return `${frame < 0 ? '-' : ''}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${drop > 0 ? ';' : ':'}`
    + two(label % nominal);
}

/** The same label counted at another rate: hours, minutes and seconds stay, the frames within the second are scaled. */
export function countLabelAt(label: { readonly frame: number; readonly rate: Rational; readonly dropFrame: boolean }, rate: Rational): { frame: number; dropFrame: boolean } {
  const from = nominalRate(label.rate);
  const to = nominalRate(rate);
  const dropFrame = label.dropFrame && droppedLabels(to) > 0;
  if (from === to) return { frame: label.frame, dropFrame };
  const fields = formatTimecode(label.frame, label.rate, label.dropFrame).split(/[:;]/).map(Number);
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = fields.map(Math.abs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const text = `${two(hours)}:${two(minutes)}:${two(seconds)}:${two(Math.floor((frames * to) / from))}`;
  const count = parseTimecode(text, rate, dropFrame) ?? ((hours * 60 + minutes) * 60 + seconds) * to;
  return { frame: label.frame < 0 ? -count : count, dropFrame };
}
