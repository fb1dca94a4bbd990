/** All media below a folder by name alone: nothing is opened. */
import { join } from 'node:path';
import { groupSequences } from '../../domain/image-sequence.ts';
import { mediaKind } from '../../domain/media-files.ts';
import type { ListedMedia } from '../../domain/relink/name-index.ts';
import { walkFolder } from '../inputs/walk-folder.ts';

/** Sequences as one. `unreadable`: folders below it that could not be opened. Throws `input.missing` where the folder itself is not there. */
export async function listMedia(folder: string): Promise<{ readonly media: readonly ListedMedia[]; readonly unreadable: readonly string[] }> {
  const unreadable: string[] = [];
  const listings = await walkFolder(folder, unreadable);
  const media = listings.flatMap(({ folder: within, names }) => {
    const kinds = Map.groupBy(names, mediaKind);
    const stills = groupSequences(kinds.get('still') ?? []);
    const plain = [...kinds.get('picture') ?? [], ...kinds.get('sound') ?? [], ...stills.others];
    return [
      ...plain.map((name): ListedMedia => ({ path: join(within, name), first: null })),
      ...stills.sequences.map(({ pattern, first }): ListedMedia => ({ path: join(within, pattern), first })),
    ];
  });
  return { media, unreadable };
}
