/** The steps of undo and redo in the file, and where in them the project stands. */
import type Database from 'better-sqlite3';
import { fromJson, isInteger } from './columns.ts';
import { isHistoryStep, type Direction, type HistoryStep } from './history-step.ts';
import { isString } from '../shape.ts';

/** What is kept: more steps than anyone takes back, in a file that stays quick to check. */
export type HistoryLimits = { readonly steps: number; readonly bytes: number };
export const usualHistory: HistoryLimits = { steps: 2000, bytes: 32 << 20 };

/** `step` is null where it cannot be read. */
export type StoredStep = { readonly id: number; readonly label: string; readonly step: HistoryStep | null };

const position = "(SELECT value FROM counters WHERE name = 'history_position')";

export const historyStatements = {
  lastDone: `SELECT id, label, step FROM history WHERE id <= ${position} ORDER BY id DESC LIMIT 1`,
  firstUndone: `SELECT id, label, step FROM history WHERE id > ${position} ORDER BY id LIMIT 1`,
  labelDone: `SELECT label FROM history WHERE id <= ${position} ORDER BY id DESC LIMIT 1`,
  labelUndone: `SELECT label FROM history WHERE id > ${position} ORDER BY id LIMIT 1`,
  dropUndone: `DELETE FROM history WHERE id > ${position}`,
  insert: 'INSERT INTO history (label, bytes, step) VALUES (?, ?, ?)',
  replace: 'UPDATE history SET bytes = ?, step = ? WHERE id = ?',
  moveTo: "UPDATE counters SET value = ? WHERE name = 'history_position'",
  sizes: 'SELECT id, bytes FROM history ORDER BY id DESC',
  dropUpTo: 'DELETE FROM history WHERE id <= ?',
  dropFrom: 'DELETE FROM history WHERE id >= ?',
} as const;

export class HistoryTable {
  readonly #database: Database.Database;
  readonly #limits: HistoryLimits;
  readonly #statements = new Map<string, Database.Statement<(string | number)[], unknown[]>>();

  constructor(database: Database.Database, limits: HistoryLimits) {
    this.#database = database;
    this.#limits = limits;
  }

  /** What undo or redo would do next, in words. */
  label(direction: Direction): string | null {
    const [label] = this.#statement(direction === 'undo' ? historyStatements.labelDone : historyStatements.labelUndone).get() ?? [];
    return isString(label) ? label : null;
  }

  next(direction: Direction): StoredStep | null {
    const [id, label, text] = this.#statement(direction === 'undo' ? historyStatements.lastDone : historyStatements.firstUndone).get() ?? [];
    if (!isInteger(id) || !isString(label)) return null;
    const step = fromJson(text);
    return { id, label, step: isHistoryStep(step) ? step : null };
  }

  /** Drops what was undone, and the oldest steps beyond the limits. */
  append(label: string, step: HistoryStep): void {
    const text = JSON.stringify(step);
    this.#run(historyStatements.dropUndone);
    const { lastInsertRowid } = this.#run(historyStatements.insert, label, text.length, text);
    this.#run(historyStatements.moveTo, Number(lastInsertRowid));
    this.#trim();
  }

  /** The step as it now is, and the project before (undo) or after it (redo). */
  move(id: number, step: HistoryStep, direction: Direction): void {
    const text = JSON.stringify(step);
    this.#run(historyStatements.replace, text.length, text, id);
    this.#run(historyStatements.moveTo, direction === 'undo' ? id - 1 : id);
  }

  /** Forgets a step that cannot be used, and all that lies beyond it. */
  dropBeyond(id: number, direction: Direction): void {
    this.#run(direction === 'undo' ? historyStatements.dropUpTo : historyStatements.dropFrom, id);
  }

  #trim(): void {
    const { steps, bytes } = this.#limits;
    let count = 0;
    let sum = 0;
    let beyond: number | null = null;
    for (const [id, size] of this.#statement(historyStatements.sizes).iterate()) {
      sum += Number(size);
      // The newest step is kept however large it is.
      if (++count === 1 || (count <= steps && sum <= bytes)) continue;
      beyond = Number(id);
      break;
    }
    if (beyond !== null) this.#run(historyStatements.dropUpTo, beyond);
  }

  #statement(sql: string): Database.Statement<(string | number)[], unknown[]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare<(string | number)[], unknown[]>(sql);
      if (statement.reader) statement.raw();
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #run(sql: string, ...values: (string | number)[]): Database.RunResult {
    return this.#statement(sql).run(...values);
  }
}
