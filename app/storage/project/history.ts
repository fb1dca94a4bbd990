/**
 * Every change of a project goes through here: edits with their step, undo and redo of steps, and what is outside history.
 * Each is one transaction, so that rows and history never differ, whatever happens to the process.
 */
import { isEmptyChange, type ProjectChange } from '../../domain/project/project-change.ts';
import { changeOf, isEmptyStep, stepOf, turned, type Direction } from './history-step.ts';
import type { HistoryTable } from './history-table.ts';
import type { IdCounter } from './id-counter.ts';
import type { ProjectConnection } from './project-connection.ts';
import type { ProjectRows } from './project-rows.ts';

/** What was done, to be applied by every window, and how it is called. */
export type Moved = { readonly label: string; readonly change: ProjectChange };

export class History {
  readonly #connection: ProjectConnection;
  readonly #rows: ProjectRows;
  readonly #table: HistoryTable;
  readonly #ids: IdCounter;

  constructor(connection: ProjectConnection, rows: ProjectRows, table: HistoryTable, ids: IdCounter) {
    this.#connection = connection;
    this.#rows = rows;
    this.#table = table;
    this.#ids = ids;
  }

  /** What undo and redo would do next; null: nothing. */
  get labels(): { readonly undo: string | null; readonly redo: string | null } {
    return { undo: this.#table.label('undo'), redo: this.#table.label('redo') };
  }

  commit(label: string, change: ProjectChange): void {
    this.#connection.write(() => {
      const step = stepOf(this.#rows, change);
      if (isEmptyStep(step)) return;
      this.#apply(change);
      this.#table.append(label, step);
    });
  }

  /** Rows that are no more are passed over, and removals: gives what was done. */
  note(change: ProjectChange): ProjectChange {
    return this.#connection.write(() => {
      const updates = this.#rows.updatesOf(change);
      if (!isEmptyChange(updates)) this.#apply(updates);
      return updates;
    });
  }

  /** Null where there is nothing to undo or redo. A step that cannot be read is forgotten, with all beyond it, and a warning. */
  move(direction: Direction): Moved | null {
    return this.#connection.write(() => {
      const next = this.#table.next(direction);
      if (!next) return null;
      const change = next.step && changeOf(this.#rows, next.step, direction);
      if (!change) {
        this.#table.dropBeyond(next.id, direction);
        this.#connection.warn(`"${next.label}" can no longer be taken back or done again: its record could not be read`);
        return null;
      }
      const done = stepOf(this.#rows, change);
      this.#apply(change);
      this.#table.move(next.id, direction === 'undo' ? turned(done) : done, direction);
      return { label: next.label, change };
    });
  }

  #apply(change: ProjectChange): void {
    this.#rows.apply(change);
    for (const rows of [change.shots, change.tracks, change.clips, change.markers]) {
      for (const row of rows?.put ?? []) this.#ids.noteUsed(row.id);
    }
  }
}
