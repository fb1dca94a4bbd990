/**
 * Media hash lists: what a file's bytes were when it was copied. Version 1 (mediahashlist.org) is one `.mhl` at the top of what it lists, ASC MHL 2.0 a
 * folder `ascmhl` with one list a generation and a chain of these lists.
 */
import { StringoutError } from '../../base/errors.ts';
import { attributeOf, childOf, elementsOf, textAt, textOf, type XmlElement } from '../xml/element.ts';
import { parseXml } from '../xml/parse.ts';

export type ListedHash = {
  /** md5, sha1, xxh64, c4, xxh3, xxh128, xxh32. */
  readonly method: string;
  readonly value: string;
  /** Version 1 wrote xxHash64 the least significant byte first, and not all programs did: the same value the other way round; null elsewhere. */
  readonly reversed: string | null;
  /** A check that failed when this was written: it says what was found, not what should be. */
  readonly hasFailed: boolean;
  /** As the list has it; null: none. */
  readonly date: string | null;
};

export type ListedFile = {
  /** From the list's top, with `/`, in NFC. */
  readonly path: string;
  /** In bytes. */
  readonly size: number | null;
  readonly hashes: readonly ListedHash[];
};

export type HashList = { readonly version: 1 | 2; readonly files: readonly ListedFile[] };

export type ChainLink = { readonly sequence: number; readonly name: string; readonly c4: string | null };

/** Both versions' names. */
const methods: Readonly<Record<string, string>> = {
  md5: 'md5', sha1: 'sha1', xxh64: 'xxh64', xxhash64: 'xxh64', xxhash64be: 'xxh64', c4: 'c4', xxh3: 'xxh3', xxh128: 'xxh128', xxhash: 'xxh32', xxh32: 'xxh32',
};

/** Throws `list.invalid` for what is no hash list. */
export function readHashList(text: string, path: string): HashList {
  const root = parseXml(text, path);
  if (root.name !== 'hashlist') throw new StringoutError('list.invalid', 'is no media hash list (MHL): its first element is not <hashlist>', { file: path });
  const isSecond = (attributeOf(root, 'version') ?? '').startsWith('2') || childOf(root, 'hashes') !== null;
  const files = elementsOf(isSecond ? childOf(root, 'hashes') ?? root : root, 'hash').flatMap((item) => fileOf(item));
  return { version: isSecond ? 2 : 1, files };
}

/** In the order of their generations. Throws `list.invalid`. */
export function readChain(text: string, path: string): readonly ChainLink[] {
  const root = parseXml(text, path);
  if (root.name !== 'ascmhldirectory') throw new StringoutError('list.invalid', 'is no ASC MHL chain: its first element is not <ascmhldirectory>', { file: path });
  const links = elementsOf(root, 'hashlist').map((item): ChainLink => ({
    sequence: Number(attributeOf(item, 'sequencenr') ?? 0), name: textAt(item, 'path') ?? '', c4: textAt(item, 'c4'),
  }));
  // Its lists lie beside it: a name that leads elsewhere is none of them.
  return links.filter(({ name }) => name !== '' && !/[/\\]/.test(name) && name !== '..').toSorted((a, b) => a.sequence - b.sequence);
}

function fileOf(item: XmlElement): ListedFile[] {
  const element = childOf(item, 'path') ?? childOf(item, 'file');
  const path = textOf(element).replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC');
  if (!element || path === '') return [];
  const size = textAt(item, 'size') ?? attributeOf(element, 'size');
  const date = textAt(item, 'hashdate');
  const hashes = elementsOf(item).flatMap((child): ListedHash[] => {
    const method = Object.hasOwn(methods, child.name) ? methods[child.name] : undefined;
    const written = textOf(child);
    if (method === undefined || written === '') return [];
    const value = method === 'c4' ? written : written.toLowerCase();
    return [{ method, value, reversed: child.name === 'xxhash64' ? reverseBytes(value) : null, hasFailed: attributeOf(child, 'action') === 'failed', date: attributeOf(child, 'hashdate') ?? date }];
  });
  return [{ path, size: size !== null && /^\d{1,15}$/.test(size) ? Number(size) : null, hashes }];
}

function reverseBytes(hex: string): string {
  return (hex.match(/../g) ?? []).toReversed().join('');
}
