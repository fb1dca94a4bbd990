/** A fast hash of a big file: its size, head, tail and a few blocks spread between. Small files are hashed whole. */
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
