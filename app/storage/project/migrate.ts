/** Brings a project file to this program's version: all missing migrations in one transaction, or none. */
import type Database from 'better-sqlite3';
import { StringoutError } from '../../base/errors.ts';
import type { Migration } from '../migrations/migrations.ts';

/** "STRO": what `file` and other programs know a project by. */
const applicationId = 0x5354524f;

export function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

export function latestVersion(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Throws input.unsupported for what is no project, and for one of a version that this program does not know. */
export function checkVersion(database: Database.Database, path: string, latest: number): void {
  const isEmpty = Number(database.pragma('page_count', { simple: true })) === 0;
  if (!isEmpty && Number(database.pragma('application_id', { simple: true })) !== applicationId) {
    throw new StringoutError('input.unsupported', 'this is a database, and not a Stringout project', { file: path });
  }
  const version = versionOf(database);
  if (version > latest) {
    throw new StringoutError(
      'input.unsupported',
      `this project was made by a newer Stringout (its format is ${version}, and this program knows formats up to ${latest}). Update Stringout to open it; the file was not changed.`,
      { file: path },
    );
  }
}

export function migrate(database: Database.Database, migrations: readonly Migration[]): void {
  const latest = latestVersion(migrations);
  if (versionOf(database) === latest) return;
  database.transaction(() => {
    const from = versionOf(database);
    for (const migration of migrations) {
      if (migration.version > from) database.exec(migration.sql);
    }
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${latest}`);
  }).immediate();
}
