/** Versions of a shot on the disk: in its folder, and where that is a version's own, in those beside it. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { groupSequences } from '../../domain/image-sequence.ts';
import { mediaKind } from '../../domain/media-files.ts';
import { versionFiles, versionFolder, type VersionFile } from '../../domain/versions/version-files.ts';

/** `path`: a file or a sequence's pattern. Ascending, its own among them; empty where its name tells no version. Folders that cannot be read hold none. */
export async function findVersions(path: string): Promise<VersionFile[]> {
  const folder = dirname(path);
  const pattern = versionFolder(basename(folder));
  const beside = pattern ? (await namesIn(dirname(folder))).filter((name) => pattern.test(name)).map((name) => join(dirname(folder), name)) : [];
  const listed = await Promise.all([...new Set([folder, ...beside])].map(mediaIn));
  return versionFiles(path, listed.flat());
}

async function mediaIn(folder: string): Promise<string[]> {
  const kinds = Map.groupBy(await namesIn(folder), mediaKind);
  const stills = groupSequences(kinds.get('still') ?? []);
  return [...kinds.get('picture') ?? [], ...kinds.get('sound') ?? [], ...stills.others, ...stills.sequences.map(({ pattern }) => pattern)].map((name) => join(folder, name));
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => !name.startsWith('.'));
}
