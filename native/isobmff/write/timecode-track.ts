/** The tmcd track (QTFF, "Timecode Media"): one sample, the number of the first frame. */
import type { Movie } from '../../../app/domain/movie.ts';
import { nominalRate } from '../../../app/domain/timecode.ts';
import { box, concat, fourCc, fullBox, u16, u32, u8, zeros, type Bytes } from './boxes.ts';

export type MovieTimecode = NonNullable<Movie['timecode']>;

export function timecodeSample(timecode: MovieTimecode): Bytes {
  return u32(timecode.frame);
}

/** Flags: 1 drop-frame, 2 wraps at 24 hours. */
export function timecodeEntry(timecode: MovieTimecode): Bytes {
  const { rate, dropFrame, reel } = timecode;
  return box('tmcd', zeros(6), u16(1), u32(0, (dropFrame ? 1 : 0) | 2, rate.num, rate.den), u8(Math.min(255, nominalRate(rate)), 0), reelName(reel));
}

function reelName(reel: string): Bytes {
  if (reel === '') return new Uint8Array(0);
  const text = Buffer.from(reel, 'utf8');
  return box('name', u16(text.length, 0x55c4), text);
}

/** ISO files say only that there is no media header of a known kind. */
export function timecodeMediaHeader(isQuickTime: boolean): Bytes {
  if (!isQuickTime) return fullBox('nmhd', 0, 0);
  const font = Buffer.from('Courier New', 'latin1');
  const information = fullBox('tcmi', 0, 0, u16(0, 0, 12, 0), u16(0, 0, 0), u16(0xffff, 0xffff, 0xffff), concat([u8(font.length), font]));
  const generic = fullBox('gmin', 0, 0, u16(0x40, 0x8000, 0x8000, 0x8000, 0, 0));
  return box('gmhd', generic, concat([u32(information.length + 8), fourCc('tmcd'), information]));
}
