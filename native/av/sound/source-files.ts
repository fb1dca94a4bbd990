/** Bytes of sources by file and offset, with few files open at once however many clips there are. */
import { closeSync, openSync, readSync } from 'node:fs';
import { StringoutError } from '../../../app/base/errors.ts';

const openAtOnce = 8;

export class SourceFiles implements Disposable {
  readonly #open = new Map<string, number>();

  /** Fills `into` from `offset` on. Throws `input.changed` where the file ends before, and what the system says. */
  read(path: string, offset: number, into: Uint8Array): void {
    const file = this.#file(path);
    for (let done = 0; done < into.length;) {
      const count = readSync(file, into, done, into.length - done, offset + done);
      if (count === 0) throw new StringoutError('input.changed', 'the file ends before its samples do; it was cut after it was indexed', { file: path });
      done += count;
    }
  }

  [Symbol.dispose](): void {
    for (const file of this.#open.values()) closeSync(file);
    this.#open.clear();
  }

  #file(path: string): number {
    const file = this.#open.get(path) ?? openSync(path, 'r');
    this.#open.delete(path);
    this.#open.set(path, file);
    for (const [old, unused] of this.#open) {
      if (this.#open.size <= openAtOnce) break;
      closeSync(unused);
      this.#open.delete(old);
    }
    return file;
  }
}
