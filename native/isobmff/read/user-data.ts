/** Metadata of a movie: QuickTime's user data and 'mdta' keys, and iTunes' list. What cannot be read is not there. */
import { boxesIn, children, open, type Box } from './box-list.ts';
import { Cursor } from './cursor.ts';

export type UserData = {
  /** "com.apple.proapps.reel" and the like. */
  readonly keys: ReadonlyMap<string, string>;
  /** Text of user data by type ("reel"). */
  readonly texts: ReadonlyMap<string, string>;
  /** Samples that the encoder put before the sound (iTunSMPB), 0 unknown. */
  readonly priming: number;
};

const longestText = 4096;

export function readUserData(boxes: readonly Box[]): UserData {
  const keys = new Map<string, string>();
  const texts = new Map<string, string>();
  let priming = 0;
  const quietly = (work: () => void): void => {
    try {
      work();
    } catch {
      // Metadata is no reason to refuse a movie.
    }
  };
  const readMeta = (meta: Box): void => {
    const parts = metaChildren(meta);
    const list = parts.find((box) => box.type === 'ilst');
    if (!list) return;
    const names = readKeys(parts.find((box) => box.type === 'keys') ?? null);
    for (const item of children(list)) {
      if (item.type === '----') priming ||= readPriming(item);
      const name = names[Buffer.from(item.type, 'latin1').readUInt32BE(0) - 1];
      const data = name === undefined ? null : (children(item).find((box) => box.type === 'data') ?? null);
      if (name !== undefined && data) keys.set(name, text(data, 8));
    }
  };
  for (const box of boxes) {
    quietly(() => {
      if (box.type === 'meta') return readMeta(box);
      for (const inner of children(box)) {
        quietly(() => {
          if (inner.type === 'meta') readMeta(inner);
          else if (inner.type === 'reel') texts.set(inner.type, readText(inner));
        });
      }
    });
  }
  return { keys, texts, priming };
}

/** ISO's is a full box, QuickTime's is not. */
function metaChildren(meta: Box): Box[] {
  const isFull = meta.end - meta.start >= 12 && meta.bytes.readUInt32BE(meta.start) === 0 && meta.bytes.toString('latin1', meta.start + 4, meta.start + 8) !== 'hdlr';
  return boxesIn(meta.bytes, meta.start + (isFull ? 4 : 0), meta.end);
}

function readKeys(box: Box | null): string[] {
  if (!box) return [];
  return boxesIn(box.bytes, box.start + 8, box.end).map((key) => text(key, 0));
}

/** Text with a length and a language before it (QTFF "User data text strings"), or bare. */
function readText(box: Box): string {
  const cursor = open(box);
  if (cursor.left > 4 && box.bytes.readUInt16BE(box.start) === cursor.left - 4) return text(box, 4);
  return text(box, 0);
}

function text(box: Box, skip: number): string {
  const from = Math.min(box.end, box.start + skip);
  return box.bytes.toString('utf8', from, Math.min(box.end, from + longestText)).replaceAll('\0', '').trim();
}

/** " 00000000 00000840 000001CA 00000000003F31F6 ...": the second number. */
function readPriming(item: Box): number {
  const parts = children(item);
  const name = parts.find((box) => box.type === 'name');
  const data = parts.find((box) => box.type === 'data');
  if (!name || !data || text(name, 4) !== 'iTunSMPB') return 0;
  const priming = Number.parseInt(text(data, 8).split(/\s+/)[1] ?? '', 16);
  return priming > 0 && priming < 16_384 ? priming : 0;
}

const secondsTo1970 = 2_082_844_800;

/** mvhd's time of creation, else what the camera says; ISO 8601 or null. */
export function creationDate(created: number, data: UserData): string | null {
  // Some writers count from 1970.
  const seconds = created > secondsTo1970 ? created - secondsTo1970 : created;
  const own = created > 0 ? new Date(seconds * 1000) : new Date(data.keys.get('com.apple.quicktime.creationdate') ?? '');
  return Number.isFinite(own.getTime()) ? own.toISOString() : null;
}

/** A pascal string of 16 bits' length in a 'name' box: source reference of a timecode track. */
export function sourceName(box: Box): string {
  const cursor = new Cursor(box.bytes, box.start, box.end);
  if (cursor.left < 4) return '';
  const length = cursor.u16();
  return cursor.skip(2).take(Math.min(length, cursor.left)).toString('utf8').replaceAll('\0', '').trim();
}
