/** What tells one file from another without reading it: blocks spread over it, and its whole movie header, which knows every sample's size. */
import { createHash } from 'node:crypto';
import { spreadHash } from '../../../app/base/spread-hash.ts';
import type { Box } from './box-list.ts';
import type { MediaFile } from './media-file.ts';

/** Small: hundreds of files are to be told apart in a moment. */
const block = 4096;

export function fingerprintOf(file: MediaFile, moov: Box): string {
  const spread = spreadHash(file.size, (offset, length) => file.peek(offset, length), block);
  return createHash('sha1').update(spread).update(moov.bytes.subarray(moov.start, moov.end)).digest('hex');
}
