/**
 * The one writer of a project on a local disk. The lock is a transaction held open on an empty database beside the project, so the system
 * itself ends it with the process, however that dies. The project's own file must never be opened and closed by other means in this
 * process while it is open: POSIX would drop SQLite's locks with it.
 */
import { rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

export interface ProjectLock {
  /** False where another program took it over. */
  isStillMine(): boolean;
  release(): void;
}

const load = createRequire(import.meta.url);

export function lockPath(path: string): string {
  return `${path}.lock`;
}

/** Null where another instance has it, in this process or another. */
export function takeLock(path: string): ProjectLock | null {
  const file = lockPath(path);
  const Sqlite = load('better-sqlite3') as typeof Database;
  for (;;) {
    const before = inode(file);
    const database = new Sqlite(file, { timeout: 0 });
    try {
      database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      database.close();
      if (isBusy(error)) return null;
      throw error;
    }
    // The last holder removes the file as it leaves: what was locked may no longer be what lies there.
    if (before !== null && before === inode(file)) return held(database, file);
    database.close();
  }
}

function held(database: Database.Database, file: string): ProjectLock {
  return {
    isStillMine: () => true,
    release: (): void => {
      // Windows removes no open file; elsewhere it must go while it is still locked.
      if (process.platform !== 'win32') rmSync(file, { force: true });
      database.close();
      if (process.platform === 'win32') removeUnused(file);
    },
  };
}

function removeUnused(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The next instance has it open already, and will remove it.
  }
}

function inode(file: string): bigint | null {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^SQLITE_(?:BUSY|LOCKED)/.test(error.code);
}
