/**
 * Packets that do not lie whole in their file, written once one after the other into a file of the cache. It has its name only when it is
 * complete and on the disk; where a file of that name is there already, nothing is written: the same source unpacks to the same bytes.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { flattenError, StringoutError } from '../../../app/base/errors.ts';

const bufferSize = 1024 * 1024;

export class UnpackFile implements Disposable {
  readonly path: string;
  readonly #temporary: string;
  readonly #isThere: boolean;
  readonly #buffer = Buffer.allocUnsafe(bufferSize);
  #fd: number | null = null;
  #buffered = 0;
  #length = 0;

  /** `path`: what names the content; its folder exists. All methods throw `output.full`, `output.failed`. */
  constructor(path: string) {
    this.path = path;
    this.#temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
    this.#isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  }

  get length(): number {
    return this.#length;
  }

  /** Where the bytes lie. */
  append(bytes: Uint8Array): number {
    const offset = this.#length;
    this.#length += bytes.length;
    if (this.#isThere) return offset;
    if (this.#buffered + bytes.length > bufferSize) this.#flush();
    if (bytes.length > bufferSize) {
      this.#write(bytes);
    } else {
      this.#buffer.set(bytes, this.#buffered);
      this.#buffered += bytes.length;
    }
    return offset;
  }

  /** False where the file that was there is not what should have been written: take it away and begin anew. */
  finish(): boolean {
    if (this.#isThere) {
      const found = statSync(this.path, { throwIfNoEntry: false });
      if (found?.size !== this.#length) return false;
      // Used again: the cache keeps what was used last.
      const now = new Date();
      utimesSync(this.path, now, now);
      return true;
    }
    this.#flush();
    this.#attempt(() => {
      const fd = this.#open();
      fsyncSync(fd);
      closeSync(fd);
      this.#fd = null;
      renameSync(this.#temporary, this.path);
    });
    return true;
  }

  [Symbol.dispose](): void {
    if (this.#fd === null) return;
    closeSync(this.#fd);
    this.#fd = null;
    rmSync(this.#temporary, { force: true });
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#buffered));
    this.#buffered = 0;
  }

  #write(bytes: Uint8Array): void {
    this.#attempt(() => {
      const fd = this.#open();
      for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
    });
  }

  #open(): number {
    this.#fd ??= openSync(this.#temporary, 'wx', 0o644);
    return this.#fd;
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      const { code, message } = flattenError(error);
      const isFull = code === 'output.full';
      throw new StringoutError(
        isFull ? code : 'output.failed', isFull ? 'its stream must be unpacked, and the disk of the cache is full; free space or choose another --cache-dir' : message,
        { file: this.path }, { cause: error },
      );
    }
  }
}
