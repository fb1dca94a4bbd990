/** A media reference as a path that can be indexed: a file, or the pattern of numbered pictures. */
import { join } from 'node:path';
import type { MediaReference } from '../../interchange/document.ts';
import { pathIn, type MediaFinder } from '../../interchange/find-media.ts';
import { asPlainPath } from '../../interchange/media-url.ts';
import { fileName } from '../../interchange/text-parts.ts';

/** Null where it names no file, or none that is there. `finder` null: nothing can be found. */
export async function findMediaPath(finder: MediaFinder | null, media: MediaReference | null): Promise<string | null> {
  const found = finder && media ? await finder.find(media) : null;
  const [first] = found?.names ?? [];
  if (!found || !media || first === undefined) return null;
  if (media.kind === 'sequence') return join(found.folder, `${media.prefix}%0${Math.max(1, media.padding)}d${media.suffix}`);
  return found.names.length > 1 && media.kind === 'file' ? join(found.folder, fileName(asPlainPath(media.url))) : pathIn(found, first);
}
