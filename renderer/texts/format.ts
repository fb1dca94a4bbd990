/** Values as people read them: sizes, lengths of time, dates, rates. */
import { formatTimecode } from '../../app/domain/timecode.ts';
import { rationalToNumber, type Rational } from '../../app/domain/rational.ts';
import { text } from './text.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** "1.2 GB", in powers of 1000 as disks are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** "4 s", "2 min 10 s", "1 h 20 min"; for what is yet to come, so never "0 s". */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return text('time.seconds', { seconds: whole });
  if (whole < 3600) return whole % 60 === 0 ? text('time.minutes', { minutes: whole / 60 }) : text('time.minutesSeconds', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  return text('time.hoursMinutes', { hours: Math.floor(whole / 3600), minutes: Math.floor((whole % 3600) / 60) });
}

/** Frames as "00:12:05" of minutes, seconds, frames; hours where there are any. */
export function formatLength(frames: number, rate: Rational): string {
  const label = formatTimecode(frames, rate);
  return label.startsWith('00:') ? label.slice(3) : label;
}

const dates = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });

/** "2026-11-25 05:47" in local time; "" for what is no date. */
export function formatDate(date: string | number | null): string {
  if (date === null) return '';
  const time = new Date(date);
  if (Number.isNaN(time.getTime())) return '';
  const parts = Object.fromEntries(dates.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}`;
}

/** "23.976", "25". */
export function formatRate(rate: Rational): string {
  return String(Math.round(rationalToNumber(rate) * 1000) / 1000);
}

/** The last part of a path of any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
