/** Files that are versions of one shot, by their names: the name is the same but for vNNN, in the file's folder or in one beside it of the same kind. */
import { nameOfPath } from '../relink/media-name.ts';
import { mediaKind } from '../media-files.ts';

export type VersionFile = { readonly path: string; readonly version: number };

/** Ascending, the shot's own among them; of its own kind of file (movie, still, sound). Empty where its name tells no version. */
export function versionFiles(path: string, listed: readonly string[]): VersionFile[] {
  const own = nameOfPath(path);
  if (own.version === null) return [];
  const kind = mediaKind(path);
  return listed
    .map((file) => ({ file, name: nameOfPath(file) }))
    .flatMap(({ file, name }) => (name.version !== null && name.code === own.code && mediaKind(file) === kind ? [{ path: file, version: name.version }] : []))
    .toSorted((a, b) => a.version - b.version || (a.path < b.path ? -1 : 1));
}

/** `v003` as a folder of its own, or `comp_v003`, becomes a pattern of the folders beside it; null for others. */
export function versionFolder(name: string): RegExp | null {
  const match = /^(.*?)(?<![a-z0-9])v\d{1,4}(?![a-z0-9])(.*)$/i.exec(name);
  return match ? new RegExp(`^${escape(match[1] ?? '')}v\\d{1,4}${escape(match[2] ?? '')}$`, 'i') : null;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
