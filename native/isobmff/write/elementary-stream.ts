/** The esds box (ISO 14496-1, 7.2.6; ISO 14496-14, 5.6). */
import { concat, fullBox, u16, u32, u8, type Bytes } from './boxes.ts';

/** `streamType` is the byte that holds it: 0x15 sound, 0x11 picture. */
export function elementaryStream(objectType: number, streamType: number, config: Uint8Array): Bytes {
  const specific = config.length > 0 ? descriptor(5, config) : new Uint8Array(0);
  const decoder = descriptor(4, concat([u8(objectType, streamType, 0, 0, 0), u32(0, 0), specific]));
  return fullBox('esds', 0, 0, descriptor(3, concat([u16(1), u8(0), decoder, descriptor(6, u8(2))])));
}

function descriptor(tag: number, body: Uint8Array): Bytes {
  const { length } = body;
  return concat([u8(tag, 0x80 | ((length >> 21) & 127), 0x80 | ((length >> 14) & 127), 0x80 | ((length >> 7) & 127), length & 127), body]);
}
