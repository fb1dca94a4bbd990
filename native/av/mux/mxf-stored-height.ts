/**
 * FFmpeg's writer of MXF rounds the stored height of every picture up to 16 lines, which is right for MPEG-2 and H.264 alone: VC-3
 * (SMPTE ST 2019-4) and ProRes (RDD 44) store the picture as it is, and FFmpeg's own decoder complains of the difference.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { StringoutError } from '../../../app/base/errors.ts';

/** Header metadata lies within it. */
const headBytes = 256 * 1024;
/** Keys of sets of picture descriptors: CDCI and RGBA (SMPTE ST 377-1, annex E). */
const setKey = Buffer.from('060e2b34025301010d01010101010100', 'hex');
const descriptors = new Set([0x28, 0x29]);
const storedHeight = 0x3202;
const displayHeight = 0x3208;

/** Throws `output.failed` where the file's header is not as the writer makes it. */
export function correctStoredHeight(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    const head = Buffer.alloc(headBytes);
    const bytes = head.subarray(0, readSync(fd, head, 0, headBytes, 0));
    const descriptor = findDescriptor(bytes);
    const stored = descriptor && findTag(bytes, descriptor, storedHeight);
    const shown = descriptor && findTag(bytes, descriptor, displayHeight);
    if (!stored || !shown) throw new StringoutError('output.failed', 'the description of the picture was not found in the finished movie', { file: path });
    writeSync(fd, bytes, shown, 4, stored);
  } finally {
    closeSync(fd);
  }
}

type Span = { readonly from: number; readonly to: number };

/** Key, length in BER, value (ST 377-1, 6.3). */
function findDescriptor(bytes: Buffer): Span | null {
  for (let at = 0; at + 26 <= bytes.length;) {
    const lengthBytes = (bytes[at + 16] ?? 0) < 128 ? 0 : (bytes[at + 16] ?? 0) & 15;
    const from = at + 17 + lengthBytes;
    const length = lengthBytes === 0 ? bytes[at + 16] ?? 0 : Number(`0x${bytes.toString('hex', at + 17, from)}`);
    const isDescriptor = bytes.compare(setKey, 0, 14, at, at + 14) === 0 && descriptors.has(bytes[at + 14] ?? 0);
    if (isDescriptor) return from + length <= bytes.length ? { from, to: from + length } : null;
    at = from + length;
  }
  return null;
}

/** Place of the value of a local tag of four bytes. */
function findTag(bytes: Buffer, { from, to }: Span, tag: number): number | null {
  for (let at = from; at + 4 <= to; at += 4 + bytes.readUInt16BE(at + 2)) {
    if (bytes.readUInt16BE(at) === tag && bytes.readUInt16BE(at + 2) === 4) return at + 4;
  }
  return null;
}
