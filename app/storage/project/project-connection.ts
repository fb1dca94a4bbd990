/** The open database of a project, for its repositories: one writer, and SQLite's errors in the program's own words. */
import type Database from 'better-sqlite3';
import { StringoutError } from '../../base/errors.ts';
import { damaged } from './damage.ts';

export type ConnectionOptions = {
  readonly path: string;
  /** Null: this connection may write. */
  readonly whyReadOnly: string | null;
  /** Asked before each write: false where another program took the project over. */
  readonly isStillMine: () => boolean;
  readonly warn: (text: string) => void;
};

export class ProjectConnection {
  readonly database: Database.Database;
  readonly #options: ConnectionOptions;

  constructor(database: Database.Database, options: ConnectionOptions) {
    this.database = database;
    this.#options = options;
  }

  get whyReadOnly(): string | null { return this.#options.whyReadOnly; }

  warn(text: string): void {
    this.#options.warn(text);
  }

  /** All of `work` in one transaction, on the disk when this returns; or none of it. Throws output.refused where the project is read-only. */
  write<T>(work: () => T): T {
    const { whyReadOnly, path, isStillMine } = this.#options;
    if (whyReadOnly !== null) throw new StringoutError('output.refused', `this project cannot be changed here: ${whyReadOnly}`, { file: path });
    if (!isStillMine()) {
      throw new StringoutError('output.refused', 'another program took this project over; nothing more is written here. Close it and open it again', { file: path });
    }
    return this.#inOwnWords(() => this.database.transaction(work).immediate());
  }

  /** All that `work` reads is of one moment. */
  read<T>(work: () => T): T {
    return this.#inOwnWords(() => this.database.transaction(work).deferred());
  }

  #inOwnWords<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw ownWords(error, this.#options.path);
    }
  }
}

/** Errors of SQLite as ours; all others as they are. */
export function ownWords(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (!code.startsWith('SQLITE_') || !(error instanceof Error)) return error;
  const place = { file: path };
  const cause = { cause: error };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(path, error.message, error);
  if (code.startsWith('SQLITE_FULL')) return new StringoutError('output.full', 'the disk is full: the last change was not kept. Make room and try again', place, cause);
  if (code.startsWith('SQLITE_READONLY')) return new StringoutError('output.refused', 'the project file cannot be written', place, cause);
  if (code.startsWith('SQLITE_CANTOPEN')) return new StringoutError('input.unreadable', 'the project file, or a file beside it, cannot be opened', place, cause);
  if (code.startsWith('SQLITE_BUSY')) return new StringoutError('output.failed', 'another program holds the project file locked: the change was not kept. Try again', place, cause);
  if (code.startsWith('SQLITE_IOERR')) return new StringoutError('output.failed', `the disk answered with an error (${error.message}): the last change was not kept`, place, cause);
  return new StringoutError('internal', `the project's database refused: ${error.message}`, place, cause);
}
