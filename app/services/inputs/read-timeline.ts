/** Whatever the user names becomes a timeline: a folder, a CSV shot list, another editor's timeline in any format that is read. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { StringoutError, withPlace } from '../../base/errors.ts';
import type { Rational } from '../../domain/rational.ts';
import type { Timeline } from '../../domain/timeline.ts';
import { mediaKind } from '../../domain/media-files.ts';
import { defaultCacheFolder } from '../cache-folder.ts';
import { decodeText } from '../../interchange/decode-text.ts';
import { bundles } from '../../interchange/formats.ts';

/** A list of 100,000 lines is a tenth of this. */
const mostBytes = 256 * 1024 * 1024;

export type ReadTimelineOptions = {
  /** Where relative names of a list are looked for instead of beside the list; null: beside it. */
  readonly media: string | null;
  /** Frames a second of lists that tell none; null: their reader's guess, with a warning. */
  readonly sourceRate?: Rational | null;
  /** Where bundles are unpacked. */
  readonly cacheFolder?: string;
};

export async function readTimeline(input: string, options: ReadTimelineOptions): Promise<Timeline> {
  const path = resolve(input);
  const found = await stat(path).catch((error: unknown) => {
    const failure = withPlace(error, { file: path });
    throw failure.code === 'input.missing' ? new StringoutError('input.missing', 'does not exist', { file: path }, { cause: error }) : failure;
  });
  const extension = extname(path).toLowerCase();
  if (found.isDirectory() && !await isBundle(path)) {
    const { readFolder } = await import('./read-folder.ts');
    return readFolder(path);
  }
  if (extension === '.csv' || extension === '.tsv') {
    if (found.size === 0) throw new StringoutError('list.invalid', 'is empty', { file: path });
    if (found.size > mostBytes) throw new StringoutError('input.unsupported', 'is too large for a shot list', { file: path });
    const { readCsv } = await import('../../interchange/csv.ts');
    return readCsv(decodeText(await readFile(path)), path, options.media === null ? dirname(path) : resolve(options.media));
  }
  if (mediaKind(path) !== 'other') throw new StringoutError('input.unsupported', 'is a media file: give the folder it lies in, or a shot list that names it', { file: path });
  return readDocumentTimeline(path, options);
}

async function isBundle(folder: string): Promise<boolean> {
  for (const { entry } of Object.values(bundles)) if (await stat(resolve(folder, entry)).then((found) => found.isFile(), () => false)) return true;
  return false;
}

/** Formats that name their media by reel or clip alone. */
const namesOnly: ReadonlySet<string> = new Set(['edl', 'ale']);

async function readDocumentTimeline(path: string, { media, sourceRate = null, cacheFolder }: ReadTimelineOptions): Promise<Timeline> {
  const [{ openTimeline }, { documentTimeline }, { listMedia }] = await Promise.all([
    import('../interchange/open-timeline.ts'), import('../../interchange/flatten/document-timeline.ts'), import('./list-media.ts'),
  ]);
  const { document, diagnostics, format, mediaFolder } = await openTimeline(path, { sourceRate });
  const folder = media !== null ? resolve(media) : mediaFolder ?? await unpacked(path, cacheFolder);
  const isLabelled = namesOnly.has(format);
  const mediaOf = await listMedia(document, { path, folder, looksByName: isLabelled || media !== null });
  const timeline = documentTimeline(document, { path, mediaOf, isLabelled });
  return { ...timeline, warnings: [...diagnostics.map(({ line, element, message }) => `${line === null ? element ?? '' : `line ${line}`}${line === null && element === null ? '' : ': '}${message}`), ...timeline.warnings] };
}

async function unpacked(bundle: string, cacheFolder: string | undefined): Promise<string> {
  const { unpackedMedia } = await import('../interchange/unpacked-media.ts');
  return unpackedMedia(bundle, resolve(cacheFolder ?? defaultCacheFolder(), 'bundles'));
}
