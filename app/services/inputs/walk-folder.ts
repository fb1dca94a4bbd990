/** All files below a folder: links followed, loops cut, dot files left out. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type FolderListing = { readonly folder: string; readonly names: readonly string[] };

/** One listing for each folder, in no particular order, under its own path rather than a link's. `unreadable` collects what could not be opened. */
export async function walkFolder(root: string, unreadable: string[]): Promise<FolderListing[]> {
  const seen = new Set<string>();
  const listings: FolderListing[] = [];
  const pending = [root];
  const links: string[] = [];
  const next = (): string | undefined => pending.pop() ?? links.pop();
  for (let folder = next(); folder !== undefined; folder = next()) {
    const real = await realpath(folder);
    if (seen.has(real)) continue;
    seen.add(real);
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      if (folder === root) throw error;
      unreadable.push(folder ?? root);
      return [];
    });
    const names: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (!entry.isSymbolicLink()) names.push(entry.name);
      else await followLink(path, entry.name, links, names);
    }
    listings.push({ folder, names });
  }
  return listings;
}

/** A broken link is kept as a file, so that it is reported by name like any other missing file. */
async function followLink(path: string, name: string, links: string[], names: string[]): Promise<void> {
  const target = await stat(path).catch(() => null);
  if (target?.isDirectory()) links.push(path);
  else names.push(name);
}
