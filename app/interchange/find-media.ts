/** Which files on the disk a document's media are. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseSequencePattern } from '../domain/image-sequence.ts';
import type { MediaReference } from './document.ts';
import { urlToPath } from './media-url.ts';

/** A movie is one file of its folder, a sequence many. */
export type FoundMedia = { readonly folder: string; readonly names: readonly string[] };

/** Looks beside a timeline; folders are listed once. */
export class MediaFinder {
  readonly #base: string;
  readonly #folders = new Map<string, Promise<readonly string[]>>();

  /** Relative addresses lie in `base`. */
  constructor(base: string) {
    this.#base = base;
  }

  /** Null where it names no file, or none that is there. */
  async find(media: MediaReference): Promise<FoundMedia | null> {
    if (media.kind === 'sequence') {
      const folder = media.folder === '' ? this.#base : this.#pathOf(media.folder);
      return folder === null ? null : this.#numbered(folder, (name) => isFrameOf(media, name));
    }
    const path = media.kind === 'file' && media.url !== '' ? this.#pathOf(media.url) : null;
    if (path === null) return null;
    if (await stat(path).then((found) => found.isFile(), () => false)) return { folder: dirname(path), names: [basename(path)] };
    const pattern = parseSequencePattern(basename(path));
    return pattern ? this.#numbered(dirname(path), (name) => pattern.numberOf(name) !== null) : null;
  }

  #pathOf(url: string): string | null {
    try {
      return resolve(urlToPath(url, this.#base, {}));
    } catch {
      return null; // on the network, or no address at all
    }
  }

  async #numbered(folder: string, isFrame: (name: string) => boolean): Promise<FoundMedia | null> {
    const listed = this.#folders.get(folder) ?? readdir(folder).catch(() => []);
    this.#folders.set(folder, listed);
    const names = (await listed).filter(isFrame);
    return names.length > 0 ? { folder, names } : null;
  }
}

function isFrameOf({ prefix, suffix }: MediaReference & { kind: 'sequence' }, name: string): boolean {
  return name.startsWith(prefix) && name.endsWith(suffix) && /^-?\d+$/.test(name.slice(prefix.length, name.length - suffix.length));
}

/** Where a file of the found media lies. */
export function pathIn(found: FoundMedia, name: string): string {
  return join(found.folder, name);
}
