/** The boxes around a sample table: trak, tkhd, edts, mdia, minf. QuickTime's header handlers differ from ISO's (QTFF, "Media Atoms"). */
import type { Rational } from '../../../app/domain/rational.ts';
import { box, concat, fourCc, fullBox, largeBox, u16, u32, u64s, u8, zeros, type Bytes, type Pieces } from './boxes.ts';

export type Track = {
  readonly id: number;
  readonly handler: 'vide' | 'soun' | 'tmcd' | 'text';
  readonly mediaTimescale: number;
  /** In media units. */
  readonly mediaDuration: number;
  /** What is shown, in movie units. */
  readonly duration: number;
  /** Media time at which the edit begins. */
  readonly mediaTime: number;
  readonly width: number;
  readonly height: number;
  readonly sar: Rational;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly isEnabled: boolean;
  /** Media header boxes (vmhd, smhd, gmhd). */
  readonly mediaHeader: Bytes;
  /** Boxes of stbl in order. */
  readonly sampleTable: readonly Bytes[];
  /** tref and the like. */
  readonly extra: readonly Bytes[];
};

const handlerNames = { vide: 'VideoHandler', soun: 'SoundHandler', tmcd: 'TimeCodeHandler', text: 'ChapterHandler' } as const;

/** 16.16 and 2.30 fixed point; clockwise rotation about the picture's top left, moved back into view. */
function matrix(track: Track, width: number): Bytes {
  const one = 0x10000;
  const w = width * one;
  const h = track.height * one;
  switch (track.rotation) {
    case 90: return u32(0, one, 0, -one, 0, 0, h, 0, 0x40000000);
    case 180: return u32(-one, 0, 0, 0, -one, 0, w, h, 0x40000000);
    case 270: return u32(0, -one, 0, one, 0, 0, 0, w, 0x40000000);
    default: return u32(one, 0, 0, 0, one, 0, 0, 0, 0x40000000);
  }
}

export const identityMatrix = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

export function trackBox(track: Track, isQuickTime: boolean): Pieces {
  const shownWidth = Math.round((track.width * track.sar.num) / track.sar.den);
  const isLong = track.duration > 0xffffffff;
  const times = isLong ? concat([u64s([0, 0]), u32(track.id, 0), u64s([track.duration])]) : u32(0, 0, track.id, 0, track.duration);
  const flags = track.isEnabled ? 3 : 2;
  return largeBox('trak',
    fullBox('tkhd', isLong ? 1 : 0, flags, times, zeros(8), u16(0, track.handler === 'soun' ? 1 : 0, track.handler === 'soun' ? 0x100 : 0, 0),
      matrix(track, shownWidth), u32(shownWidth * 0x10000, track.height * 0x10000)),
    box('edts', editList(track)),
    ...track.extra,
    largeBox('mdia', mediaHeaderBox(track), handlerBox(track.handler, isQuickTime), largeBox('minf',
      track.mediaHeader,
      ...(isQuickTime ? [dataHandler()] : []),
      box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1))),
      largeBox('stbl', ...track.sampleTable))));
}

function editList(track: Track): Bytes {
  const isLong = track.duration > 0xffffffff || track.mediaTime > 0x7fffffff;
  return isLong
    ? fullBox('elst', 1, 0, u32(1), u64s([track.duration, track.mediaTime]), u16(1, 0))
    : fullBox('elst', 0, 0, u32(1, track.duration, track.mediaTime), u16(1, 0));
}

function mediaHeaderBox(track: Track): Bytes {
  const undetermined = u16(0x55c4, 0);
  return track.mediaDuration > 0xffffffff
    ? fullBox('mdhd', 1, 0, u64s([0, 0]), u32(track.mediaTimescale), u64s([track.mediaDuration]), undetermined)
    : fullBox('mdhd', 0, 0, u32(0, 0, track.mediaTimescale, track.mediaDuration), undetermined);
}

function handlerBox(handler: Track['handler'], isQuickTime: boolean): Bytes {
  const name = Buffer.from(handlerNames[handler], 'latin1');
  return isQuickTime
    ? fullBox('hdlr', 0, 0, fourCc('mhlr'), fourCc(handler), zeros(12), u8(name.length), name)
    : fullBox('hdlr', 0, 0, u32(0), fourCc(handler), zeros(12), name, u8(0));
}

function dataHandler(): Bytes {
  const name = Buffer.from('DataHandler', 'latin1');
  return fullBox('hdlr', 0, 0, fourCc('dhlr'), fourCc('url '), zeros(12), u8(name.length), name);
}
