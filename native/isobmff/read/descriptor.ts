/** 'esds': the elementary stream descriptor of ISO 14496-1, 7.2.6.5. */
import type { Cursor } from './cursor.ts';
import { openFull, type Box } from './box-list.ts';

export type Descriptor = {
  /** objectTypeIndication (registered at mp4ra.org): 0x40 AAC, 0x20 MPEG-4 picture, 0x61 MPEG-2, 0x6b MP3, 0x6c JPEG, ... */
  readonly objectType: number;
  /** Decoder specific info, a copy; empty where there is none. */
  readonly specific: Uint8Array;
};

/** Throws `input.damaged`. Null where it holds no decoder configuration. */
export function readDescriptor(esds: Box): Descriptor | null {
  const { cursor } = openFull(esds);
  const first = readHeader(cursor);
  if (first.tag === 3) {
    cursor.skip(2);
    const flags = cursor.u8();
    if (flags & 0x80) cursor.skip(2);
    if (flags & 0x40) cursor.skip(cursor.u8());
    if (flags & 0x20) cursor.skip(2);
  } else {
    cursor.at = esds.start + 4;
  }
  const config = readHeader(cursor);
  if (config.tag !== 4) return null;
  const objectType = cursor.u8();
  cursor.skip(12);
  if (cursor.left < 2) return { objectType, specific: new Uint8Array(0) };
  const info = readHeader(cursor);
  if (info.tag !== 5) return { objectType, specific: new Uint8Array(0) };
  const bytes = cursor.take(Math.min(info.length, cursor.left));
  return { objectType, specific: Uint8Array.prototype.slice.call(bytes) };
}

function readHeader(cursor: Cursor): { tag: number; length: number } {
  const tag = cursor.u8();
  let length = 0;
  for (let i = 0; i < 4; i++) {
    const byte = cursor.u8();
    length = length * 128 + (byte & 127);
    if ((byte & 128) === 0) break;
  }
  return { tag, length };
}
