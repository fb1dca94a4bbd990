/**
 * Blocks shared between a source and the movie (FICLONERANGE, ioctl_ficlonerange(2)) on XFS and btrfs. A file system that turns out
 * not to do it is asked once; everything is then copied.
 */
import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Libc } from './libc.ts';

export const shareBlock = 4096;
/** Below this, sharing costs more than copying. */
export const leastShared = 64 * 1024;

/** Magic numbers of statfs(2): XFS, btrfs. */
const sharingSystems = new Set([0x58465342, 0x9123683e]);
/** _IOW(0x94, 13, struct file_clone_range) */
const ficloneRange = 0x4020940d;

/** Offsets and length are multiples of `shareBlock`. False: it cannot be done, nor for any later extent. */
export type ShareRange = (sourceFd: number, sourceOffset: number, length: number, targetFd: number, targetOffset: number) => boolean;

/** Which of the files may share blocks with a target at `path`; null where none can. */
export function sharingFiles(path: string, files: readonly string[]): ((file: number) => boolean) | null {
  if (process.platform !== 'linux') return null;
  const folder = dirname(path);
  if (!sharingSystems.has(statfsSync(folder).type >>> 0)) return null;
  const device = statSync(folder).dev;
  const shares = files.map((file) => statSync(file, { throwIfNoEntry: false })?.dev === device);
  return shares.includes(true) ? (file) => shares[file] === true : null;
}

export function shareRange(libc: Libc): ShareRange {
  let works = true;
  const range = Buffer.alloc(32);
  return (sourceFd, sourceOffset, length, targetFd, targetOffset) => {
    if (!works) return false;
    [sourceFd, sourceOffset, length, targetOffset].forEach((value, i) => range.writeBigUInt64LE(BigInt(value), i * 8));
    works = libc.ioctl(targetFd, ficloneRange, range) === 0;
    return works;
  };
}
