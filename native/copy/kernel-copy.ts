/** Bytes copied inside the kernel (copy_file_range(2)): half the time of reading and writing them, on any file system that has it. */
import type { Libc } from './libc.ts';

/** Below this, emptying the block that is being filled costs more than it saves. */
export const leastKernelCopied = 128 * 1024;

/** Copies up to `length` bytes and returns how many; 0: it cannot be done here, nor for any later extent. */
export type KernelCopy = (sourceFd: number, sourceOffset: number, length: number, targetFd: number, targetOffset: number) => number;

export function kernelCopy(libc: Libc): KernelCopy {
  let works = true;
  const from = Buffer.alloc(8);
  const to = Buffer.alloc(8);
  return (sourceFd, sourceOffset, length, targetFd, targetOffset) => {
    if (!works) return 0;
    from.writeBigInt64LE(BigInt(sourceOffset));
    to.writeBigInt64LE(BigInt(targetOffset));
    const copied = libc.copyFileRange(sourceFd, from, targetFd, to, length);
    // Whatever the reason, reading and writing meet it again and tell it better.
    if (copied <= 0) works = false;
    return Math.max(0, copied);
  };
}
