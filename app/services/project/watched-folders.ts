/**
 * Folders on set: new takes and versions come in by themselves once they have been copied to their end. A file is taken when its size and
 * time have stood still for two looks; looking (not the system's notices) works on every disk, card and network share.
 */
import { stat } from 'node:fs/promises';
import { forEachLimited } from '../../base/for-each-limited.ts';
import { findMedia } from './find-media.ts';

type Seen = { readonly size: number; readonly modifiedMs: number };

const lookEveryMs = 3000;
const statsAtOnce = 8;

export class WatchedFolders {
  readonly #onReady: (paths: readonly string[]) => void;
  readonly #onTrouble: (text: string) => void;
  /** What was there at the last look, and what was taken already. */
  readonly #growing = new Map<string, Seen>();
  readonly #taken = new Set<string>();
  #folders: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(onReady: (paths: readonly string[]) => void, onTrouble: (text: string) => void) {
    this.#onReady = onReady;
    this.#onTrouble = onTrouble;
  }

  watch(folders: readonly string[]): void {
    this.#folders = folders;
    this.#schedule(0);
  }

  async close(): Promise<void> {
    this.#folders = [];
    if (this.#timer) clearTimeout(this.#timer);
    await this.#looking;
  }

  #schedule(milliseconds: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#folders.length === 0) return;
    this.#timer = setTimeout(() => {
      this.#looking = this.look().finally(() => { this.#schedule(lookEveryMs); });
    }, milliseconds);
    this.#timer.unref();
  }

  /** One look; what stood still since the last one is handed over. */
  async look(): Promise<void> {
    const ready: string[] = [];
    try {
      const { paths } = await findMedia(this.#folders);
      await forEachLimited(paths.filter((path) => !this.#taken.has(path)), statsAtOnce, async (path) => {
        const found = await stat(path).catch(() => null); // moved away again, or an image sequence's pattern
        const now: Seen = { size: found?.size ?? 0, modifiedMs: found?.mtimeMs ?? 0 };
        const before = this.#growing.get(path);
        if (before?.size === now.size && before.modifiedMs === now.modifiedMs && (now.size > 0 || !found)) ready.push(path);
        else this.#growing.set(path, now);
      });
    } catch (error) {
      this.#onTrouble(`a watched folder cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    for (const path of ready) {
      this.#growing.delete(path);
      this.#taken.add(path);
    }
    if (ready.length > 0) this.#onReady(ready);
  }
}
