/** 'trak' (ISO 14496-12, 8.3 to 8.6): its header, edits, references and where its tables lie. Nothing is expanded yet. */
import { boxesIn, child, children, openFull, type Box } from './box-list.ts';
import { Cursor, damaged } from './cursor.ts';

/** `mediaTime` -1: nothing is shown for `duration`. Durations count in the movie's timescale, media times in the track's. */
export type Edit = { readonly duration: number; readonly mediaTime: number };

export type Track = {
  readonly id: number;
  readonly isEnabled: boolean;
  /** 'vide', 'soun', 'tmcd', ... */
  readonly handler: string;
  /** Units a second. */
  readonly timescale: number;
  /** Nine numbers: the track's matrix times the movie's; a, b, c, d are elements 0, 1, 3, 4, 16.16. */
  readonly matrix: readonly number[];
  /** As tkhd has it, whole pixels. */
  readonly width: number;
  readonly height: number;
  readonly edits: readonly Edit[];
  /** Track ids by kind: 'tmcd', 'chap', ... */
  readonly references: ReadonlyMap<string, readonly number[]>;
  readonly userData: Box | null;
  readonly dataReferences: readonly { readonly isHere: boolean }[];
  /** Sample description entries. */
  readonly entries: readonly Box[];
  readonly stsdVersion: number;
  /** Tables of 'stbl' by type; the first of each. */
  readonly tables: ReadonlyMap<string, Box>;
};

/** Null for a track without media or sample tables, which no player shows. */
export function readTrack(trak: Box, movieTimescale: number, movieMatrix: readonly number[]): Track | null {
  const boxes = children(trak);
  const find = (type: string): Box | null => boxes.find((box) => box.type === type) ?? null;
  const media = find('mdia');
  const information = media && child(media, 'minf');
  const stbl = information && child(information, 'stbl');
  if (!media || !stbl) return null;
  const header = find('tkhd');
  const tables = new Map<string, Box>();
  for (const table of children(stbl)) if (!tables.has(table.type)) tables.set(table.type, table);
  const mediaHeader = child(media, 'mdhd');
  const descriptions = readDescriptions(tables.get('stsd') ?? null);
  const edits = find('edts');
  return {
    ...(header ? readHeader(header, movieMatrix) : { id: 0, isEnabled: true, matrix: identity, width: 0, height: 0 }),
    handler: readHandler(child(media, 'hdlr')),
    timescale: (mediaHeader ? readTimescale(mediaHeader) : 0) || movieTimescale || 1,
    edits: edits ? readEdits(child(edits, 'elst')) : [],
    references: readReferences(find('tref')),
    userData: find('udta'),
    dataReferences: readDataReferences(child(information, 'dinf')),
    ...descriptions,
    tables,
  };
}

const identity: readonly number[] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

function readHeader(box: Box, movieMatrix: readonly number[]): Pick<Track, 'id' | 'isEnabled' | 'matrix' | 'width' | 'height'> {
  const { cursor, version, flags } = openFull(box);
  cursor.skip(version === 1 ? 16 : 8);
  const id = cursor.u32();
  cursor.skip(4 + (version === 1 ? 8 : 4) + 16);
  const own = Array.from({ length: 9 }, () => cursor.i32());
  return { id, isEnabled: (flags & 1) !== 0, matrix: multiply(own, movieMatrix), width: cursor.u32() >>> 16, height: cursor.u32() >>> 16 };
}

function multiply(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length !== 9 || isIdentity(b)) return a;
  const scale = [0x10000, 0x10000, 0x40000000];
  return a.map((_, i) => [0, 1, 2].reduce((sum, k) => sum + ((a[i - (i % 3) + k] ?? 0) * (b[3 * k + (i % 3)] ?? 0)) / (scale[k] ?? 1), 0));
}

function isIdentity(matrix: readonly number[]): boolean {
  return identity.every((value, i) => matrix[i] === value);
}

function readHandler(box: Box | null): string {
  if (!box) return '';
  return openFull(box).cursor.skip(4).fourCc();
}

function readTimescale(box: Box): number {
  const { cursor, version } = openFull(box);
  return cursor.skip(version === 1 ? 16 : 8).u32();
}

function readEdits(box: Box | null): Edit[] {
  if (!box) return [];
  const { cursor, version } = openFull(box);
  const count = cursor.u32();
  const width = version === 1 ? 20 : 12;
  const edits: Edit[] = [];
  // Some writers count more edits than they write.
  for (let i = 0; i < count && cursor.left >= width; i++) {
    const duration = version === 1 ? cursor.u64() : cursor.u32();
    const mediaTime = version === 1 ? cursor.i64() : cursor.i32();
    cursor.skip(4);
    edits.push({ duration, mediaTime: Math.max(-1, mediaTime) });
  }
  return edits;
}

function readReferences(box: Box | null): Map<string, readonly number[]> {
  const references = new Map<string, readonly number[]>();
  if (!box) return references;
  for (const kind of children(box)) {
    const cursor = new Cursor(kind.bytes, kind.start, kind.end);
    references.set(kind.type, Array.from({ length: Math.min(1000, cursor.left >> 2) }, () => cursor.u32()));
  }
  return references;
}

const isSelfContained = 1;
/** A reference without the flag that names nothing is here too: some writers forget the flag. */
const emptyReference = 4 + 8;

function readDataReferences(box: Box | null): { isHere: boolean }[] {
  const references = box && child(box, 'dref');
  if (!references || references.end - references.start < 8) return [];
  return boxesIn(references.bytes, references.start + 8, references.end).map((reference) => {
    const isNamed = reference.end - reference.start > emptyReference;
    return { isHere: reference.end - reference.start < 4 || !isNamed || (openFull(reference).flags & isSelfContained) !== 0 };
  });
}

function readDescriptions(box: Box | null): { entries: readonly Box[]; stsdVersion: number } {
  if (!box) return { entries: [], stsdVersion: 0 };
  const { cursor, version } = openFull(box);
  const count = cursor.u32();
  if (count > 1024) throw damaged('it has impossibly many sample descriptions');
  return { entries: boxesIn(box.bytes, cursor.at, box.end).slice(0, count), stsdVersion: version };
}
