/** Which sample descriptions of a track its samples use. Most tracks have one; files that were joined without care have several. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { Box } from './box-list.ts';
import { damaged } from './cursor.ts';
import type { Track } from './track.ts';

const mostUsed = 64;

/** `entry`: of each sample, from 0; null: all the first. Equal ones count once. Throws `input.damaged` where samples name one that is not there. */
export function usedDescriptions(track: Track, entry: Uint16Array | null): Box[] {
  const used = entry ? [...new Set(entry)] : [0];
  if (used.length > mostUsed) throw damaged('its samples use impossibly many descriptions');
  const boxes: Box[] = [];
  for (const index of used) {
    const box = track.entries[index];
    if (!box) throw damaged('its samples name a description that is not there');
    if (!boxes.some((other) => isSame(other, box))) boxes.push(box);
  }
  return boxes;
}

function isSame(a: Box, b: Box): boolean {
  return a.bytes.subarray(a.at, a.end).equals(b.bytes.subarray(b.at, b.end));
}

/** Throws `input.unsupported` where the media itself lies in another file, as in reference movies. */
export function checkDataReference(track: Track, entry: Box): void {
  const index = entry.end - entry.start >= 8 ? entry.bytes.readUInt16BE(entry.start + 6) : 1;
  const reference = track.dataReferences[index - 1];
  if (reference && !reference.isHere) {
    throw new StringoutError('input.unsupported', `its ${track.handler === 'soun' ? 'sound' : 'picture'} lies in another file; choose that file, or save the movie as self-contained`);
  }
}
