/**
 * A project: one SQLite file (.stringout). Every edit is on the disk when `commit` returns; closed, the file is the whole project. One
 * instance writes, others read. While it is open, let no other code of this process open and close the file (write-lock.ts says why);
 * copy it closed, or take its backup.
 */
import { closeSync, openSync } from 'node:fs';
import { StringoutError } from '../../base/errors.ts';
import type { ProjectState } from '../../domain/project/project.ts';
import type { ProjectChange } from '../../domain/project/project-change.ts';
import { History, type Moved } from './history.ts';
import { HistoryTable, usualHistory, type HistoryLimits } from './history-table.ts';
import { IdCounter } from './id-counter.ts';
import { JobTable } from './job-table.ts';
import { isOnNetwork } from './network-file-system.ts';
import { closeDatabase, openDatabase, type OpenDatabase } from './open-database.ts';
import { ProfileTable } from './profile-table.ts';
import { ProjectConnection } from './project-connection.ts';
import { ProjectRows } from './project-rows.ts';
import { RollingBackup } from './rolling-backup.ts';
import { SettingsTable } from './settings-table.ts';
import { ShotSearch } from './shot-search.ts';

export type ProjectFileOptions = {
  /** Hears of what was left out or could not be done, and did not stop the work. */
  readonly warn: (text: string) => void;
  readonly isOnNetwork?: ((folder: string) => boolean) | undefined;
  readonly historyLimits?: HistoryLimits | undefined;
};

export class ProjectFile {
  readonly path: string;
  readonly search: ShotSearch;
  readonly jobs: JobTable;
  readonly profiles: ProfileTable;
  readonly settings: SettingsTable;
  readonly #open: OpenDatabase;
  readonly #warn: (text: string) => void;
  readonly #rows: ProjectRows;
  readonly #history: History;
  readonly #ids: IdCounter;
  readonly #backup: RollingBackup | null;
  #isClosed = false;

  private constructor(open: OpenDatabase, { warn, historyLimits = usualHistory }: ProjectFileOptions) {
    const { database, path, lock, whyReadOnly } = open;
    const connection = new ProjectConnection(database, { path, whyReadOnly, warn, isStillMine: () => lock?.isStillMine() ?? false });
    this.path = path;
    this.#open = open;
    this.#warn = warn;
    this.#ids = new IdCounter(connection);
    this.#rows = new ProjectRows(connection);
    this.#history = new History(connection, this.#rows, new HistoryTable(database, historyLimits), this.#ids);
    this.search = new ShotSearch(connection);
    this.jobs = new JobTable(connection);
    this.profiles = new ProfileTable(connection);
    this.settings = new SettingsTable(connection);
    this.#backup = lock ? new RollingBackup(database, path, warn) : null;
  }

  /** Throws output.refused where something has that name already. */
  static create(path: string, options: ProjectFileOptions): ProjectFile {
    try {
      closeSync(openSync(path, 'wx'));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      throw new StringoutError('output.refused', 'there is a file of that name already: open it, or choose another name', { file: path }, { cause: error });
    }
    return ProjectFile.open(path, options);
  }

  /** Throws input.missing, input.unreadable, input.unsupported (no project, or a newer one) or storage.corrupt, which names the backup. */
  static open(path: string, options: ProjectFileOptions): ProjectFile {
    const open = openDatabase(path, options.isOnNetwork ?? isOnNetwork);
    try {
      const file = new ProjectFile(open, options);
      if (open.lock) file.jobs.interruptRunning();
      file.#backup?.start();
      return file;
    } catch (error) {
      closeDatabase(open, options.warn);
      throw error;
    }
  }

  get isReadOnly(): boolean { return this.whyReadOnly !== null; }

  /** "it is open in another window (process 7 on edit-2)"; null: it can be written. */
  get whyReadOnly(): string | null { return this.#open.whyReadOnly; }

  /** What undo and redo would do next; null: nothing. */
  get history(): { readonly undo: string | null; readonly redo: string | null } { return this.#history.labels; }

  load(): ProjectState {
    return this.#rows.load();
  }

  /** An edit: on the disk when this returns, and undone as one. What was undone before can no longer be redone. `label`: "Trim 3 clips". */
  commit(label: string, change: ProjectChange): void {
    this.#history.commit(label, change);
  }

  /**
   * What the machine found out (indexing, a file that is gone): undo does not take it back. Only rows that are there are updated: what comes
   * too late for a row that was removed is passed over. Gives what was done.
   */
  note(change: ProjectChange): ProjectChange {
    return this.#history.note(change);
  }

  /** Null where there is nothing to undo. */
  undo(): Moved | null {
    return this.#history.move('undo');
  }

  redo(): Moved | null {
    return this.#history.move('redo');
  }

  /** For a row of any table; never given out twice. */
  newId(): number {
    return this.#ids.newId();
  }

  /** Settles when no backup is being made. */
  get backedUp(): Promise<void> { return this.#backup?.idle ?? Promise.resolve(); }

  /** May be called twice. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#backup?.stop();
    try {
      if (!this.isReadOnly) this.#ids.settle();
    } finally {
      closeDatabase(this.#open, this.#warn);
    }
  }
}
