/** Where the shots of a list lie, and a small picture of each: what a report shows beside their names. */
import { readFile } from 'node:fs/promises';
import { flattenError } from '../../base/errors.ts';
import { forEachLimited } from '../../base/for-each-limited.ts';
import { atRate, type Rational } from '../../domain/rational.ts';
import { sourceFrames, type Source } from '../../domain/source.ts';
import type { Time } from '../../interchange/document.ts';
import { MediaFinder } from '../../interchange/find-media.ts';
import type { LossList } from '../../interchange/losses.ts';
import type { Shot, ShotList } from '../../interchange/report/list-shots.ts';
import type { ShotMedia } from '../../interchange/report/write-html.ts';
import { indexSources } from '../assembly/index-sources.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { PreviewService } from '../preview/preview-service.ts';
import { findMediaPath } from './media-paths.ts';

/** Some 6 kB each. Beyond these a browser takes long to open the page, and nobody prints it. */
const mostPictures = 2000;
const mostBytes = 24 * 1024 * 1024;
const looksAtOnce = 16;

export type PictureOptions = {
  /** Relative media lie here; null: in a zip, where they stay. */
  readonly mediaFolder: string | null;
  /** Null: no pictures are wanted. */
  readonly engine: { readonly host: AssemblyHost; readonly previewFolder: string } | null;
  readonly signal: AbortSignal;
  readonly losses: LossList;
  readonly onProgress: (done: number, of: number) => void;
};

/** A shot whose media cannot be read has no picture, and never ends the report. Throws `cancelled`. */
export async function findShotMedia(list: ShotList, options: PictureOptions): Promise<ReadonlyMap<Shot, ShotMedia>> {
  const finder = options.mediaFolder === null ? null : new MediaFinder(options.mediaFolder);
  const found = new Map<Shot, string | null>();
  await forEachLimited(list.shots, looksAtOnce, async (shot) => {
    found.set(shot, await findMediaPath(finder, shot.media));
  });
  const pictures = options.engine ? await makePictures(list, found, options.engine, options) : new Map<Shot, string>();
  return new Map(list.shots.map((shot) => [shot, { path: found.get(shot) ?? null, picture: pictures.get(shot) ?? null }]));
}

async function makePictures(list: ShotList, found: ReadonlyMap<Shot, string | null>, { host, previewFolder }: NonNullable<PictureOptions['engine']>, options: PictureOptions): Promise<ReadonlyMap<Shot, string>> {
  const { signal, losses, onProgress } = options;
  const pictures = new Map<Shot, string>();
  const shots = list.shots.slice(0, mostPictures).flatMap((shot) => {
    const path = found.get(shot);
    return path ? [{ shot, path }] : [];
  });
  const sources = await indexSources(shots.map(({ path }) => path), host, { signal, warnings: [], sequenceRate: () => list.rate, onProgress: () => undefined });
  const previews = new PreviewService(host.jobs, previewFolder, host.jobs.concurrency);
  let bytes = 0;
  let done = 0;
  await forEachLimited(shots, host.jobs.concurrency, async ({ shot, path }) => {
    const { source = null, error } = sources.get(path) ?? { error: null };
    const place = source?.picture ? framesOf(shot, source, source.picture.rate) : null;
    if (error) losses.add(path, `has no picture in the report: ${error.message}`);
    if (source?.picture && !place) losses.add(`shot ${JSON.stringify(shot.name)}`, 'its frames are not in its media: no picture in the report');
    if (source && place && bytes < mostBytes) {
      const data = await pictureOf(previews, source, place, signal).catch((failure: unknown) => {
        signal.throwIfAborted();
        losses.add(path, `has no picture in the report: ${flattenError(failure).message}`);
        return null;
      });
      if (data) pictures.set(shot, data);
      bytes += data?.length ?? 0;
    }
    onProgress(++done, shots.length);
  });
  const left = list.shots.length > mostPictures || bytes >= mostBytes;
  if (left) losses.add('pictures', `only the first ${pictures.size} are in the report, which would be too large to open`);
  return pictures;
}

async function pictureOf(previews: PreviewService, source: Source, { from, middle }: Frames, signal: AbortSignal): Promise<string> {
  return `data:image/jpeg;base64,${(await readFile(await previews.thumbnail(source, middle, from, signal))).toString('base64')}`;
}

type Frames = { readonly from: number; readonly middle: number };

/** The media's clock may be its timecode, the timeline's own idea of where it starts, or begin at 0: the first that has the frame. */
function framesOf({ middle, first, mediaStart }: Shot, source: Source, rate: Rational): Frames | null {
  const frames = sourceFrames(source);
  if (source.picture?.isStill) return { from: 0, middle: 0 };
  if (!middle || !first) return { from: 0, middle: Math.floor(frames / 2) };
  const inFrames = ({ value, rate: own }: Time): number => atRate(value, own, rate);
  const { timecode } = source;
  for (const start of [timecode && timecode.frame, mediaStart && inFrames(mediaStart), 0]) {
    const at = start === null ? -1 : inFrames(middle) - start;
    if (start !== null && at >= 0 && at < frames) return { from: Math.max(0, inFrames(first) - start), middle: at };
  }
  return null;
}
