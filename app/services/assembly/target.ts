/** The place of a movie or timeline: checked before anything is made, written under a temporary name, renamed when whole. */
import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, open, readdir, realpath, rename, rm, stat, statfs } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { StringoutError } from '../../base/errors.ts';
import { containers, type Container } from '../../domain/profile.ts';

export type Place = {
  /** Where it will stand; a link's destination, so that links stay links. */
  readonly path: string;
  readonly temporaryPath: string;
};
export type Target = Place & { readonly container: Container };

export function containerOf(output: string): Container {
  const extension = extname(output).slice(1).toLowerCase();
  const container = containers.find((name) => name === extension);
  if (!container) {
    throw new StringoutError('usage', `the name of the movie must end in ${containers.map((name) => `.${name}`).join(', ')}`, { file: output });
  }
  return container;
}

/** Throws `output.refused` where the movie cannot stand there; nothing is created yet, and what killed runs left of it is removed. */
export async function checkTarget(output: string): Promise<Target> {
  const container = containerOf(output);
  return { ...await checkPlace(output, 'movie'), container };
}

/** The same for whatever is written; `what` names it in errors. */
export async function checkPlace(output: string, what: string): Promise<Place> {
  const path = await realpath(output).catch((error: unknown) => {
    if (isMissing(error)) return resolve(output);
    throw error;
  });
  const existing = await stat(path).catch(() => null);
  if (existing && !existing.isFile()) throw new StringoutError('output.refused', `is not a regular file: choose another name for the ${what}`, { file: output });
  const folder = dirname(path);
  const folderStat = await stat(folder).catch(() => null);
  if (!folderStat?.isDirectory()) throw new StringoutError('output.refused', `the folder for the ${what} does not exist: create it first`, { file: folder });
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new StringoutError('output.refused', `the folder for the ${what} cannot be written to`, { file: folder }, { cause: error });
  }
  const prefix = temporaryPrefix(path);
  await removeLeftovers(folder, prefix);
  const temporaryPath = join(folder, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
  return { path, temporaryPath };
}

/** A movie must not overwrite what it is made from, by whatever name or link it is called. */
export async function refuseSources(target: Place, files: readonly string[], what = 'movie'): Promise<void> {
  const existing = await stat(target.path).catch(() => null);
  if (!existing) return;
  for (const file of files) {
    const source = await stat(file).catch(() => null);
    if (source && source.ino === existing.ino && source.dev === existing.dev) {
      throw new StringoutError('output.refused', `is one of the sources: choose another name for the ${what}`, { file: target.path });
    }
  }
}

/** File systems that may share blocks, where free space says little about a copy: XFS, btrfs (linux/magic.h). */
const sharingFileSystems = new Set([0x58465342, 0x9123683e]);

export async function checkSpace(folder: string, bytes: number, what: string): Promise<void> {
  const { bavail, bsize, type } = await statfs(folder);
  if (sharingFileSystems.has(type) || bavail * bsize >= bytes) return;
  const megabytes = (value: number): string => `${Math.ceil(value / 1e6)} MB`;
  throw new StringoutError('output.full', `${what} needs ${megabytes(bytes)} and the disk has ${megabytes(bavail * bsize)} free`, { file: folder });
}

/** Put the finished file in the target's place and make that last through a power cut. */
export async function publish(target: Place): Promise<void> {
  await rename(target.temporaryPath, target.path);
  // Folders cannot be opened on Windows; there the rename alone has to do.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(target.path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Remove our own unfinished file or folder, if it is there. */
export async function discardTemporary(target: Place): Promise<void> {
  await rm(target.temporaryPath, { force: true, recursive: true });
}

/** Short whatever the movie's name; the same for one movie on one machine, whose process numbers alone can be looked up here. */
function temporaryPrefix(path: string): string {
  return `.stringout-${createHash('sha1').update(`${hostname()}\0${basename(path)}`).digest('hex').slice(0, 16)}-`;
}

/** Unfinished files or folders of this name whose process is gone. */
async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  // A folder that may be written to but not listed keeps them.
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, pid] = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]{8}\.tmp$/.exec(name.slice(prefix.length)) ?? [] : [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    const path = join(folder, name);
    const found = await lstat(path).catch(() => null);
    if (found?.isFile() || found?.isDirectory()) await rm(path, { force: true, recursive: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
