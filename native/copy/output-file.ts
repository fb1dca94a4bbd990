/** The movie being written: every byte once, in order, in blocks of 256 KB. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { flattenError, StringoutError } from '../../app/base/errors.ts';

const blockSize = 256 * 1024;

export class OutputFile implements Disposable {
  readonly #path: string;
  readonly #block = Buffer.allocUnsafeSlow(blockSize);
  #fd: number | null;
  #used = 0;
  #flushed = 0;

  /** `path` must not exist. All methods throw `output.full`, `output.refused`, `output.failed`. */
  constructor(path: string) {
    this.#path = path;
    this.#fd = this.#attempt(() => openSync(path, 'wx', 0o644));
  }

  /** Bytes so far. */
  get length(): number {
    return this.#flushed + this.#used;
  }

  /** Lets `fill` put `length` bytes straight into the block, in pieces that fit: fill(target, at, length, done). */
  fill(length: number, fill: (target: Buffer, at: number, length: number, done: number) => void): void {
    for (let done = 0; done < length;) {
      if (this.#used === blockSize) this.flush();
      const piece = Math.min(length - done, blockSize - this.#used);
      fill(this.#block, this.#used, piece, done);
      this.#used += piece;
      done += piece;
    }
  }

  write(bytes: Uint8Array): void {
    this.fill(bytes.length, (target, at, length, done) => target.set(bytes.subarray(done, done + length), at));
  }

  zeros(length: number): void {
    this.fill(length, (target, at, piece) => target.fill(0, at, at + piece));
  }

  flush(): void {
    const fd = this.descriptor();
    const used = this.#used;
    this.#attempt(() => {
      for (let done = 0; done < used;) done += writeSync(fd, this.#block, done, used - done, this.#flushed + done);
    });
    this.#flushed += used;
    this.#used = 0;
  }

  /** Bytes that others put behind what is flushed. */
  skip(length: number): void {
    this.#flushed += length;
  }

  descriptor(): number {
    if (this.#fd === null) throw new StringoutError('internal', 'the movie is already closed', { file: this.#path });
    return this.#fd;
  }

  /** Everything on the disk. Seconds that the final sync took. */
  finish(): number {
    this.flush();
    const fd = this.descriptor();
    const started = performance.now();
    this.#attempt(() => {
      fsyncSync(fd);
      this.#fd = null;
      closeSync(fd);
    });
    return (performance.now() - started) / 1000;
  }

  [Symbol.dispose](): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { code, message } = flattenError(error);
      if (code === 'output.full') throw new StringoutError(code, 'the disk is full; free space or choose another target', { file: this.#path }, { cause: error });
      throw new StringoutError(code === 'output.refused' ? code : 'output.failed', message, { file: this.#path }, { cause: error });
    }
  }
}
