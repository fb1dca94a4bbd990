/** Thumbnails and waveforms on disk, by the source's fingerprint: bounded, and those not looked at for longest go first. */
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

const mostBytes = 1024 * 1024 * 1024;
/** Looked after each time so many files were made. */
const tidyEvery = 200;

export class PreviewFiles {
  readonly #folder: string;
  readonly #making = new Map<string, Promise<string>>();
  #made = 0;

  /** `folder` exists. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file's path, made by `make` where it is not there; asked for many times at once it is made once. `make` leaves the whole file or none. */
  get(name: string, make: (path: string) => Promise<void>): Promise<string> {
    const running = this.#making.get(name);
    if (running) return running;
    const wanted = this.#find(name, make).finally(() => { this.#making.delete(name); });
    this.#making.set(name, wanted);
    return wanted;
  }

  async #find(name: string, make: (path: string) => Promise<void>): Promise<string> {
    const path = join(this.#folder, name);
    if (await stat(path).then((found) => found.isFile(), () => false)) {
      const now = new Date();
      await utimes(path, now, now);
      return path;
    }
    await make(path);
    if (++this.#made % tidyEvery === 0) await this.tidy();
    return path;
  }

  async tidy(limit = mostBytes): Promise<void> {
    const names = await readdir(this.#folder);
    const files = (await Promise.all(names.map(async (name) => ({ name, stat: await stat(join(this.#folder, name)).catch(() => null) })))).filter((file) => file.stat !== null);
    let bytes = files.reduce((sum, file) => sum + (file.stat?.size ?? 0), 0);
    for (const file of files.toSorted((a, b) => (a.stat?.mtimeMs ?? 0) - (b.stat?.mtimeMs ?? 0))) {
      if (bytes <= limit) break;
      await rm(join(this.#folder, file.name), { force: true });
      bytes -= file.stat?.size ?? 0;
    }
  }
}
