/** The media behind an edit, and its name, from reel, clip name and file; and back. */
import { fileName } from '../text-parts.ts';
import type { MediaReference } from '../document.ts';

type Found = { readonly name: string; readonly media: MediaReference; readonly reel: string | null };

/** Reels that are no tape: the media is unknown. */
const unknownReel = 'AX';

export function findMedia(reel: string, clipName: string | null, sourceFile: string | null, file: string | null): Found {
  const generator = generatorOf(reel, clipName);
  const isUnknown = reel === '' || reel.toUpperCase() === unknownReel;
  if (generator) {
    return { name: clipName ?? reel, media: { kind: 'generator', generator, name: '', available: null, metadata: {} }, reel: null };
  }
  const name = clipName ?? (sourceFile === null ? null : fileName(sourceFile)) ?? (isUnknown ? '' : reel);
  return { name, media: mediaOf(name, sourceFile, file), reel: isUnknown ? null : reel };
}

function generatorOf(reel: string, clipName: string | null): 'black' | 'bars' | null {
  if (/^(?:BL|BLK|BLACK|GAP|SLUG)$/i.test(reel)) return /^(?:COLOU?R )?BARS\b/i.test(clipName ?? '') ? 'bars' : 'black';
  if (/^(?:BARS?|COLOU?R[_ ]?BARS)$/i.test(reel)) return 'bars';
  if (reel.toUpperCase() !== unknownReel) return null;
  if (/^(?:black(?: video)?|slug|gap)$/i.test(clipName ?? '')) return 'black';
  return /^(?:colou?r )?bars(?: and tone)?$/i.test(clipName ?? '') ? 'bars' : null;
}

/** A file where something looks like one. What `writeMedia` gives must come back as the same. */
function mediaOf(name: string, sourceFile: string | null, file: string | null): MediaReference {
  const reference = (url: string, own: string): MediaReference => ({ kind: 'file', url, name: own, available: null, metadata: {} });
  if (file !== null) return reference(file, sourceFile ?? fileName(file));
  if (sourceFile !== null) return looksLikeFile(sourceFile) ? reference(sourceFile, fileName(sourceFile)) : { kind: 'missing', name: sourceFile, available: null, metadata: {} };
  return hasExtension(name) ? reference(name, fileName(name)) : { kind: 'missing', name: '', available: null, metadata: {} };
}

/** What `findMedia` reads the media from. */
export function writeMedia(media: MediaReference): { readonly sourceFile: string | null; readonly file: string | null } {
  switch (media.kind) {
    case 'file':
      if (media.url === '') return { sourceFile: media.name || null, file: null };
      if (media.url === media.name && hasExtension(media.url)) return { sourceFile: media.url, file: null };
      return { sourceFile: media.name === '' || media.name === fileName(media.url) ? null : media.name, file: media.url };
    case 'sequence':
      return { sourceFile: null, file: `${media.folder}${media.folder === '' || media.folder.endsWith('/') ? '' : '/'}${media.prefix}%0${media.padding}d${media.suffix}` };
    case 'missing':
      return { sourceFile: media.name === '' ? null : media.name, file: null };
    case 'generator':
      return { sourceFile: null, file: null };
  }
}

/** The reel that stands for a clip which has none. */
export function reelWithout(media: MediaReference): string {
  if (media.kind !== 'generator') return unknownReel;
  return media.generator === 'bars' ? 'BARS' : 'BL';
}

function looksLikeFile(text: string): boolean {
  return /[\\/]/.test(text) || hasExtension(text);
}

function hasExtension(text: string): boolean {
  return /\.(?:[a-z][a-z0-9]{1,4}|3gp2?)$/i.test(text);
}
