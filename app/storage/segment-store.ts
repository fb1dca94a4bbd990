/** The files of the segment cache, by content key: <folder>/ab/abcdef....seg. They are the truth: a key that exists is complete. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

export type StoredFile = { readonly name: string; readonly path: string; readonly bytes: number; readonly modifiedSeconds: number };

const extension = '.seg';

export class SegmentStore {
  readonly #folder: string;
  /** Subfolders that are there. A plan asks for thousands of keys: most of a young cache's are answered without the disk. */
  #made: Set<string> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  has(key: string): boolean {
    return this.#subfolders().has(key.slice(0, 2)) && existsSync(this.#path(key));
  }

  /** Its folder exists. */
  pathFor(key: string): string {
    const prefix = key.slice(0, 2);
    const made = this.#subfolders();
    if (!made.has(prefix)) {
      mkdirSync(join(this.#folder, prefix), { recursive: true });
      made.add(prefix);
    }
    return this.#path(key);
  }

  /** Null where there is none. */
  bytes(key: string): number | null {
    return statSync(this.#path(key), { throwIfNoEntry: false })?.size ?? null;
  }

  remove(key: string): void {
    rmSync(this.#path(key), { force: true });
  }

  /** Every segment; `name` is its key. */
  segments(): StoredFile[] {
    return this.#files().filter(({ name }) => name.endsWith(extension)).map((file) => ({ ...file, name: file.name.slice(0, -extension.length) }));
  }

  /** What workers that were killed left half-written. */
  leftovers(): StoredFile[] {
    return this.#files().filter(({ name }) => !name.endsWith(extension));
  }

  #path(key: string): string {
    return `${this.#folder}${sep}${key.slice(0, 2)}${sep}${key}${extension}`;
  }

  #subfolders(): Set<string> {
    this.#made ??= new Set(readdirSync(this.#folder));
    return this.#made;
  }

  #files(): StoredFile[] {
    return readdirSync(this.#folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((entry) => listFiles(join(this.#folder, entry.name)));
  }
}

/** Regular files of a folder; those that vanish meanwhile are left out. */
export function listFiles(folder: string): StoredFile[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() ? [{ name, path, bytes: stat.size, modifiedSeconds: stat.mtimeMs / 1000 }] : [];
  });
}
