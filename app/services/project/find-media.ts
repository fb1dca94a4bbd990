/** Files and folders that the user dropped, as the media in them: folders walked to the bottom, sequences as one, in natural order. */
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { orderBy } from 'natural-orderby';
import { flattenError } from '../../base/errors.ts';
import { groupSequences } from '../../domain/image-sequence.ts';
import { mediaKind } from '../../domain/media-files.ts';
import { walkFolder } from '../inputs/walk-folder.ts';

export type FoundMedia = {
  readonly paths: readonly string[];
  /** What was left out and why, in sentences. */
  readonly warnings: readonly string[];
};

/** A file that was named itself is taken whatever its name; in folders names decide. */
export async function findMedia(dropped: readonly string[]): Promise<FoundMedia> {
  const warnings: string[] = [];
  const paths: string[] = [];
  const unreadable: string[] = [];
  let others = 0;
  for (const path of dropped) {
    const found = await stat(path).catch((error: unknown) => {
      const { code, message } = flattenError(error);
      warnings.push(`${path}: ${code === 'input.missing' ? 'does not exist' : message}`);
      return null;
    });
    if (!found) continue;
    if (!found.isDirectory()) {
      paths.push(path);
      continue;
    }
    const listings = await walkFolder(path, unreadable);
    const inFolders = listings.flatMap(({ folder, names }) => {
      const kinds = Map.groupBy(names, mediaKind);
      others += kinds.get('other')?.length ?? 0;
      const stills = groupSequences(kinds.get('still') ?? []);
      return [...kinds.get('picture') ?? [], ...kinds.get('sound') ?? [], ...stills.sequences.map(({ pattern }) => pattern), ...stills.others].map((name) => join(folder, name));
    });
    paths.push(...orderBy(inFolders, [(file) => dirname(file), (file) => basename(file)]));
  }
  if (others > 0) warnings.push(`${others} ${others === 1 ? 'file is' : 'files are'} no media and left out`);
  if (unreadable.length > 0) warnings.push(`${unreadable.length} ${unreadable.length === 1 ? 'folder cannot' : 'folders cannot'} be read: ${unreadable.slice(0, 3).join(', ')}`);
  return { paths: [...new Set(paths)], warnings };
}
