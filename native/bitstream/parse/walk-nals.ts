/** The NAL units of one length-prefixed sample, of which only the heads are read. */
import { StringoutError } from '../../../app/base/errors.ts';

export type NalUnit = {
  /** First byte of the unit's header. */
  readonly header: number;
  readonly length: number;
  /** All of it, or null where it is too long to be a parameter set or SEI worth reading. Valid until the next read. */
  readonly bytes: () => Uint8Array | null;
  /** Its first bytes, at least 64 where it has so many. Valid until the next read. */
  readonly head: () => Uint8Array;
};

const headLength = 64;
/** Most sets and timing SEI lie in it, so that one read does. */
const window = 256;
const longest = 16 * 1024;
/** Before its first slice, beyond any real sample. */
const mostUnits = 128;

/**
 * `read` gives up to `most` bytes of the sample from `at`. `visit` returns false to stop. Throws `input.damaged` where lengths lead
 * out of the sample.
 */
export function walkNals(size: number, lengthSize: number, read: (at: number, most: number) => Uint8Array, visit: (unit: NalUnit) => boolean): void {
  let base = 0;
  let bytes = read(0, Math.min(window, size));
  for (let at = 0, units = 0; at + lengthSize < size && units < mostUnits; units++) {
    if (at < base || at + lengthSize + 1 > base + bytes.length) {
      base = at;
      bytes = read(base, Math.min(window, size - base));
    }
    let length = 0;
    for (let i = 0; i < lengthSize; i++) length = length * 256 + (bytes[at - base + i] ?? 0);
    const start = at + lengthSize;
    if (start + length > size) throw new StringoutError('input.damaged', 'the lengths in a sample of its picture lead out of the sample');
    if (length > 0) {
      const first = (count: number): Uint8Array => {
        if (start < base || start + count > base + bytes.length) {
          base = start;
          bytes = read(start, Math.min(size - start, count + window));
        }
        return bytes.subarray(start - base, start - base + count);
      };
      const unit: NalUnit = {
        header: bytes[start - base] ?? 0,
        length,
        bytes: () => (length > longest ? null : first(length)),
        head: () => first(Math.min(length, headLength)),
      };
      if (!visit(unit)) return;
    }
    at = start + length;
  }
}
