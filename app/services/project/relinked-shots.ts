/** Shots with the files that were chosen for them, read before they are taken: undo and redo then find them as they are. */
import { basename, extname } from 'node:path';
import { StringoutError, unflattenError, withPlace } from '../../base/errors.ts';
import type { Shot } from '../../domain/project/project.ts';
import { parseShotName } from '../../domain/shot-name.ts';
import { settleShot } from './bring-in.ts';
import type { ProjectSession } from './project-session.ts';
import type { SourceLibrary } from './source-library.ts';

/** Throws `usage` where a shot is not there, and what is wrong with a file. */
export async function relinkedShots(links: ReadonlyMap<number, string>, session: ProjectSession, library: SourceLibrary, signal: AbortSignal): Promise<Shot[]> {
  const paths = [...new Set(links.values())];
  library.forget(paths);
  const indexed = await library.getMany(paths, session.state.sequence.rate, signal);
  return [...links].map(([id, path]) => {
    const shot = session.state.shots.get(id);
    if (!shot) throw new StringoutError('usage', `there is no shot ${id}`);
    const entry = indexed.get(path) ?? null;
    if (!entry?.source) throw withPlace(entry?.error ? unflattenError(entry.error) : new StringoutError('input.missing', 'does not exist', {}), { file: path });
    const { version, versionGroup } = parseShotName(basename(path, extname(path)));
    return settleShot({ ...shot, path, ...(version !== null && { version, versionGroup }) }, entry);
  });
}
