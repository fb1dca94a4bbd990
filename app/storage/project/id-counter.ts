/**
 * One counter for the ids of all rows, never used twice. It stands in the file ahead of what was given out, so that an id costs no
 * write; a killed process leaves a gap.
 */
import type Database from 'better-sqlite3';
import { StringoutError } from '../../base/errors.ts';
import { isId } from './columns.ts';
import type { ProjectConnection } from './project-connection.ts';

const blockSize = 10_000;

export class IdCounter {
  readonly #connection: ProjectConnection;
  readonly #set: Database.Statement<[number]>;
  readonly #raise: Database.Statement<[number]>;
  #next: number;
  /** Ids below it may be given out: the file knows. */
  #reserved: number;

  constructor(connection: ProjectConnection) {
    const value = connection.database.prepare("SELECT value FROM counters WHERE name = 'next_id'").pluck().get();
    if (!isId(value)) throw new StringoutError('storage.corrupt', 'the counter of ids cannot be read');
    this.#connection = connection;
    this.#set = connection.database.prepare<[number]>("UPDATE counters SET value = ? WHERE name = 'next_id'");
    this.#raise = connection.database.prepare<[number]>("UPDATE counters SET value = max(value, ?) WHERE name = 'next_id'");
    this.#next = value;
    this.#reserved = value;
  }

  newId(): number {
    if (this.#next >= this.#reserved) {
      const reserved = this.#next + blockSize;
      this.#connection.write(() => this.#set.run(reserved));
      this.#reserved = reserved;
    }
    return this.#next++;
  }

  /** Rows may come with ids of their own (a copy of a project): those are not given out again. */
  noteUsed(id: number): void {
    this.#next = Math.max(this.#next, id + 1);
    if (id >= this.#reserved) this.#raise.run(id + 1); // In the caller's transaction: it may be rolled back, and memory keeps the gap.
  }

  /** Gives back what was reserved. For the end. */
  settle(): void {
    if (this.#reserved > this.#next) this.#connection.write(() => this.#set.run(this.#next));
    this.#reserved = this.#next;
  }
}
