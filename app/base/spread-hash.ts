/** Fast hashes of big files: a few big blocks, or thousands of small ones where a change leaves every size as it was. Small files are hashed whole. */
import { createHash } from 'node:crypto';

const defaultBlock = 64 * 1024;
const spreadBlocks = 6;

/** `read` returns exactly `length` bytes at `offset`; `block` bytes are read at each place. Hex, 40 characters. */
export function spreadHash(size: number, read: (offset: number, length: number) => Uint8Array, block = defaultBlock): string {
  const hash = createHash('sha1').update(String(size));
  if (size <= block * (spreadBlocks + 2)) {
    if (size > 0) hash.update(read(0, size));
    return hash.digest('hex');
  }
  const step = (size - block) / (spreadBlocks + 1);
  for (let i = 0; i <= spreadBlocks + 1; i++) hash.update(read(Math.floor(i * step), block));
  return hash.digest('hex');
}

/** Bytes of a file, one stretch for each element. */
export type Stretches = { readonly offset: ArrayLike<number>; readonly size: ArrayLike<number> };

/** Whatever holds no more is hashed whole. */
const small = 4 * 1024 * 1024;
/** A second of sound is met in half an hour of it. */
const spots = 2048;
const spotBytes = 1024;

/** `read` returns up to `length` bytes at `offset`, fewer at the end of the file. Hex, 40 characters. */
export function denseHash({ offset, size }: Stretches, read: (offset: number, length: number) => Uint8Array): string {
  let total = 0;
  for (let i = 0; i < size.length; i++) total += size[i] ?? 0;
  const hash = createHash('sha1').update(`dense ${total} `);
  const step = total / spots;
  let before = 0;
  let next = 0;
  for (let i = 0; i < size.length; i++) {
    const start = offset[i] ?? 0;
    const length = size[i] ?? 0;
    if (total <= small) hash.update(read(start, length));
    else for (; next < spots && next * step < before + length; next++) {
      const at = Math.floor(next * step) - before;
      hash.update(read(start + at, Math.min(spotBytes, length - at)));
    }
    before += length;
  }
  return hash.digest('hex');
}
