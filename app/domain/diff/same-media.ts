/** Whether clips of two cuts show the same media, though one cut names reels and the other files. */
import { fold, nameOfAddress, nameOfPath, sequenceName } from '../relink/media-name.ts';
import type { CutClip } from './model.ts';

export type ClipCall = {
  readonly stems: ReadonlySet<string>;
  readonly reel: string;
  /** Cameras' reel and clip, out of any of its names. */
  readonly camera: string | null;
  readonly name: string;
  /** The shots behind its names: those without their versions. */
  readonly codes: ReadonlySet<string>;
};

/** EDLs cut reels at so many characters. */
const shortReel = 8;

export function callOf(clip: CutClip): ClipCall {
  const named = [clip.address, ...clip.fileNames].filter((text) => text !== '').map(nameOfAddress);
  // Some formats name a sequence's first file in its place.
  const files = [...named, ...named.map(({ file }) => sequenceName(file)).filter((name) => name !== null).map(nameOfPath)];
  const own = nameOfAddress(clip.name);
  const reel = fold(clip.reel ?? '');
  const camera = [...files, nameOfPath(reel), own].find((name) => name.camera !== null)?.camera ?? null;
  return { stems: new Set(files.map(({ stem }) => stem)), reel, camera, name: own.stem, codes: new Set([...files, own].map(({ code }) => code).filter((code) => code !== '')) };
}

/** Texts of which two clips of the same media or shot share one at least. */
export function tokensOf({ stems, reel, camera, name, codes }: ClipCall): string[] {
  const texts = [...stems, reel, ...[...stems, reel, name].map((text) => text.slice(0, shortReel)), camera ?? '', name, ...codes];
  return [...new Set(texts.filter((text) => text !== ''))];
}

export function isSameMedia(a: ClipCall, b: ClipCall): boolean {
  if (a.stems.size > 0 && b.stems.size > 0) return [...a.stems].some((stem) => b.stems.has(stem)) && (a.reel === '' || b.reel === '' || isSameReel(a.reel, b.reel));
  if (a.camera !== null && a.camera === b.camera) return true;
  if (a.reel !== '' && b.reel !== '') return isSameReel(a.reel, b.reel);
  if (a.reel !== '' && b.stems.size > 0) return [...b.stems].some((stem) => isSameReel(a.reel, stem)) || a.name === b.name;
  if (b.reel !== '' && a.stems.size > 0) return isSameMedia(b, a);
  return a.name !== '' && a.name === b.name;
}

/** What says that both are the same shot, whatever their media are now. */
export function sharedCodes(a: ClipCall, b: ClipCall): string[] {
  return [...a.codes].filter((code) => b.codes.has(code));
}

function isSameReel(a: string, b: string): boolean {
  return a === b || (a.length === shortReel && b.startsWith(a)) || (b.length === shortReel && a.startsWith(b));
}
