/** A picture's planes one after the other, without padding. */
import { avImageCopyToBuffer, avImageGetBufferSize } from 'node-av/lib';
import type { FrameHandle } from '../codec/handles.ts';
import { check } from '../library.ts';

export function planeBytes({ native }: FrameHandle): Buffer {
  const { width, height, data, linesize } = native;
  const format = native.format as Parameters<typeof avImageGetBufferSize>[0];
  const size = check(avImageGetBufferSize(format, width, height, 1), 'internal', 'a picture of unknown size');
  const bytes = Buffer.allocUnsafeSlow(size);
  check(avImageCopyToBuffer(bytes, size, data, linesize, format, width, height, 1), 'internal', 'a picture could not be read');
  return bytes;
}
