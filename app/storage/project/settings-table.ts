/** Settings of a project by key: watched folders, whether proxies are used, the last export's settings. Outside history. */
import type Database from 'better-sqlite3';
import type { Check } from '../shape.ts';
import { fromJson } from './columns.ts';
import type { ProjectConnection } from './project-connection.ts';

export const settingsStatements = {
  get: 'SELECT value FROM settings WHERE key = ?',
  put: 'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)',
} as const;

export class SettingsTable {
  readonly #connection: ProjectConnection;
  readonly #get: Database.Statement<[string]>;
  readonly #put: Database.Statement<[string, string]>;

  constructor(connection: ProjectConnection) {
    this.#connection = connection;
    this.#get = connection.database.prepare<[string]>(settingsStatements.get).pluck();
    this.#put = connection.database.prepare<[string, string]>(settingsStatements.put);
  }

  /** Null where it was never set, or is not what `check` takes. */
  get<T>(key: string, check: Check<T>): T | null {
    const value = fromJson(this.#connection.read(() => this.#get.get(key)));
    return check(value) ? value : null;
  }

  /** `value`: plain JSON. */
  set(key: string, value: unknown): void {
    this.#connection.write(() => this.#put.run(key, JSON.stringify(value ?? null)));
  }
}
