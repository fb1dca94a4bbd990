/**
 * Where the content of a file ends whose rest is zeros: recorders reserve space, and a card that was pulled out leaves it.
 * Demuxers search such a rest byte by byte for what may follow, for minutes.
 */
const block = 64 * 1024;
const zeros = Buffer.alloc(block);
/** A shorter rest is cheap to search. */
const leastTail = 1024 * 1024;
/** A longer rest is looked at in so many places instead of everywhere. */
const mostScanned = 512 * 1024 * 1024;
const spots = 2048;

/** Bytes up to the tail of zeros, `size` where there is none of at least 1 MB. `read` gives exactly `length` bytes at `offset`. */
export function contentLength(size: number, read: (offset: number, length: number) => Uint8Array): number {
  const blocks = Math.floor(size / block);
  const isZero = (index: number): boolean => zeros.equals(read(index * block, block));
  if (size < leastTail + block || !zeros.subarray(0, size % block).equals(read(blocks * block, size % block)) || !isZero(blocks - 1)) return size;
  let used = -1; // a block that is known to hold something
  for (let back = 2; back <= blocks; back *= 2) {
    if (isZero(blocks - back)) continue;
    used = blocks - back;
    break;
  }
  let empty = blocks - 1;
  while (empty - used > 1) {
    const middle = (used + empty) >> 1;
    if (isZero(middle)) empty = middle;
    else used = middle;
  }
  const end = empty * block;
  if (size - end < leastTail) return size;
  // Black and silence are zeros too: what was skipped on the way may hold something.
  const step = size - end <= mostScanned ? 1 : Math.ceil((blocks - empty) / spots);
  for (let index = empty; index < blocks; index += step) if (!isZero(index)) return size;
  return end;
}
