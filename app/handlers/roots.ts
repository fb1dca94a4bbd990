/** What of the disk an interface may name: in a browser only what lies under the roots that the host was given. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { StringoutError } from '../base/errors.ts';

export class Roots {
  /** Null: the desktop's user may name what the system lets them read. */
  readonly folders: readonly string[] | null;

  constructor(folders: readonly string[] | null) {
    this.folders = folders?.map((folder) => resolve(folder)) ?? null;
  }

  /**
   * The absolute path. Links are followed before it is compared, so that none leads outside; a file that does not exist yet is judged by
   * its folder. Throws `input.unreadable`.
   */
  async allow(path: string): Promise<string> {
    const absolute = this.folders === null || isAbsolute(path) ? resolve(path) : resolve(this.folders[0] ?? '.', path);
    if (this.folders === null) return absolute;
    const real = await realPlace(absolute);
    for (const folder of this.folders) if (isWithin(real, await realpath(folder).catch(() => folder))) return absolute;
    throw new StringoutError('input.unreadable', `lies outside the folders that are open to this editor (${this.folders.join(', ')}): start it with --root on another folder`, { file: path });
  }
}

async function realPlace(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    // It does not exist: where would it be made?
    const parent = dirname(path);
    return parent === path ? path : join(await realPlace(parent), basename(path));
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}
