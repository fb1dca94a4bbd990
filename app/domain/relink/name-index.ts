/** Files of a folder by everything that a clip may call them: names leave a few candidates of 50,000, and only those are looked into. */
import type { WantedMedia } from './model.ts';
import { fold, nameOfAddress, nameOfPath, sequenceName, type MediaName } from './media-name.ts';

/** Absolute path of a file or pattern of a sequence, with the number of its first file. */
export type ListedMedia = { readonly path: string; readonly first: number | null };
export type NamedMedia = ListedMedia & { readonly name: MediaName };

/** What a clip calls its media, in comparable form. */
export type WantedNames = {
  readonly address: MediaName | null;
  /** Names of files, and of the sequences that they may be a frame of. */
  readonly files: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  readonly codes: ReadonlySet<string>;
  readonly cameras: ReadonlySet<string>;
  readonly reel: string | null;
  /** A reel, or a source's name that is no file: names of files may begin with it. */
  readonly prefixes: readonly string[];
  /** All of it as one text: clips that say the same mean the same media. */
  readonly call: string;
  /** The clip's own name, its stem and shot code. */
  readonly clip: MediaName;
  /** Of the file, or of the clip where its file has none. */
  readonly version: number | null;
};

/** Shorter ones begin too many names. */
const leastPrefix = 4;
/** A reel of a whole day begins hundreds of names; more say nothing. */
const mostByPrefix = 500;

export function wantedNames(wanted: WantedMedia): WantedNames {
  const address = wanted.address === '' ? null : nameOfAddress(wanted.address);
  const clip = nameOfAddress(wanted.name);
  const others = wanted.fileNames.filter((text) => text !== '').map(nameOfAddress);
  // A plain path may be meant as it stands, percent signs and all.
  const literal = wanted.address.includes('%') && !/^[a-z][a-z0-9+.-]+:/i.test(wanted.address) ? [nameOfPath(wanted.address)] : [];
  const names = [...(address ? [address] : []), ...literal, ...others];
  const reel = wanted.reel === null || wanted.reel.trim() === '' ? null : fold(wanted.reel);
  const files = names.map(({ file }) => file);
  return {
    address, clip, reel, call: [wanted.address, ...wanted.fileNames, reel ?? '', wanted.address === '' ? wanted.name : ''].join('\0'),
    files: new Set([...files, ...files.map(sequenceName).filter((name) => name !== null)]),
    stems: new Set([...names, ...files.map(sequenceName).filter((name) => name !== null).map(nameOfPath)].map(({ stem }) => stem)),
    codes: new Set([...names, clip].map(({ code }) => code).filter((code) => code !== '')),
    cameras: new Set([...names, clip, ...(reel === null ? [] : [nameOfPath(reel)])].map(({ camera }) => camera).filter((camera) => camera !== null)),
    prefixes: [...(reel === null ? [] : [reel]), ...others.filter(({ file, stem }) => file === stem).map(({ stem }) => stem)].filter((text) => text.length >= leastPrefix),
    version: names.find(({ version }) => version !== null)?.version ?? clip.version,
  };
}

export class NameIndex {
  readonly all: readonly NamedMedia[];
  readonly #byFile: ReadonlyMap<string, NamedMedia[]>;
  readonly #byStem: ReadonlyMap<string, NamedMedia[]>;
  readonly #byCode: ReadonlyMap<string, NamedMedia[]>;
  readonly #byCamera: ReadonlyMap<string | null, NamedMedia[]>;
  /** By stem, for looking up what begins with something. */
  readonly #sorted: readonly NamedMedia[];

  constructor(listed: readonly ListedMedia[]) {
    this.all = listed.map((media) => ({ ...media, name: nameOfPath(media.path) }));
    this.#byFile = Map.groupBy(this.all, ({ name }) => name.file);
    this.#byStem = Map.groupBy(this.all, ({ name }) => name.stem);
    this.#byCode = Map.groupBy(this.all, ({ name }) => name.code);
    this.#byCamera = Map.groupBy(this.all, ({ name }) => name.camera);
    this.#sorted = this.all.toSorted((a, b) => compare(a.name.stem, b.name.stem));
  }

  /** `isWide`: whatever its names may mean; else files that are called the same, but for their extension. */
  find({ files, stems, codes, cameras, reel, prefixes, clip }: WantedNames, isWide: boolean): NamedMedia[] {
    const found = new Set<NamedMedia>();
    const take = (media: readonly NamedMedia[] | undefined): void => { for (const each of media ?? []) found.add(each); };
    for (const file of files) take(this.#byFile.get(file));
    for (const stem of stems) if (stem !== '') take(this.#byStem.get(stem));
    if (!isWide) return [...found];
    for (const stem of [...(reel === null ? [] : [reel]), clip.file, clip.stem]) if (stem !== '') take(this.#byStem.get(stem));
    for (const camera of cameras) take(this.#byCamera.get(camera));
    for (const code of codes) take(this.#byCode.get(code));
    for (const prefix of prefixes) take(this.#beginningWith(prefix));
    return [...found];
  }

  #beginningWith(prefix: string): NamedMedia[] {
    let low = 0;
    for (let high = this.#sorted.length; low < high;) {
      const middle = (low + high) >> 1;
      if (compare(this.#sorted[middle]?.name.stem ?? '', prefix) < 0) low = middle + 1;
      else high = middle;
    }
    const near = this.#sorted.slice(low, low + mostByPrefix);
    const end = near.findIndex(({ name }) => !name.stem.startsWith(prefix));
    return end < 0 ? near : near.slice(0, end);
  }
}

/** By code units, as `startsWith` sees them; a locale's order would scatter what begins alike. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
