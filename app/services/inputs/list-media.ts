/** Where the media of a timeline's clips lie: as it says, or for lists that only know names, found by them in a folder. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StringoutError, type ErrorPlace } from '../../base/errors.ts';
import type { DocumentClip, DocumentItem, MediaReference, TimelineDocument } from '../../interchange/document.ts';
import { urlToPath } from '../../interchange/media-url.ts';
import { walkFolder } from './walk-folder.ts';

export type MediaPlaces = {
  readonly path: string;
  /** Relative addresses lie here, and names are looked for. */
  readonly folder: string;
  /** Media that are not where the timeline says are looked for by name. */
  readonly looksByName: boolean;
};

/** Path of each clip's media, "" where there is none. Throws `list.invalid` where a name fits several files, `input.unsupported` for what is on no disk. */
export async function listMedia(document: TimelineDocument, places: MediaPlaces): Promise<(clip: DocumentClip) => string> {
  const paths = new Map<MediaReference, string>();
  let names: Names | null = null;
  for (const clip of document.tracks.flatMap((track) => [...clipsIn(track.items)])) {
    if (paths.has(clip.media)) continue;
    const told = toldPath(clip.media, places.folder, { file: places.path, clip: clip.name });
    if (!places.looksByName || (told !== '' && await exists(told))) {
      paths.set(clip.media, told);
      continue;
    }
    names ??= await Names.in(places.folder);
    paths.set(clip.media, names.find(clip, told, places.path) ?? told);
  }
  return ({ media }) => paths.get(media) ?? '';
}

function* clipsIn(items: readonly DocumentItem[]): Generator<DocumentClip> {
  for (const item of items) {
    if (item.kind === 'clip') yield item;
    else if (item.kind === 'track') yield* clipsIn(item.items);
    else if (item.kind === 'stack') yield* clipsIn(item.tracks);
  }
}

function toldPath(media: MediaReference, folder: string, place: ErrorPlace): string {
  if (media.kind === 'file') return media.url === '' ? '' : urlToPath(media.url, folder, place);
  if (media.kind !== 'sequence') return '';
  const name = `${media.prefix}%0${Math.max(1, media.padding)}d${media.suffix}`;
  return resolve(media.folder === '' ? folder : urlToPath(media.folder, folder, place), name);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

/** The files below a folder by name and by name without its ending, upper and lower case alike. */
class Names {
  readonly #byName = new Map<string, string[]>();

  static async in(folder: string): Promise<Names> {
    const names = new Names();
    for (const listing of await walkFolder(folder, [])) for (const name of listing.names) names.#add(name, join(listing.folder, name));
    return names;
  }

  /** Null where none has one of the clip's names. */
  find(clip: DocumentClip, told: string, list: string): string | null {
    const called = [told.split(/[\\/]/).at(-1) ?? '', clip.media.name, clip.name, clip.reel ?? ''].filter((name) => name !== '');
    for (const name of called) {
      const found = this.#byName.get(name.toLowerCase()) ?? [];
      const [only] = found;
      if (found.length > 1) {
        throw new StringoutError('list.invalid', `its media ${JSON.stringify(name)} may be ${found.length} files: ${found.slice(0, 3).join(', ')}; use \`stringout relink\`, or a folder with one of them`, {
          file: list, clip: clip.name, ...(clip.line === null ? {} : { line: clip.line }),
        });
      }
      if (only !== undefined) return only;
    }
    return null;
  }

  #add(name: string, path: string): void {
    for (const key of new Set([name.toLowerCase(), name.toLowerCase().replace(/\.[^.]+$/, '')])) this.#byName.set(key, [...this.#byName.get(key) ?? [], path]);
  }
}
