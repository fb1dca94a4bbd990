import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeSource, encodeSource } from './source-codec.ts';
import { anySource } from './fixtures/any-source.ts';

test('a source comes back as it was, aligned in memory or not', () => {
  fc.assert(fc.property(anySource('/media/a "b" 🎬.mp4'), fc.nat({ max: 8 }), (source, shift) => {
    const blob = encodeSource(source);
    const moved = new Uint8Array(blob.length + shift);
    moved.set(blob, shift);
    expect(decodeSource(moved.subarray(shift))).toEqual(source);
  }), { numRuns: 200 });
});

test('a blob with any byte changed, or cut, is no source', () => {
  fc.assert(fc.property(anySource('/a'), fc.nat(), fc.integer({ min: 1, max: 255 }), (source, place, change) => {
    const blob = encodeSource(source);
    expect(decodeSource(blob.subarray(0, place % blob.length))).toBeNull();
    blob[place % blob.length] = (blob[place % blob.length] ?? 0) ^ change;
    expect(decodeSource(blob)).toBeNull();
  }), { numRuns: 200 });
});
