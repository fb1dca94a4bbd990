/** A document as a timeline file or bundle: written under a temporary name, synced, renamed. */
import { copyFile, constants, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { StringoutError, withPlace } from '../../base/errors.ts';
import type { Loss, MediaReference, TimelineDocument } from '../../interchange/document.ts';
import { MediaFinder } from '../../interchange/find-media.ts';
import { bundles, formatToWrite, textFormats, type FormatName } from '../../interchange/formats.ts';
import { mapMedia, mediaOf } from '../../interchange/map-media.ts';
import { asPlainPath, isRelative, relativeUrl } from '../../interchange/media-url.ts';
import { planBundle } from '../../interchange/otio/bundle-media.ts';
import { bundleVersion, extractOtioz, writeOtioz } from '../../interchange/otio/otioz.ts';
import { checkPlace, discardTemporary, publish, refuseSources, type Place } from '../assembly/target.ts';
import type { OpenedTimeline } from './open-timeline.ts';
import { writeText } from './write-text.ts';

export type SavedTimeline = {
  readonly path: string;
  readonly format: FormatName;
  readonly losses: readonly Loss[];
  /** A file of this name was there before. */
  readonly isReplaced: boolean;
};

/**
 * The format is that of the name. Bundles take the media along; elsewhere relative media that are there are found from the new place too.
 * Throws `usage` for an unknown name, `output.refused` where it must not stand there.
 */
export async function saveTimeline(opened: OpenedTimeline, output: string): Promise<SavedTimeline> {
  const { text: format, packing } = formatToWrite(output);
  const isFolder = packing === 'otiod' || packing === 'fcpxmld';
  if (isFolder && await stat(output).then(() => true, () => false)) throw new StringoutError('output.refused', 'is there already: a bundle that is a folder is not replaced, choose another name', { file: resolve(output) });
  const place = await checkPlace(resolve(output), 'timeline');
  await refuseSources(place, [opened.path], 'timeline');
  const isReplaced = await stat(place.path).then(() => true, () => false);
  const writer = await textFormats[format].load();
  try {
    if (packing === 'plain' || packing === 'fcpxmld') {
      const { document, losses } = await moveMedia(opened, isFolder ? place.path : dirname(place.path));
      const written = writer.write(format === 'csv' ? mapMedia(document, withPlainPath) : document);
      if (isFolder) await mkdir(place.temporaryPath);
      await writeText(isFolder ? join(place.temporaryPath, bundles.fcpxmld.entry) : place.temporaryPath, written.text);
      await publish(place);
      return { path: place.path, format: isFolder ? 'fcpxmld' : format, losses: [...losses, ...written.losses], isReplaced };
    }
    return { path: place.path, format: packing, losses: await saveBundle(opened, place, packing, (document) => writer.write(document).text), isReplaced };
  } catch (error) {
    throw withPlace(error, { file: place.path });
  } finally {
    await discardTemporary(place);
  }
}

async function saveBundle(opened: OpenedTimeline, place: Place, packing: 'otioz' | 'otiod', write: (document: TimelineDocument) => string): Promise<readonly Loss[]> {
  // A second temporary name, beside which what killed runs left is removed too.
  const unpacked = opened.mediaFolder === null ? (await checkPlace(place.path, 'timeline')).temporaryPath : null;
  try {
    if (unpacked !== null) {
      await mkdir(unpacked);
      await extractOtioz(opened.path, unpacked);
    }
    const { document, files, losses } = await planBundle(opened.document, new MediaFinder(unpacked ?? opened.mediaFolder ?? ''));
    if (packing === 'otioz') {
      await writeOtioz(place.temporaryPath, write(document), files);
    } else {
      await mkdir(place.temporaryPath);
      for (const { source, name } of files) {
        const target = join(place.temporaryPath, ...name.split('/'));
        await mkdir(dirname(target), { recursive: true });
        // Shared blocks where the file system has them.
        await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      }
      await writeText(join(place.temporaryPath, 'version.txt'), bundleVersion);
      await writeText(join(place.temporaryPath, bundles.otiod.entry), write(document));
    }
    await publish(place);
    return losses;
  } finally {
    if (unpacked !== null) await rm(unpacked, { recursive: true, force: true });
  }
}

/** References that lead somewhere from the old place lead there from the new one; what is not there stays as it was. */
async function moveMedia({ document, path, mediaFolder }: OpenedTimeline, target: string): Promise<{ document: TimelineDocument; losses: readonly Loss[] }> {
  if (mediaFolder === target) return { document, losses: [] };
  const isAway = (media: MediaReference): boolean => (media.kind === 'file' && media.url !== '' && isRelative(media.url)) || (media.kind === 'sequence' && isRelative(media.folder));
  const away = mediaOf(document).filter(isAway);
  if (mediaFolder === null) {
    const losses = away.length === 0 ? [] : [{ element: path, message: 'the media stay in the zip, and are not found from the new timeline: convert it to .otiod first' }];
    return { document, losses };
  }
  const finder = new MediaFinder(mediaFolder);
  const moved = new Map<MediaReference, MediaReference>();
  for (const media of away) {
    const found = await finder.find(media);
    if (!found) continue;
    const folder = relativeUrl(relative(target, found.folder));
    if (media.kind === 'sequence') moved.set(media, { ...media, folder });
    if (media.kind === 'file') moved.set(media, { ...media, url: [...(folder === '' ? [] : [folder]), media.url.split(/[\\/]/).at(-1) ?? ''].join('/') });
  }
  return { document: mapMedia(document, (media) => moved.get(media) ?? media), losses: [] };
}

function withPlainPath(media: MediaReference): MediaReference {
  return media.kind === 'file' && /^file:|%[0-9a-f]{2}/i.test(media.url) ? { ...media, url: asPlainPath(media.url) } : media;
}
