/** avcC and hvcC (ISO 14496-15, 5.3.3.1 and 8.3.3.1) taken apart and put together. NALs are escaped, as they stand in the file. */
import { StringoutError } from '../../../app/base/errors.ts';

export type AvcRecord = {
  readonly profile: number;
  readonly level: number;
  readonly lengthSize: number;
  readonly sps: readonly Uint8Array[];
  readonly pps: readonly Uint8Array[];
};

/** `head`: the 22 bytes before the arrays. */
export type HevcRecord = { readonly head: Uint8Array; readonly nals: readonly { readonly type: number; readonly nal: Uint8Array }[] };

class Cursor {
  at: number;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new StringoutError('input.damaged', 'the decoder configuration (avcC or hvcC) is cut short');
    return value;
  }

  nal(): Uint8Array {
    const length = (this.byte() << 8) | this.byte();
    const nal = this.bytes.subarray(this.at, this.at + length);
    if (nal.length !== length || length < 2) throw new StringoutError('input.damaged', 'a parameter set of the decoder configuration is cut short');
    this.at += length;
    return nal;
  }
}

export function parseAvcRecord(config: Uint8Array): AvcRecord {
  const cursor = new Cursor(config, 1);
  const profile = cursor.byte();
  cursor.byte();
  const level = cursor.byte();
  const lengthSize = (cursor.byte() & 3) + 1;
  const sps = Array.from({ length: cursor.byte() & 31 }, () => cursor.nal());
  const pps = Array.from({ length: cursor.byte() }, () => cursor.nal());
  return { profile, level, lengthSize, sps, pps };
}

export type AvcFormat = { readonly profile: number; readonly level: number; readonly chroma: number; readonly lumaDepth: number; readonly chromaDepth: number };

/** Compatibility is 0: the sets of several encoders promise nothing in common. */
export function serialiseAvcRecord(format: AvcFormat, lengthSize: number, sps: readonly Uint8Array[], pps: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out: number[] = [1, format.profile, 0, format.level, 0xfc | (lengthSize - 1), 0xe0 | sps.length];
  for (const nal of sps) out.push(nal.length >> 8, nal.length & 255, ...nal);
  out.push(pps.length);
  for (const nal of pps) out.push(nal.length >> 8, nal.length & 255, ...nal);
  if (format.profile >= 100) out.push(0xfc | format.chroma, 0xf8 | (format.lumaDepth - 8), 0xf8 | (format.chromaDepth - 8), 0);
  return Uint8Array.from(out);
}

export function parseHevcRecord(config: Uint8Array): HevcRecord {
  const cursor = new Cursor(config, 22);
  const nals: { type: number; nal: Uint8Array }[] = [];
  const arrays = cursor.byte();
  for (let i = 0; i < arrays; i++) {
    const type = cursor.byte() & 63;
    const count = (cursor.byte() << 8) | cursor.byte();
    for (let n = 0; n < count; n++) nals.push({ type, nal: cursor.nal() });
  }
  return { head: config.subarray(0, 22), nals };
}

/** Arrays are complete: no set stands in the samples alone. */
export function serialiseHevcRecord(head: Uint8Array, nals: HevcRecord['nals']): Uint8Array<ArrayBuffer> {
  const types = [32, 33, 34].filter((type) => nals.some((entry) => entry.type === type));
  const out: number[] = [...head, types.length];
  for (const type of types) {
    const entries = nals.filter((entry) => entry.type === type);
    out.push(0x80 | type, entries.length >> 8, entries.length & 255);
    for (const { nal } of entries) out.push(nal.length >> 8, nal.length & 255, ...nal);
  }
  return Uint8Array.from(out);
}
