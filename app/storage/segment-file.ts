/** Reads what a segment file says of itself. A segment that is not whole, byte for byte where it was hashed, does not exist. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { spreadHash } from '../base/spread-hash.ts';
import type { PictureSegment } from '../contract/jobs/picture-encode.ts';
import type { SoundSegment } from '../contract/jobs/sound-render.ts';
import { parseBody, parseFooter, segmentFooterSize, type SegmentTrailer } from '../domain/segment-format.ts';

/** Null: damaged, missing, or not a segment of picture. */
export function readPictureSegment(path: string): PictureSegment | null {
  const trailer = readTrailer(path);
  if (trailer?.kind !== 'picture') return null;
  const { config, tag, size, display, flags } = trailer;
  return { path, config, tag, offset: 0, size, display, flags };
}

/** Null: damaged, missing, or not a segment of sound. */
export function readSoundSegment(path: string): SoundSegment | null {
  const trailer = readTrailer(path);
  if (trailer?.kind !== 'sound') return null;
  const { config, priming, size, warnings } = trailer;
  return { path, config, priming, offset: 0, size, warnings };
}

function readTrailer(path: string): SegmentTrailer | null {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch {
    return null; // Missing or unreadable: it is made again.
  }
  try {
    return checkedTrailer(fd);
  } catch (error) {
    if (isSystemError(error)) return null; // A sector that cannot be read is damage like any other.
    throw error;
  } finally {
    closeSync(fd);
  }
}

function checkedTrailer(fd: number): SegmentTrailer | null {
  const { size } = fstatSync(fd);
  const read = (offset: number, length: number): Uint8Array => {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, readSync(fd, bytes, 0, length, offset));
  };
  if (size < segmentFooterSize) return null;
  const footer = parseFooter(read(size - segmentFooterSize, segmentFooterSize), size);
  if (!footer) return null;
  const { payload, bodyLength } = footer;
  const trailer = parseBody(read(payload.length, bodyLength), footer);
  return trailer && spreadHash(payload.length, read) === payload.hash ? trailer : null;
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
