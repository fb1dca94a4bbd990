/**
 * A copy of the project beside it, for the day when the disk damages the project: made after it was opened and found sound, then every few
 * minutes while it changes. SQLite copies a few pages at a time between other work; the copy takes its name only when it is complete.
 */
import { renameSync, rmSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { backupPath } from './damage.ts';

const everyMs = 10 * 60_000;

export class RollingBackup {
  readonly #database: Database.Database;
  readonly #path: string;
  readonly #warn: (text: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #copiedChanges = -1;
  #isStopped = false;
  /** Settles when no copy is being made. */
  idle: Promise<void> = Promise.resolve();

  constructor(database: Database.Database, path: string, warn: (text: string) => void) {
    this.#database = database;
    this.#path = path;
    this.#warn = warn;
  }

  start(): void {
    const last = statSync(backupPath(this.#path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Math.abs(Date.now() - last) >= everyMs) this.#copy();
    this.#timer = setInterval(() => this.#copy(), everyMs).unref();
  }

  /** A copy that is being made is given up. */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearInterval(this.#timer);
  }

  #copy(): void {
    const changes = Number(this.#database.prepare('SELECT total_changes()').pluck().get());
    if (changes === this.#copiedChanges) return;
    this.#copiedChanges = changes;
    this.idle = this.idle.then(() => this.#make());
  }

  async #make(): Promise<void> {
    const part = `${backupPath(this.#path)}.part`;
    try {
      removeDatabase(part);
      if (this.#isStopped) return;
      await this.#database.backup(part);
      if (!this.#isStopped) renameSync(part, backupPath(this.#path));
    } catch (error) {
      if (!this.#isStopped) this.#warn(`the project's backup could not be written (${error instanceof Error ? error.message : String(error)})`);
    } finally {
      removeDatabase(part);
    }
  }
}

function removeDatabase(path: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}
