/** Where media were found: other clips of the same file, other media of the old folder, and folders beside it that moved along, are tried there first. */
import type { MediaName } from './media-name.ts';

export class LearntFolders {
  /** Old folder to new ones. A clip that names no folder learns from others that name none. */
  readonly #folders = new Map<string, Set<string>>();
  /** What stands before the part of the path that stayed the same. */
  readonly #roots = new Map<string, Set<string>>();
  /** What clips call their media, to the path of the file. */
  readonly #files = new Map<string, Set<string>>();

  /** `call` is all that the clip says of its media; clips that say the same mean the same. */
  learn(call: string, wanted: MediaName | null, path: string, found: MediaName): void {
    add(this.#files, call, path);
    add(this.#folders, folderOf(wanted), folderOf(found));
    if (!wanted) return;
    const same = commonFolders(wanted, found);
    add(this.#roots, folderOf(wanted, same), folderOf(found, same));
  }

  isKnown(call: string, path: string): boolean {
    return this.#files.get(call)?.has(path) ?? false;
  }

  /** Whether what was learnt leads from the one to the other. */
  leadsTo(wanted: MediaName | null, found: MediaName): boolean {
    if (this.#folders.get(folderOf(wanted))?.has(folderOf(found))) return true;
    if (!wanted) return false;
    const same = commonFolders(wanted, found);
    return [...Array(same + 1).keys()].some((kept) => this.#roots.get(folderOf(wanted, kept))?.has(folderOf(found, kept)));
  }
}

/** How many folders right above the files are called the same. */
export function commonFolders(a: MediaName, b: MediaName): number {
  let same = 0;
  while (same < a.folders.length && same < b.folders.length && a.folders.at(-1 - same) === b.folders.at(-1 - same)) same++;
  return same;
}

/** Without the last `dropped` folders. */
function folderOf(name: MediaName | null, dropped = 0): string {
  return name ? [name.volume, ...name.folders.slice(0, name.folders.length - dropped)].join('/') : '';
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key) ?? new Set();
  values.add(value);
  map.set(key, values);
}
