/** Boxes of ISO 14496-12, 4.2, and QuickTime's atoms, which are the same. */
import { Cursor, damaged } from './cursor.ts';

/** Payload in [start, end) of `bytes`; `at` is where its header begins. */
export type Box = { readonly type: string; readonly bytes: Buffer; readonly at: number; readonly start: number; readonly end: number };

/** More in one parent than any file has. */
const mostBoxes = 100_000;

/**
 * The boxes in [start, end). What is too short for a box at the end is no box: QuickTime ends lists with four zero bytes.
 * Throws `input.damaged` for a box that is longer than what holds it.
 */
export function boxesIn(bytes: Buffer, start: number, end: number): Box[] {
  const found: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    let size = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    let header = 8;
    if (size === 1) {
      size = new Cursor(bytes, at + 8, end).u64();
      header = 16;
    } else if (size === 0) {
      if (type === '\0\0\0\0') break;
      size = end - at;
    }
    if (size < header) {
      if (found.length > 0 && size < 8) break;
      throw damaged(`its box "${printable(type)}" has the impossible length ${size}`);
    }
    if (at + size > end) throw damaged(`its box "${printable(type)}" is longer than what it lies in`);
    if (found.push({ type, bytes, at, start: at + header, end: at + size }) > mostBoxes) throw damaged('its header has impossibly many boxes');
    at += size;
  }
  return found;
}

export function children(box: Box, skip = 0): Box[] {
  return boxesIn(box.bytes, box.start + skip, box.end);
}

export function child(box: Box, type: string, skip = 0): Box | null {
  return children(box, skip).find((candidate) => candidate.type === type) ?? null;
}

export function open(box: Box): Cursor {
  return new Cursor(box.bytes, box.start, box.end);
}

/** A full box: its version and flags are read. */
export function openFull(box: Box): { cursor: Cursor; version: number; flags: number } {
  const cursor = open(box);
  return { version: cursor.u8(), flags: cursor.u24(), cursor };
}

/** A copy that outlives the buffer. */
export function payload(box: Box, skip = 0): Uint8Array {
  return Uint8Array.prototype.slice.call(box.bytes, Math.min(box.end, box.start + skip), box.end);
}

/** Four characters that may be anything, for a message. */
export function printable(type: string): string {
  return type.replaceAll(/[^\x20-\x7e]/g, '?');
}
