/** What was indexed before, by path, size and modification time. A row that cannot be used is a miss. */
import { existsSync, utimesSync } from 'node:fs';
import { sep } from 'node:path';
import type { Source } from '../domain/source.ts';
import type { CacheDatabase } from './cache-database.ts';
import { decodeSource, encodeSource } from './source-codec.ts';

export type FileStat = Pick<Source, 'path' | 'size' | 'modifiedMs'>;

type Row = { readonly path: string; readonly size: number; readonly modified: number; readonly day: number; readonly content: Uint8Array };

/** Rows that nobody asked for in so many days are dropped. */
const keptDays = 180;
const dayMs = 86_400_000;

export class MediaIndex {
  readonly #database: CacheDatabase;
  readonly #unpackDir: string;
  /** Found in this run with an older day. */
  readonly #used = new Set<string>();

  /** `unpackDir`: streams that were unpacked from sources; the use of one is noted in its modification time. */
  constructor(database: CacheDatabase, unpackDir: string) {
    this.#database = database;
    this.#unpackDir = unpackDir;
  }

  getMany(stats: readonly FileStat[]): ReadonlyMap<string, Source> {
    const found = new Map<string, Source>();
    if (stats.length === 0) return found;
    const wanted = new Map(stats.map((stat) => [stat.path, stat]));
    const today = dayNow();
    this.#database.use((database) => {
      const rows = database.prepare<[string], Row>(`
        SELECT s.path, s.size, s.modified, s.day, s.content FROM json_each(?) AS wanted CROSS JOIN sources AS s ON s.path = wanted.value
      `);
      for (const row of rows.iterate(JSON.stringify([...wanted.keys()]))) {
        const stat = wanted.get(row.path);
        if (stat?.size !== row.size || stat.modifiedMs !== row.modified) continue;
        const source = decodeSource(row.content);
        if (!source || source.path !== row.path || !this.#hasItsFiles(source)) continue;
        found.set(row.path, source);
        if (row.day !== today) this.#used.add(row.path);
      }
    }, undefined);
    return found;
  }

  putMany(sources: readonly Source[]): void {
    if (sources.length === 0) return;
    const today = dayNow();
    this.#database.use((database) => {
      const insert = database.prepare('INSERT OR REPLACE INTO sources (path, size, modified, day, content) VALUES (?, ?, ?, ?, ?)');
      database.transaction(() => {
        for (const source of sources) insert.run(source.path, source.size, source.modifiedMs, today, encodeSource(source));
      }).immediate();
    }, undefined);
  }

  count(): number {
    return this.#database.use((database) => Number(database.prepare('SELECT count(*) FROM sources').pluck().get()), 0);
  }

  clear(): void {
    this.#database.use((database) => database.exec('DELETE FROM sources; VACUUM'), undefined);
  }

  /** Notes what was used, once a day a row, and drops what was not for long. For the end of a run. */
  tidy(): void {
    if (this.#used.size === 0) return;
    const today = dayNow();
    this.#database.use((database) => {
      database.transaction(() => {
        database.prepare('UPDATE sources SET day = ? WHERE path IN (SELECT value FROM json_each(?))').run(today, JSON.stringify([...this.#used]));
        database.prepare('DELETE FROM sources WHERE day < ?').run(today - keptDays);
      }).immediate();
    }, undefined);
    this.#used.clear();
  }

  /** The source itself was looked at by the caller; what was unpacked from it may have been cleared since. */
  #hasItsFiles(source: Source): boolean {
    return source.files.every((file) => {
      if (file === source.path) return true;
      return file.startsWith(this.#unpackDir + sep) ? touch(file) : existsSync(file);
    });
  }
}

/** False where it is missing. */
function touch(file: string): boolean {
  const now = new Date();
  try {
    utimesSync(file, now, now);
    return true;
  } catch {
    return existsSync(file); // On a read-only cache it still serves.
  }
}

function dayNow(): number {
  return Math.floor(Date.now() / dayMs);
}
