/** Opens the database of a project: lock, journal, versions and the check that it is sound. */
import { accessSync, constants, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { StringoutError } from '../../base/errors.ts';
import { damaged } from './damage.ts';
import { takeLockFile } from './lock-file.ts';
import { checkVersion, latestVersion, migrate, versionOf } from './migrate.ts';
import { projectMigrations } from './migrations/migrations.ts';
import { ownWords } from './project-connection.ts';
import { takeLock, type ProjectLock } from './write-lock.ts';

export type OpenDatabase = {
  readonly database: Database.Database;
  /** The file itself, links followed. */
  readonly path: string;
  /** Null: read-only. */
  readonly lock: ProjectLock | null;
  readonly whyReadOnly: string | null;
};

const load = createRequire(import.meta.url);

/** Others read for moments; on a network file system that keeps a commit waiting. */
const busyMs = 5000;
const writeProtected = 'the file or its folder is write-protected';

/** Throws input.missing, input.unreadable, input.unsupported (no project, or a newer one) or storage.corrupt, which names the backup. */
export function openDatabase(given: string, isOnNetwork: (folder: string) => boolean): OpenDatabase {
  const path = fileOf(given);
  const isNetwork = isOnNetwork(dirname(path));
  const isWritable = canWrite(path) && canWrite(dirname(path));
  const lock = isWritable ? (isNetwork ? takeLockFile : takeLock)(path) : null;
  const Sqlite = load('better-sqlite3') as typeof Database;
  let database: Database.Database | null = null;
  try {
    database = new Sqlite(path, { timeout: busyMs, readonly: !isWritable });
    prepare(database, path, lock !== null, isNetwork);
    const whyReadOnly = lock ? null : isWritable ? whoHolds(database, path, isNetwork) : writeProtected;
    return { database, path, lock, whyReadOnly };
  } catch (error) {
    database?.close();
    lock?.release();
    throw ownWords(error, path);
  }
}

/** What is left after it is the file alone, with all of the project in it. */
export function closeDatabase({ database, lock, path }: OpenDatabase, warn: (text: string) => void): void {
  try {
    if (lock?.isStillMine()) {
      database.exec('DELETE FROM holder');
      database.pragma('optimize');
      database.pragma('wal_checkpoint(TRUNCATE)');
      // Without WAL in its header it opens in a write-protected folder too. Refused while another instance reads: then that one tidies up.
      database.pragma('busy_timeout = 0');
      tryPragma(database, 'journal_mode = DELETE');
    }
  } catch (error) {
    warn(`the project ${path} could not be tidied up as it was closed (${String(error)}); nothing is lost, and the next opening does it`);
  } finally {
    database.close();
    lock?.release();
  }
}

function prepare(database: Database.Database, path: string, isWriter: boolean, isNetwork: boolean): void {
  const latest = latestVersion(projectMigrations);
  // Without shared memory a WAL that a killed process left is read, and done away with, under an exclusive lock.
  if (isWriter && isNetwork) database.pragma('locking_mode = EXCLUSIVE');
  checkVersion(database, path, latest);
  const findings = database.pragma('quick_check(1)', { simple: true });
  if (findings !== 'ok') throw damaged(path, String(findings));
  if (isWriter) {
    database.pragma(`journal_mode = ${isNetwork ? 'DELETE' : 'WAL'}`);
    if (isNetwork) database.pragma('locking_mode = NORMAL');
    // Every commit is synced: neither a killed process nor a power cut takes back an edit. EXTRA is FULL for the rollback journal's folder too.
    database.pragma(`synchronous = ${isNetwork ? 'EXTRA' : 'FULL'}`);
  } else {
    database.pragma('query_only = ON');
  }
  if (isWriter) {
    migrate(database, projectMigrations);
    database.pragma('foreign_keys = ON');
    database.prepare('INSERT OR REPLACE INTO holder VALUES (1, ?, ?)').run(process.pid, hostname());
  } else if (versionOf(database) !== latest) {
    throw new StringoutError('output.refused', 'this project is of an older format, and cannot be brought up to date here: it can only be read. Copy it to where it can be written', { file: path });
  }
}

function whoHolds(database: Database.Database, path: string, isNetwork: boolean): string {
  const row = database.prepare<[], { pid: number; host: string }>('SELECT pid, host FROM holder').get();
  const who = row ? `process ${row.pid} on ${row.host}` : 'another process';
  const way = isNetwork && row?.host !== hostname() ? `. If nothing runs there any more, remove ${path}.lock` : '';
  return `it is open in another window (${who})${way}`;
}

function fileOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw new StringoutError('input.missing', 'there is no such project file', { file: path }, { cause: error });
  }
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function tryPragma(database: Database.Database, pragma: string): void {
  try {
    database.pragma(pragma);
  } catch {
    // The caller says why.
  }
}
