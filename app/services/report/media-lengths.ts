/** Clips that show all of their media, and whose timeline does not tell how much that is: the media tell it. */
import { forEachLimited } from '../../base/for-each-limited.ts';
import { atRate, rational, type Rational } from '../../domain/rational.ts';
import { sourceFrames, type Source } from '../../domain/source.ts';
import type { DocumentClip, DocumentItem, MediaReference, TimelineDocument, TimeRange } from '../../interchange/document.ts';
import { MediaFinder } from '../../interchange/find-media.ts';
import { mapMedia } from '../../interchange/map-media.ts';
import { indexSources } from '../assembly/index-sources.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import type { OpenedTimeline } from '../interchange/open-timeline.ts';
import { findMediaPath } from './media-paths.ts';

const looksAtOnce = 16;
const stillSeconds = 2;

export function lacksLengths({ tracks }: TimelineDocument): boolean {
  return clipsWithout(tracks).length > 0;
}

/** What cannot be read stays without. Throws `cancelled`. */
export async function withMediaLengths({ document, mediaFolder }: OpenedTimeline, host: AssemblyHost, signal: AbortSignal): Promise<TimelineDocument> {
  const finder = mediaFolder === null ? null : new MediaFinder(mediaFolder);
  const rate = document.rate ?? rational(24);
  const paths = new Map<MediaReference, string>();
  await forEachLimited(clipsWithout(document.tracks), looksAtOnce, async ({ media }) => {
    const path = await findMediaPath(finder, media);
    if (path !== null) paths.set(media, path);
  });
  const indexed = await indexSources(paths.values(), host, { signal, warnings: [], sequenceRate: () => rate, onProgress: () => undefined });
  return mapMedia(document, (media) => {
    const source = indexed.get(paths.get(media) ?? '')?.source;
    return source ? { ...media, available: lengthOf(source, rate) } : media;
  });
}

function clipsWithout(items: readonly DocumentItem[]): DocumentClip[] {
  return items.flatMap((item) => {
    if (item.kind === 'clip') return item.range || item.media.available ? [] : [item];
    return item.kind === 'track' ? clipsWithout(item.items) : item.kind === 'stack' ? clipsWithout(item.tracks) : [];
  });
}

function lengthOf(source: Source, rate: Rational): TimeRange | null {
  const { picture, sound, timecode } = source;
  if (picture?.isStill) return { start: 0, duration: Math.round((stillSeconds * rate.num) / rate.den), rate };
  if (picture) return { start: timecode ? atRate(timecode.frame, timecode.rate, picture.rate) : 0, duration: sourceFrames(source), rate: picture.rate };
  return sound && { start: 0, duration: atRate(sound.length, rational(sound.format.sampleRate), rate), rate };
}
