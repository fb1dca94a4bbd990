/**
 * The one writer of a project on a network file system, where locks of the system cannot be relied on: a file that only one can make.
 * Left behind by a killed process, it is taken over on the same machine; another machine's is honoured, and the user told which file it is.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isString, shape } from '../shape.ts';
import { fromJson, isPositive } from './columns.ts';
import { lockPath, type ProjectLock } from './write-lock.ts';

type Holder = { readonly token: string; readonly pid: number; readonly host: string };
const isHolder = shape<Holder>({ token: isString, pid: isPositive, host: isString });

/** Locks of this process: its own pid is alive, and says nothing of them. */
const own = new Set<string>();

/** Null where another instance has it. */
export function takeLockFile(path: string): ProjectLock | null {
  const file = lockPath(path);
  const token = randomUUID();
  const text = JSON.stringify({ token, pid: process.pid, host: hostname() } satisfies Holder);
  if (!make(file, text)) {
    const found = read(file);
    if (found !== null && (!isLeftBehind(found) || !setAside(file, found))) return null;
    if (!make(file, text)) return null;
  }
  own.add(token);
  const isStillMine = (): boolean => read(file) === text;
  return {
    isStillMine,
    release: (): void => {
      own.delete(token);
      if (isStillMine()) rmSync(file, { force: true });
    },
  };
}

/** False where it is there already. */
function make(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isLeftBehind(text: string): boolean {
  const holder = fromJson(text);
  if (!isHolder(holder) || holder.host !== hostname()) return false;
  return holder.pid === process.pid ? !own.has(holder.token) : !isAlive(holder.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Two may find the same lock left behind: what was moved aside is looked at again, and put back if it is the other's new one. */
function setAside(file: string, expected: string): boolean {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return false;
  }
  const isExpected = read(aside) === expected;
  if (!isExpected) linkSync(aside, file);
  rmSync(aside, { force: true });
  return isExpected;
}
