/** Which files go into a bundle, under which names, and the document that refers to them there. */
import { mediaKind } from '../../domain/media-files.ts';
import type { Loss, MediaReference, TimelineDocument } from '../document.ts';
import { pathIn, type FoundMedia, type MediaFinder } from '../find-media.ts';
import { LossList } from '../losses.ts';
import { mapMedia, mediaOf } from '../map-media.ts';
import { relativeUrl } from '../media-url.ts';

export type BundledFile = {
  readonly source: string;
  /** In the bundle, with slashes. */
  readonly name: string;
};
export type PlannedBundle = { readonly document: TimelineDocument; readonly files: readonly BundledFile[]; readonly losses: readonly Loss[] };

/** Nothing is copied yet. Media that are not there keep their references, and are named in `losses`. */
export async function planBundle(document: TimelineDocument, finder: MediaFinder): Promise<PlannedBundle> {
  const losses = new LossList();
  const files = new Map<string, BundledFile>();
  const taken = new Set<string>();
  const folders = new Map<string, string>();
  const moved = new Map<MediaReference, MediaReference>();
  for (const media of mediaOf(document)) {
    const found = await finder.find(media);
    if (!found) {
      const address = media.kind === 'file' ? media.url : media.kind === 'sequence' ? `${media.folder}/${media.prefix}` : '';
      if (address !== '') losses.add(address, 'is not there, so it is not in the bundle; its reference stays as it was');
      continue;
    }
    // A timeline of unknown origin must not carry other files of this machine away.
    if (found.names.some((name) => mediaKind(name) === 'other')) {
      losses.add(pathIn(found, found.names[0] ?? ''), 'is not named like media, so it is not in the bundle; its reference stays as it was');
      continue;
    }
    const key = [found.folder, ...found.names].join('\0');
    const folder = folders.get(key) ?? chooseFolder(found, taken);
    folders.set(key, folder);
    for (const name of found.names) files.set(`${folder}/${name}`, { source: pathIn(found, name), name: `${folder}/${name}` });
    moved.set(media, inBundle(media, found, folder));
  }
  return { document: mapMedia(document, (media) => moved.get(media) ?? media), files: [...files.values()], losses: losses.list() };
}

/** `media`, or a folder in it where one of the names is taken: names that differ only in case are one on some systems. */
function chooseFolder({ names }: FoundMedia, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const folder = number === 1 ? 'media' : `media/${number}`;
    const wanted = names.map((name) => `${folder}/${name}`.toLowerCase());
    if (wanted.some((name) => taken.has(name))) continue;
    for (const name of wanted) taken.add(name);
    return folder;
  }
}

function inBundle(media: MediaReference, found: FoundMedia, folder: string): MediaReference {
  if (media.kind === 'sequence') return { ...media, folder };
  if (media.kind !== 'file') return media;
  // Of a pattern the address keeps its last part.
  const name = found.names.length === 1 ? found.names[0] ?? '' : media.url.split(/[\\/]/).at(-1) ?? '';
  return { ...media, url: `${folder}/${found.names.length === 1 ? relativeUrl(name) : name}` };
}
