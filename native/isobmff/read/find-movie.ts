/** The boxes at the top of a file, without what lies between: 'moov', wherever it stands, and every 'moof' behind it. */
import { inflateSync } from 'node:zlib';
import { StringoutError } from '../../../app/base/errors.ts';
import { boxesIn, child, children, openFull, payload, printable, type Box } from './box-list.ts';
import { Cursor, damaged } from './cursor.ts';
import type { MediaFile } from './media-file.ts';

export type MovieBoxes = {
  /** By its brands; files without are QuickTime's. */
  readonly isQuickTime: boolean;
  readonly moov: Box;
  /** Offsets and lengths in the file of the fragments' 'moof', headers included. */
  readonly fragments: readonly { readonly offset: number; readonly size: number }[];
};

/** Read at once wherever a box begins: most headers of short shots fit. */
const window = 16 * 1024;
const mostMoov = 512 * 1024 * 1024;
const mostTopBoxes = 1 << 18;
/** Behind 'moov' only the headers of boxes matter; small ones come together. */
const small = 4096;

/** Throws `input.damaged` where there is no usable 'moov'. */
export function findMovie(file: MediaFile): MovieBoxes {
  let isQuickTime = true;
  let moov: Box | null = null;
  let hasData = false;
  let isFragmented = false;
  const fragments: { offset: number; size: number }[] = [];
  let bytes = file.peek(0, window);
  let base = 0;
  let count = 0;
  let lastSize = Infinity;
  for (let at = 0; at + 8 <= file.size;) {
    if (at < base || at + 16 > base + bytes.length) {
      base = at;
      // Before 'moov' is found, it may be what comes.
      bytes = file.peek(base, !moov ? window : lastSize < small ? small : 16);
    }
    const header = topHeader(bytes, at - base, file.size - at);
    if (!header) {
      // A tail of zeros or garbage behind a whole movie harms nothing.
      if (moov) break;
      throw damaged(at === 0 ? 'this is no MP4 or MOV file' : 'it has no movie header (moov): it was cut short, or the recording was never finished');
    }
    const { type, size } = header;
    const end = at + size;
    if (type === 'ftyp' && at === 0) isQuickTime = bytes.subarray(8, Math.min(size, bytes.length)).includes('qt  ');
    if (type === 'mdat') hasData = true;
    if (type === 'moov' && !moov) {
      if (end > file.size) throw damaged('its movie header (moov) is cut short');
      if (size > mostMoov) throw damaged(`its movie header has the absurd length of ${size} bytes`);
      const whole = end <= base + bytes.length ? Buffer.from(bytes.subarray(at - base, end - base)) : file.read(at, size);
      moov = expand(boxesIn(whole, 0, whole.length)[0] ?? null);
      isFragmented = child(moov, 'mvex') !== null;
      if (!isFragmented) break;
    } else if (type === 'moof' && isFragmented) {
      if (end > file.size) throw damaged('it is cut short in its last fragment');
      fragments.push({ offset: at, size });
    }
    if (++count > mostTopBoxes) throw damaged('it consists of impossibly many boxes');
    at = end;
    lastSize = size;
  }
  if (!moov) throw damaged(hasData ? 'it has no movie header (moov): it was cut short, or the recording was never finished' : 'it holds no movie: there is no moov box');
  return { isQuickTime, moov, fragments };
}

/** Null for what is no box. `left` is what the file has from here. */
function topHeader(bytes: Buffer, at: number, left: number): { type: string; size: number } | null {
  if (at + 8 > bytes.length) return null;
  const type = bytes.toString('latin1', at + 4, at + 8);
  if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) return null;
  const size = bytes.readUInt32BE(at);
  if (size === 0) return { type, size: left };
  if (size === 1) {
    if (at + 16 > bytes.length) return null;
    const large = new Cursor(bytes, at + 8, at + 16).u64();
    return large < 16 ? null : { type, size: large };
  }
  return size < 8 ? null : { type, size };
}

/** QuickTime's compressed header: 'cmov' with 'dcom' and 'cmvd'. */
function expand(moov: Box | null): Box {
  if (!moov) throw damaged('its movie header (moov) cannot be read');
  const compressed = child(moov, 'cmov');
  if (!compressed) {
    if (child(moov, 'rmra')) throw new StringoutError('input.unsupported', 'it is a reference movie that only points to other files; choose those files');
    return moov;
  }
  const data = children(compressed).find((box) => box.type === 'cmvd');
  if (!data) throw damaged('its compressed movie header is empty');
  const length = openFull(data).cursor;
  length.at = data.start;
  const expected = length.u32();
  if (expected > 64 * 1024 * 1024) throw damaged('its compressed movie header has an absurd length');
  try {
    const bytes = inflateSync(payload(data, 4), { maxOutputLength: Math.max(64, expected) });
    const inner = boxesIn(bytes, 0, bytes.length)[0];
    if (inner?.type === 'moov') return inner;
  } catch (error) {
    throw new StringoutError('input.damaged', `its compressed movie header cannot be read (${printable(String(error)).slice(0, 60)})`, {}, { cause: error });
  }
  throw damaged('its compressed movie header holds no movie');
}
