/** A table of rows with ids, all alike in how they are read, checked and written; what differs is in its definition. */
import type Database from 'better-sqlite3';
import type { Check } from '../shape.ts';
import type { SqlValue } from './columns.ts';

export type TableDefinition<Row extends { readonly id: number }> = {
  readonly name: string;
  /** `id` first. */
  readonly columns: readonly string[];
  /** In the order of `columns`. */
  readonly write: (row: Row) => readonly SqlValue[];
  /** A row to be checked; the values come in the order of `columns`. */
  readonly read: (values: readonly unknown[]) => unknown;
  readonly check: Check<Row>;
};

/** The statements of a table. */
export function rowStatements({ name, columns }: Pick<TableDefinition<{ readonly id: number }>, 'name' | 'columns'>) {
  const list = columns.join(', ');
  return {
    all: `SELECT ${list} FROM ${name} ORDER BY id`,
    get: `SELECT ${list} FROM ${name} WHERE id = ?`,
    put: `INSERT INTO ${name} (${list}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${columns.slice(1).map((column) => `${column} = excluded.${column}`).join(', ')}`,
    remove: `DELETE FROM ${name} WHERE id = ?`,
  } as const;
}

export class RowTable<Row extends { readonly id: number }> {
  readonly #definition: TableDefinition<Row>;
  readonly #warn: (text: string) => void;
  readonly #all: Database.Statement<[], unknown[]>;
  readonly #get: Database.Statement<[number], unknown[]>;
  readonly #put: Database.Statement<SqlValue[]>;
  readonly #remove: Database.Statement<[number]>;

  constructor(database: Database.Database, definition: TableDefinition<Row>, warn: (text: string) => void) {
    const statements = rowStatements(definition);
    this.#definition = definition;
    this.#warn = warn;
    this.#all = database.prepare<[], unknown[]>(statements.all).raw();
    this.#get = database.prepare<[number], unknown[]>(statements.get).raw();
    this.#put = database.prepare<SqlValue[]>(statements.put);
    this.#remove = database.prepare<[number]>(statements.remove);
  }

  /** Every row that can be read, by id; the others stay in the file, with a warning. */
  all(): Map<number, Row> {
    const rows = new Map<number, Row>();
    let unreadable = 0;
    for (const values of this.#all.iterate()) {
      const row = this.#parse(values);
      if (row) rows.set(row.id, row);
      else unreadable++;
    }
    if (unreadable > 0) this.#warn(`${unreadable} ${this.#definition.name} of the project could not be read and are left out`);
    return rows;
  }

  get(id: number): Row | null {
    const values = this.#get.get(id);
    return values ? this.#parse(values) : null;
  }

  put(rows: readonly Row[]): void {
    for (const row of rows) this.#put.run(...this.#definition.write(row));
  }

  remove(ids: readonly number[]): void {
    for (const id of ids) this.#remove.run(id);
  }

  isRow(value: unknown): value is Row {
    return this.#definition.check(value);
  }

  #parse(values: readonly unknown[]): Row | null {
    const row = this.#definition.read(values);
    return this.#definition.check(row) ? row : null;
  }
}
