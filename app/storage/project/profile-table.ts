/** Export settings that people keep by name. */
import type Database from 'better-sqlite3';
import { exportSettingsSchema, type ExportSettings } from '../../contract/editor/export-settings.ts';
import { isString } from '../shape.ts';
import { fromJson } from './columns.ts';
import type { ProjectConnection } from './project-connection.ts';

export class ProfileTable {
  readonly #connection: ProjectConnection;
  readonly #all: Database.Statement<[], unknown[]>;
  readonly #put: Database.Statement<[string, string]>;
  readonly #remove: Database.Statement<[string]>;

  constructor(connection: ProjectConnection) {
    const { database } = connection;
    this.#connection = connection;
    this.#all = database.prepare<[], unknown[]>('SELECT name, settings FROM profiles ORDER BY name').raw();
    this.#put = database.prepare<[string, string]>('INSERT OR REPLACE INTO profiles (name, settings) VALUES (?, ?)');
    this.#remove = database.prepare<[string]>('DELETE FROM profiles WHERE name = ?');
  }

  /** By name, in its order. One that cannot be read is left out with a warning. */
  all(): ReadonlyMap<string, ExportSettings> {
    const profiles = new Map<string, ExportSettings>();
    for (const [name, text] of this.#connection.read(() => this.#all.all())) {
      const settings = exportSettingsSchema.safeParse(fromJson(text));
      if (isString(name) && settings.success) profiles.set(name, settings.data);
      else this.#connection.warn(`the profile ${JSON.stringify(name)} of the project could not be read and is left out`);
    }
    return profiles;
  }

  put(name: string, settings: ExportSettings): void {
    this.#connection.write(() => this.#put.run(name, JSON.stringify(settings)));
  }

  remove(name: string): void {
    this.#connection.write(() => this.#remove.run(name));
  }
}
