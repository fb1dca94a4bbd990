/** Thumbnails, waveforms and stills on disk, by the source's fingerprint: bounded in bytes, and those not looked at for longest go first. */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { forEachLimited } from '../../base/for-each-limited.ts';
import { SharedWork } from './shared-work.ts';

const usualLimit = 1024 * 1024 * 1024;
/** Eviction goes on down to this share of the limit, and begins again once the rest of it was made, so that it is rare. */
const afterEviction = 0.9;
const looksAtOnce = 16;

export class PreviewFiles {
  readonly #folder: string;
  readonly #limit: number;
  readonly #work = new SharedWork<string>();
  /** Bytes made since the folder was last looked through; how much lay there at the start nobody knows. */
  #made = Infinity;
  #tidying: Promise<void> | null = null;

  /** `folder` exists and is this object's own; `limit` in bytes. */
  constructor(folder: string, limit = usualLimit) {
    this.#folder = folder;
    this.#limit = limit;
  }

  /**
   * The file's path, made by `make` where it is not there; asked for many times at once it is made once, and given up when all who asked have
   * gone. `make` leaves the whole file or none. Throws `cancelled`, and what `make` throws.
   */
  get(name: string, signal: AbortSignal, make: (path: string, signal: AbortSignal) => Promise<void>): Promise<string> {
    return this.#work.get(name, signal, async (shared) => {
      const path = join(this.#folder, name);
      const now = new Date();
      // Its time of modification is that of its last use.
      if (await utimes(path, now, now).then(() => true, () => false)) return path;
      await make(path, shared);
      this.#made += (await stat(path)).size;
      if (this.#made > (1 - afterEviction) * this.#limit) await this.#tidy(path);
      return path;
    });
  }

  /** A cache that cannot be tidied costs space, not the picture. */
  async #tidy(made: string): Promise<void> {
    this.#tidying ??= this.#evict(made).catch(() => undefined).finally(() => { this.#tidying = null; });
    await this.#tidying;
  }

  async #evict(made: string): Promise<void> {
    this.#made = 0;
    const files: { readonly path: string; readonly bytes: number; readonly used: number }[] = [];
    await forEachLimited(await readdir(this.#folder), looksAtOnce, async (name) => {
      const path = join(this.#folder, name);
      const found = await stat(path).catch(() => null);
      if (found) files.push({ path, bytes: found.size, used: found.mtimeMs });
    });
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    if (bytes <= this.#limit) return;
    // What was just made stays, even where it alone is beyond the limit: somebody is about to read it. Its time may be behind others' by the file system's clock.
    for (const file of files.toSorted((a, b) => a.used - b.used)) {
      if (bytes <= afterEviction * this.#limit) break;
      if (file.path === made) continue;
      await rm(file.path, { force: true });
      bytes -= file.bytes;
    }
  }
}
