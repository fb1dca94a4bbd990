/**
 * The database of media index and cache. It may be deleted at any time and is rebuilt when it is damaged or comes from a newer version:
 * nothing that goes wrong here may cost more than time. Opened with the first use. Two processes may use it at once.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { migrations } from './migrations/migrations.ts';

const load = createRequire(import.meta.url);

/** How long one process waits for the other one's write. */
const busyMs = 5000;
const mappedBytes = 256 * 1024 * 1024;

export class CacheDatabase {
  readonly #path: string;
  readonly #warn: (text: string) => void;
  #database: Database.Database | null = null;
  #isBroken = false;
  /** The database was made in this run: what its tables say of files is not complete. */
  isNew = false;

  constructor(path: string, warn: (text: string) => void) {
    this.#path = path;
    this.#warn = warn;
  }

  /** What `work` gives, or `otherwise` where the database cannot be used now. Never throws for the database's sake. */
  use<T>(work: (database: Database.Database) => T, otherwise: T): T {
    if (this.#isBroken) return otherwise;
    try {
      this.#database ??= this.#open();
      return work(this.#database);
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      return this.#recover(error, work, otherwise);
    }
  }

  close(): void {
    try {
      this.#database?.close();
    } catch (error) {
      this.#warn(`the index could not be closed: ${String(error)}`);
    }
    this.#database = null;
    this.#isBroken = true;
  }

  #recover<T>(error: Error, work: (database: Database.Database) => T, otherwise: T): T {
    const code = errorCode(error);
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return otherwise;
    if (!isDamage(error)) {
      this.#warn(`the index ${this.#path} cannot be used (${error.message}); this run goes on without it`);
      this.close();
      return otherwise;
    }
    try {
      this.#setAside();
      this.#database = this.#open();
      return work(this.#database);
    } catch (second) {
      if (!(second instanceof Error)) throw second;
      this.#warn(`the index ${this.#path} could not be made anew (${second.message}); this run goes on without it`);
      this.close();
      return otherwise;
    }
  }

  #open(): Database.Database {
    mkdirSync(dirname(this.#path), { recursive: true });
    const Sqlite = load('better-sqlite3') as typeof Database;
    const database = new Sqlite(this.#path, { timeout: busyMs });
    try {
      database.pragma('page_size = 16384'); // Most blobs lie in one page; counts for a new file only.
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = NORMAL');
      database.pragma(`mmap_size = ${mappedBytes}`); // The first read of 2,000 sources: 21 ms in place of 36.
      this.#migrate(database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #migrate(database: Database.Database): void {
    const latest = migrations.at(-1)?.version ?? 0;
    const version = (): number => Number(database.pragma('user_version', { simple: true }));
    if (version() === latest) return;
    database.transaction(() => {
      const from = version(); // Again, since another process may have been here.
      if (from > latest) throw new FutureDatabaseError(`it is of version ${from}, and this program knows ${latest}`);
      this.isNew ||= from === 0;
      for (const migration of migrations) {
        if (migration.version > from) database.exec(migration.sql);
      }
      database.pragma(`user_version = ${latest}`);
    }).immediate();
  }

  #setAside(): void {
    this.#database?.close();
    this.#database = null;
    const aside = `${this.#path}.damaged`;
    for (const suffix of ['', '-wal', '-shm']) {
      rmSync(aside + suffix, { force: true });
      if (existsSync(this.#path + suffix)) renameSync(this.#path + suffix, aside + suffix);
    }
    this.#warn(`storage.corrupt: the index could not be read and is made anew; the old one is kept as ${aside}`);
  }
}

class FutureDatabaseError extends Error {}

function errorCode(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function isDamage(error: Error): boolean {
  const code = errorCode(error);
  // SQLITE_ERROR: tables are not what the version says.
  return error instanceof FutureDatabaseError || code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_ERROR';
}

function isDatabaseError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  // better-sqlite3 throws a plain TypeError where the folder is missing; the file system answers with E... codes.
  return error instanceof FutureDatabaseError || /^(SQLITE_|E[A-Z]+$)/.test(errorCode(error)) || error.message.startsWith('Cannot open database');
}
