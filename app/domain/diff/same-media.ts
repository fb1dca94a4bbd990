/** Whether clips of two cuts show the same media, though one cut names reels and the other files. */
import { nameOfAddress, nameOfPath, fold } from '../relink/media-name.ts';
import type { CutClip } from './model.ts';

export type ClipCall = {
  readonly stems: ReadonlySet<string>;
  readonly reel: string;
  /** Cameras' reel and clip, out of any of its names. */
  readonly camera: string | null;
  /** The clip's name: whole, and as a shot without its version. */
  readonly name: string;
  readonly code: string;
};

/** EDLs cut reels at so many characters. */
const shortReel = 8;

export function callOf(clip: CutClip): ClipCall {
  const files = [clip.address, ...clip.fileNames].filter((text) => text !== '').map(nameOfAddress);
  const own = nameOfAddress(clip.name);
  const reel = fold(clip.reel ?? '');
  const camera = [...files, nameOfPath(reel), own].find((name) => name.camera !== null)?.camera ?? null;
  return { stems: new Set(files.map(({ stem }) => stem)), reel, camera, name: own.stem, code: own.code };
}

/** Texts of which two clips of the same media or shot share one at least. */
export function tokensOf({ stems, reel, camera, name, code }: ClipCall): string[] {
  const texts = [...stems, reel, ...[...stems, reel, name].map((text) => text.slice(0, shortReel)), camera ?? '', name, code];
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

/** The same shot, whatever its media are now. */
export function isSameShot(a: ClipCall, b: ClipCall): boolean {
  return (a.name !== '' && a.name === b.name) || (a.code !== '' && a.code === b.code);
}

function isSameReel(a: string, b: string): boolean {
  return a === b || (a.length === shortReel && b.startsWith(a)) || (b.length === shortReel && a.startsWith(b));
}
