/** The media hash lists beside files: in a file's own folder or in those above it, each read once. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { c4Id } from '../../base/c4.ts';
import { flattenError, type FlatError } from '../../base/errors.ts';
import { decodeText } from '../../interchange/decode-text.ts';
import { readChain, readHashList, type ListedFile, type ListedHash } from '../../interchange/mhl/read-mhl.ts';

/** A list of some 200,000 files. */
const mostBytes = 64 * 1024 * 1024;
const deepest = 64;

/** `list`: the path of the list that says so. */
export type KnownHash = ListedHash & { readonly list: string };

export type KnownFile = {
  /** Of the first list that has them, one for each method. Empty: no list knows the file, or no hash of it. */
  readonly hashes: readonly KnownHash[];
  readonly size: number | null;
  /** Lists in which it was looked for, nearest first; empty: there are none. */
  readonly lists: readonly string[];
  readonly isListed: boolean;
  /** Lists that cannot be read, and those that are not what their chain says. */
  readonly problems: readonly FlatError[];
};

/** What a folder has: the lists that belong together are merged, the oldest first. */
type FolderLists = { readonly lists: readonly string[]; readonly files: ReadonlyMap<string, KnownEntry>; readonly problems: readonly FlatError[] };
type KnownEntry = { readonly size: number | null; readonly hashes: readonly KnownHash[] };
type Loaded = { readonly path: string; readonly files: readonly ListedFile[] };

export class HashLists {
  readonly #folders = new Map<string, Promise<FolderLists>>();

  /** `path`: absolute. Whatever is wrong with a list is a problem, never thrown. */
  async find(path: string): Promise<KnownFile> {
    const lists: string[] = [];
    const problems: FlatError[] = [];
    let folder = dirname(path);
    for (let level = 0; level < deepest; level++) {
      const own = await this.#of(folder);
      lists.push(...own.lists);
      problems.push(...own.problems);
      const entry = own.files.get(relative(folder, path).split(sep).join('/').normalize('NFC'));
      if (entry) return { ...entry, lists, problems, isListed: true };
      if (dirname(folder) === folder) break;
      folder = dirname(folder);
    }
    return { hashes: [], size: null, lists, problems, isListed: false };
  }

  #of(folder: string): Promise<FolderLists> {
    const known = this.#folders.get(folder) ?? readFolder(folder);
    this.#folders.set(folder, known);
    return known;
  }
}

async function readFolder(folder: string): Promise<FolderLists> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const problems: FlatError[] = [];
  const history = names.includes('ascmhl') ? await readHistory(join(folder, 'ascmhl'), problems) : [];
  const single: Loaded[] = [];
  for (const name of names.filter(isList).toSorted()) single.push(...await load(join(folder, name), problems));
  const loaded = [...history, ...single];
  return { lists: loaded.map(({ path }) => path), files: merge(loaded), problems };
}

/** The generations of an ASC MHL folder, in the order of its chain; lists that the chain does not name come last. */
async function readHistory(folder: string, problems: FlatError[]): Promise<Loaded[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isList).toSorted();
  const chainPath = join(folder, 'ascmhl_chain.xml');
  const chain = await readChecked(chainPath, problems, (bytes) => readChain(decodeText(bytes), chainPath)) ?? [];
  const loaded: Loaded[] = [];
  for (const { name, c4 } of chain) loaded.push(...await load(join(folder, name), problems, c4));
  for (const name of names.filter((each) => !chain.some((link) => link.name === each))) {
    if (chain.length > 0) problems.push({ code: 'verify.failed', message: 'is not named in the chain of its folder', place: { file: join(folder, name) } });
    loaded.push(...await load(join(folder, name), problems));
  }
  return loaded;
}

async function load(path: string, problems: FlatError[], c4: string | null = null): Promise<Loaded[]> {
  const files = await readChecked(path, problems, (bytes) => {
    const found = c4 === null ? null : c4Id(createHash('sha512').update(bytes).digest());
    if (found !== c4) problems.push({ code: 'verify.failed', message: `was changed since it was written: its chain has ${c4}, its bytes are ${found}`, place: { file: path } });
    return readHashList(decodeText(bytes), path).files;
  });
  return files ? [{ path, files }] : [];
}

async function readChecked<T>(path: string, problems: FlatError[], read: (bytes: Uint8Array) => T): Promise<T | null> {
  try {
    if ((await stat(path)).size > mostBytes) throw new Error('is too large for a hash list');
    return read(await readFile(path));
  } catch (error) {
    const flat = flattenError(error);
    problems.push({ code: flat.code === 'internal' ? 'list.invalid' : flat.code, message: flat.code === 'input.missing' ? 'is named in a chain, or should be one, and is not there' : flat.message, place: { ...flat.place, file: path } });
    return null;
  }
}

/** What was written first is what the camera's file was; later generations add methods, and their failures say nothing of it. */
function merge(lists: readonly Loaded[]): ReadonlyMap<string, KnownEntry> {
  const files = new Map<string, KnownEntry>();
  for (const { path: list, files: listed } of lists) {
    for (const { path, size, hashes } of listed) {
      const before = files.get(path);
      const known = before?.hashes ?? [];
      const more = hashes.filter(({ method, hasFailed }) => !hasFailed && !known.some((each) => each.method === method)).map((each) => ({ ...each, list }));
      files.set(path, { size: before?.size ?? size, hashes: [...known, ...more] });
    }
  }
  return files;
}

/** Not the sidecars that macOS leaves. */
function isList(name: string): boolean {
  return /\.mhl$/i.test(name) && !name.startsWith('.');
}
