/** Room for the movie, asked before its first byte is written. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StringoutError } from '../../app/base/errors.ts';

/** Throws `output.full` where the disk of `path` has not `bytes` free. */
export function checkSpace(path: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(dirname(path));
  if (bavail * bsize >= bytes) return;
  throw new StringoutError('output.full', `the movie needs ${bytes} bytes and the disk has ${bavail * bsize} free; free space or choose another target`, { file: path });
}
