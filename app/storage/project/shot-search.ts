/**
 * Finds shots: as one types over the full-text index, and the versions of one shot. Every word must begin a word of name, file name, scene, take,
 * reel, note or tags. Results come in the order in which shots came into the project: the bin sorts by its columns, and 20,000 hits would take
 * as long again to rank as to find.
 */
import type Database from 'better-sqlite3';
import type { ShotId } from '../../domain/project/project.ts';
import type { ProjectConnection } from './project-connection.ts';

/** More say nothing more. */
const wordLimit = 32;

export const searchStatements = {
  search: 'SELECT rowid FROM shot_search WHERE shot_search MATCH ? ORDER BY rowid',
  everyShot: 'SELECT id FROM shots ORDER BY id',
  versions: 'SELECT id FROM shots WHERE version_group = ? ORDER BY version, id',
  byPath: 'SELECT id FROM shots WHERE path = ? ORDER BY id',
} as const;

export class ShotSearch {
  readonly #connection: ProjectConnection;
  readonly #search: Database.Statement<[string], number>;
  readonly #everyShot: Database.Statement<[], number>;
  readonly #versions: Database.Statement<[string], number>;
  readonly #byPath: Database.Statement<[string], number>;

  constructor(connection: ProjectConnection) {
    const { database } = connection;
    this.#connection = connection;
    this.#search = database.prepare<[string], number>(searchStatements.search).pluck();
    this.#everyShot = database.prepare<[], number>(searchStatements.everyShot).pluck();
    this.#versions = database.prepare<[string], number>(searchStatements.versions).pluck();
    this.#byPath = database.prepare<[string], number>(searchStatements.byPath).pluck();
  }

  /** Any text will do; one without a letter or digit finds every shot. */
  search(text: string): readonly ShotId[] {
    const query = matchExpression(text);
    return this.#connection.read(() => (query === '' ? this.#everyShot.all() : this.#search.all(query)));
  }

  /** Shots of one version group, oldest version first. */
  versions(versionGroup: string): readonly ShotId[] {
    return this.#connection.read(() => this.#versions.all(versionGroup));
  }

  /** Shots of one file. */
  ofPath(path: string): readonly ShotId[] {
    return this.#connection.read(() => this.#byPath.all(path));
  }
}

/** Each word is a quoted phrase, so that nothing in it is an operator, and may go on: `"A003_C0"*`. */
function matchExpression(text: string): string {
  return text.split(/[\s\p{Cc}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, wordLimit)
    .map((word) => `"${word.replaceAll('"', ' ')}"*`)
    .join(' ');
}
