/** A VisualSampleEntry (ISO 14496-12, 12.1.3; QTFF "Video sample description") and the boxes in it. */
import { rational, type Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { boxesIn, open, type Box } from './box-list.ts';

export type PictureEntry = {
  readonly box: Box;
  readonly tag: string;
  readonly width: number;
  readonly height: number;
  /** Bits a pixel; 33 to 40 are greys of 1 to 8. */
  readonly depth: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly sar: Rational | null;
  readonly colour: PictureFormat['colour'] | null;
  readonly range: PictureFormat['range'] | null;
  readonly fieldOrder: PictureFormat['fieldOrder'] | null;
};

const fixedSize = 78;

/** Throws `input.damaged`. */
export function readPictureEntry(box: Box): PictureEntry {
  const cursor = open(box);
  cursor.skip(24);
  const width = cursor.u16();
  const height = cursor.u16();
  cursor.skip(12 + 2 + 32);
  const depth = cursor.u16();
  const colourTable = cursor.i16();
  let start = box.start + fixedSize;
  // QTFF: table 0 means that the colours follow.
  if (colourTable === 0 && (depth & 31) <= 8 && cursor.left >= 8) start += 8 + 8 * ((box.bytes.readUInt16BE(cursor.at + 6) & 0xff) + 1);
  const boxes = new Map<string, Box>();
  for (const child of innerBoxes(box, start)) if (!boxes.has(child.type)) boxes.set(child.type, child);
  return {
    box, tag: box.type, width, height, depth, boxes,
    sar: readSar(boxes.get('pasp')),
    ...readColour(boxes.get('colr')),
    fieldOrder: readFields(boxes.get('fiel')),
  };
}

/** QuickTime's writers leave padding and oddities behind the last box. */
function innerBoxes(box: Box, start: number): readonly Box[] {
  try {
    return boxesIn(box.bytes, start, box.end);
  } catch {
    for (let end = start; end + 8 <= box.end;) {
      const size = box.bytes.readUInt32BE(end);
      if (size < 8 || end + size > box.end) return boxesIn(box.bytes, start, end);
      end += size;
    }
    return [];
  }
}

function readSar(box: Box | undefined): Rational | null {
  if (!box) return null;
  const cursor = open(box);
  if (cursor.left < 8) return null;
  const num = cursor.u32();
  const den = cursor.u32();
  return num > 0 && den > 0 ? rational(num, den) : null;
}

const unspecified = 2;

function readColour(box: Box | undefined): Pick<PictureEntry, 'colour' | 'range'> {
  if (!box || box.end - box.start < 10) return { colour: null, range: null };
  const cursor = open(box);
  const kind = cursor.fourCc();
  if (kind !== 'nclx' && kind !== 'nclc') return { colour: null, range: null };
  const known = (value: number, most: number): number => (value > 0 && value <= most && value !== 3 ? value : unspecified);
  const colour = { primaries: known(cursor.u16(), 22), transfer: known(cursor.u16(), 18), matrix: cursor.u16() };
  if (colour.matrix > 14 || colour.matrix === 3) colour.matrix = unspecified;
  const range = kind === 'nclx' && cursor.left > 0 ? (cursor.u8() & 0x80 ? 'full' : 'limited') : null;
  return { colour, range };
}

/** QTFF "Field handling": one field, or two and which of them comes first; 9 and 14 differ in storage only. */
function readFields(box: Box | undefined): PictureEntry['fieldOrder'] {
  if (!box || box.end - box.start < 2) return null;
  const cursor = open(box);
  const fields = cursor.u8();
  const order = cursor.u8();
  if (fields === 1) return 'progressive';
  if (fields !== 2) return null;
  return order === 1 || order === 9 ? 'tff' : order === 6 || order === 14 ? 'bff' : null;
}

/** The whole box, a copy. */
export function entryBytes(box: Box): Uint8Array {
  return Uint8Array.prototype.slice.call(box.bytes, box.at, box.end);
}
