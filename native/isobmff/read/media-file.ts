/** The bytes of one file, read where they are asked for. */
import { readSync } from 'node:fs';
import { StringoutError } from '../../../app/base/errors.ts';
import { damaged } from './cursor.ts';

export class MediaFile {
  readonly path: string;
  readonly size: number;
  readonly #fd: number;
  #scratch = Buffer.allocUnsafe(4096);

  /** `size` is what the file system said. */
  constructor(path: string, size: number, fd: number) {
    this.path = path;
    this.size = size;
    this.#fd = fd;
  }

  /** Exactly `length` bytes, the caller's own. Throws `input.damaged` past the end, `input.changed` where the file has become shorter. */
  read(offset: number, length: number): Buffer {
    this.#check(offset, length);
    const bytes = Buffer.allocUnsafe(length);
    this.#fill(bytes, offset);
    return bytes;
  }

  /** Up to `most` bytes, fewer at the end of the file; valid until the next call. */
  peek(offset: number, most: number): Buffer {
    const length = Math.max(0, Math.min(most, this.size - offset));
    if (length > this.#scratch.length) this.#scratch = Buffer.allocUnsafe(2 * length);
    const bytes = this.#scratch.subarray(0, length);
    this.#fill(bytes, offset);
    return bytes;
  }

  #check(offset: number, length: number): void {
    if (offset < 0 || offset + length > this.size) throw damaged('it ends before what its header says: the file is cut short');
  }

  #fill(bytes: Buffer, offset: number): void {
    for (let done = 0; done < bytes.length;) {
      const count = readSync(this.#fd, bytes, done, bytes.length - done, offset + done);
      if (count === 0) throw new StringoutError('input.changed', 'the file became shorter while it was read');
      done += count;
    }
  }
}
