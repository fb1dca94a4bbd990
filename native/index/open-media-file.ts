/** Opens a file that a user named: looked at before it is opened, so that pipes and devices neither block nor answer. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs';
import { flattenError, StringoutError } from '../../app/base/errors.ts';

export class MediaFile implements Disposable {
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly fd: number;

  /** Throws `input.missing`, `input.unreadable`, `input.unsupported` for what is no file, `input.damaged` for an empty one. */
  constructor(path: string) {
    this.path = path;
    const place = { file: path };
    attempt(path, () => checkKind(statSync(path), path));
    // Should a pipe take the file's place meanwhile, opening it may not block.
    this.fd = attempt(path, () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
    try {
      const found = attempt(path, () => fstatSync(this.fd));
      checkKind(found, path);
      if (found.size === 0) throw new StringoutError('input.damaged', 'is empty: it has not one byte', place);
      this.size = found.size;
      this.modifiedMs = found.mtimeMs;
    } catch (error) {
      closeSync(this.fd);
      throw error;
    }
  }

  /** Up to `length` bytes from `offset`, the caller's own; fewer at the end of the file. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - offset)));
    return bytes.subarray(0, this.readInto(offset, bytes));
  }

  /** Bytes read; fewer than `into` holds at the end of the file. */
  readInto(offset: number, into: Buffer): number {
    let done = 0;
    while (done < into.length) {
      const count = attempt(this.path, () => readSync(this.fd, into, done, into.length - done, offset + done));
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}

function checkKind(found: Stats, path: string): void {
  if (found.isFile()) return;
  const kind = found.isDirectory() ? 'a folder' : found.isFIFO() ? 'a named pipe' : found.isSocket() ? 'a socket' : 'a device';
  throw new StringoutError('input.unsupported', `is ${kind}, not a media file`, { file: path });
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StringoutError) throw error;
    const { code, message } = flattenError(error);
    if (code === 'input.missing') throw new StringoutError(code, 'does not exist', { file: path }, { cause: error });
    const system = error instanceof Error && 'code' in error ? error.code : '';
    const reason = system === 'EACCES' || system === 'EPERM' ? 'permission is denied' : system === 'ELOOP' ? 'its links lead in a circle' : message;
    throw new StringoutError('input.unreadable', `cannot be read: ${reason}`, { file: path }, { cause: error });
  }
}
