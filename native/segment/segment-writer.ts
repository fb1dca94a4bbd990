/**
 * Writes a segment file under a temporary name beside its own; only `publish` gives it the name, once every byte is on the disk.
 * Disposed of before that, it leaves nothing behind.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { flattenError, StringoutError } from '../../app/base/errors.ts';
import { spreadHash } from '../../app/base/spread-hash.ts';
import { serialiseTrailer, type SegmentTrailer } from '../../app/domain/segment-format.ts';

const bufferSize = 256 * 1024;

export class SegmentWriter implements Disposable {
  readonly #path: string;
  readonly #temporary: string;
  /** Null once it is sealed. */
  #buffer: Buffer | null = Buffer.allocUnsafe(bufferSize);
  #fd: number | null;
  #buffered = 0;
  #length = 0;

  /** `path`: the segment's own; its folder exists. Throws `output.full`, `output.failed`, as all methods do. */
  constructor(path: string) {
    this.#path = path;
    this.#temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.tmp`;
    this.#fd = this.#attempt(() => openSync(this.#temporary, 'wx+', 0o644));
  }

  /** Bytes of payload so far. */
  get length(): number {
    return this.#length;
  }

  /** Appends to the payload; the bytes are free to change afterwards. */
  write(bytes: Uint8Array): void {
    this.#length += bytes.length;
    this.#append(bytes);
  }

  /** `trailer.size` must add up to what was written. After it the segment is complete under its name. */
  finish(trailer: SegmentTrailer): void {
    this.seal(trailer);
    this.publish(true);
  }

  /** The first half of `finish`: nothing more is written. Of many segments all are sealed first, so that the disk is waited for once. */
  seal(trailer: SegmentTrailer): void {
    this.#flush();
    const fd = this.#open();
    this.#attempt(() => {
      const hash = spreadHash(this.#length, (offset, length) => readBack(fd, offset, length));
      this.#append(serialiseTrailer(trailer, { length: this.#length, hash }));
      this.#flush();
      this.#buffer = null;
    });
  }

  /** The second half. `isKept` false: the segment need not outlive a power cut. */
  publish(isKept: boolean): void {
    const fd = this.#open();
    this.#attempt(() => {
      if (isKept) fsyncSync(fd);
      closeSync(fd);
      this.#fd = null;
      renameSync(this.#temporary, this.#path);
    });
  }

  [Symbol.dispose](): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
    rmSync(this.#temporary, { force: true });
  }

  #append(bytes: Uint8Array): void {
    if (!this.#buffer) throw this.#closed();
    if (this.#buffered + bytes.length > bufferSize) this.#flush();
    if (bytes.length > bufferSize) return this.#writeAll(bytes);
    this.#buffer.set(bytes, this.#buffered);
    this.#buffered += bytes.length;
  }

  #flush(): void {
    if (!this.#buffer) throw this.#closed();
    const pending = this.#buffer.subarray(0, this.#buffered);
    this.#buffered = 0;
    this.#writeAll(pending);
  }

  #writeAll(bytes: Uint8Array): void {
    const fd = this.#open();
    this.#attempt(() => {
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    });
  }

  #open(): number {
    if (this.#fd === null) throw this.#closed();
    return this.#fd;
  }

  #closed(): StringoutError {
    return new StringoutError('internal', 'this segment is already closed', { file: this.#path });
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof StringoutError) throw error;
      const { code, message } = flattenError(error);
      const isFull = code === 'output.full';
      throw new StringoutError(
        isFull ? code : 'output.failed', isFull ? 'the disk of the cache is full; free space or choose another --cache-dir' : message,
        { file: this.#path }, { cause: error },
      );
    }
  }
}

function readBack(fd: number, offset: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  for (let done = 0; done < length;) {
    const count = readSync(fd, bytes, done, length - done, offset + done);
    if (count === 0) throw new Error('the segment became shorter while it was written');
    done += count;
  }
  return bytes;
}
