/** Jobs that wait, run or have ended. What they are set to and what came of it is JSON of the service that runs them. */
import type Database from 'better-sqlite3';
import { jobStates, type JobState } from '../../contract/editor/export-settings.ts';
import { isNumber, isString, nullOr, oneOf, shape } from '../shape.ts';
import { fromJson, isId, isInteger } from './columns.ts';
import type { ProjectConnection } from './project-connection.ts';

export type StoredJob = {
  readonly id: number;
  readonly kind: string;
  readonly label: string;
  readonly state: JobState;
  /** 0 to 1. */
  readonly progress: number;
  /** Plain JSON; to be checked by who reads it. */
  readonly settings: unknown;
  readonly result: unknown;
  /** Milliseconds since 1970, as the next two. */
  readonly created: number;
  readonly started: number | null;
  readonly ended: number | null;
};

const isStoredJob = shape<StoredJob>({
  id: isId, kind: isString, label: isString, state: oneOf(...jobStates), progress: isNumber, settings: isJson, result: isJson, created: isInteger,
  started: nullOr(isInteger), ended: nullOr(isInteger),
});

export const jobStatements = {
  all: 'SELECT id, kind, label, state, progress, settings, result, created, started, ended FROM jobs ORDER BY id',
  put: 'INSERT OR REPLACE INTO jobs (id, kind, label, state, progress, settings, result, created, started, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  remove: 'DELETE FROM jobs WHERE id = ?',
  interrupt: "UPDATE jobs SET state = 'interrupted' WHERE state = 'running'",
} as const;

export class JobTable {
  readonly #connection: ProjectConnection;
  readonly #all: Database.Statement<[], unknown[]>;
  readonly #put: Database.Statement<(string | number | null)[]>;
  readonly #remove: Database.Statement<[number]>;
  readonly #interrupt: Database.Statement<[]>;

  constructor(connection: ProjectConnection) {
    const { database } = connection;
    this.#connection = connection;
    this.#all = database.prepare<[], unknown[]>(jobStatements.all).raw();
    this.#put = database.prepare<(string | number | null)[]>(jobStatements.put);
    this.#remove = database.prepare<[number]>(jobStatements.remove);
    this.#interrupt = database.prepare<[]>(jobStatements.interrupt);
  }

  /** Oldest first. A job that cannot be read is left out with a warning, and not tried again. */
  all(): readonly StoredJob[] {
    return this.#connection.read(() => this.#all.all()).flatMap(([id, kind, label, state, progress, settings, result, created, started, ended]) => {
      const job: unknown = { id, kind, label, state, progress, settings: fromJson(settings), result: fromJson(result), created, started, ended };
      if (isStoredJob(job)) return [job];
      this.#connection.warn(`job ${String(id)} of the project could not be read and is left out`);
      return [];
    });
  }

  /** A disk write: for changes of state, not for every step of its progress. */
  put(job: StoredJob): void {
    const { id, kind, label, state, progress, settings, result, created, started, ended } = job;
    this.#connection.write(() => this.#put.run(id, kind, label, state, progress, toJson(settings), toJson(result), created, started, ended));
  }

  remove(id: number): void {
    this.#connection.write(() => this.#remove.run(id));
  }

  /** Jobs that ran when the last process ended were interrupted. */
  interruptRunning(): void {
    this.#connection.write(() => this.#interrupt.run());
  }
}

function isJson(value: unknown): value is unknown {
  return value !== undefined;
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}
