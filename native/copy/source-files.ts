/** The movie's files, opened when first read, at most 16 at once, and checked against what the plan saw of them. */
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { LRUCache } from 'lru-cache';
import { flattenError, StringoutError } from '../../app/base/errors.ts';

export type ExpectedFile = { readonly size: number; readonly modifiedMs: number } | null;

const mostOpen = 16;

export class SourceFiles implements Disposable {
  readonly #paths: readonly string[];
  readonly #expected: readonly ExpectedFile[];
  readonly #open = new LRUCache<number, number>({ max: mostOpen, dispose: (fd) => closeSync(fd) });

  constructor(paths: readonly string[], expected: readonly ExpectedFile[]) {
    this.#paths = paths;
    this.#expected = expected;
  }

  path(file: number): string {
    return this.#paths[file] ?? '';
  }

  /** Throws `input.missing`, `input.unreadable`, `input.changed`. */
  fd(file: number): number {
    const known = this.#open.get(file);
    if (known !== undefined) return known;
    const path = this.path(file);
    try {
      const fd = openSync(path, 'r');
      this.#open.set(file, fd);
      this.#check(file, fstatSync(fd));
      return fd;
    } catch (error) {
      if (error instanceof StringoutError) throw error;
      const { code, message } = flattenError(error);
      if (code === 'input.missing') throw new StringoutError('input.changed', 'the file vanished since it was indexed; put it back or take its clips out', { file: path }, { cause: error });
      throw new StringoutError(code === 'internal' ? 'input.unreadable' : code, message, { file: path }, { cause: error });
    }
  }

  /** Fills target[at, at + length) from `position` of the file. Throws `input.changed` where the file ends before that. */
  read(file: number, target: Uint8Array, at: number, length: number, position: number): void {
    const fd = this.fd(file);
    for (let done = 0; done < length;) {
      const count = this.#readSome(file, fd, target, at + done, length - done, position + done);
      if (count === 0) {
        throw new StringoutError('input.changed', `the file ends before byte ${position + length}, which its index names; it was cut short, run again`, { file: this.path(file) });
      }
      done += count;
    }
  }

  [Symbol.dispose](): void {
    this.#open.clear();
  }

  #readSome(file: number, fd: number, target: Uint8Array, at: number, length: number, position: number): number {
    try {
      return readSync(fd, target, at, length, position);
    } catch (error) {
      throw new StringoutError('input.unreadable', `reading failed: ${flattenError(error).message}`, { file: this.path(file) }, { cause: error });
    }
  }

  #check(file: number, found: Stats): void {
    const expected = this.#expected[file];
    if (!expected) return;
    // Databases and file systems keep different fractions of a millisecond.
    if (found.size === expected.size && Math.abs(found.mtimeMs - expected.modifiedMs) < 2) return;
    throw new StringoutError('input.changed', 'the file changed since it was indexed; run again to index it anew', { file: this.path(file) });
  }
}
