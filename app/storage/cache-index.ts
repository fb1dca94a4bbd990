/** Sizes and last uses of segments, for eviction. It may lag behind the files, which are the truth. */
import type { CacheDatabase } from './cache-database.ts';

export type SegmentUse = { readonly key: string; readonly bytes: number; readonly hits: number };

export class CacheIndex {
  readonly #database: CacheDatabase;

  constructor(database: CacheDatabase) {
    this.#database = database;
  }

  /** The tables were made in this run and do not know what lay in the cache before. */
  get isNew(): boolean { return this.#database.use(() => this.#database.isNew, false); }

  /** Adds up hits; `seconds` since 1970 is when they were used. */
  note(uses: Iterable<SegmentUse>, seconds: number): void {
    this.#database.use((database) => {
      const upsert = database.prepare(`
        INSERT INTO segments (key, bytes, used, hits) VALUES (?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET bytes = excluded.bytes, used = max(used, excluded.used), hits = hits + excluded.hits
      `);
      database.transaction(() => {
        for (const { key, bytes, hits } of uses) upsert.run(key, bytes, Math.floor(seconds), hits);
      }).immediate();
    }, undefined);
  }

  forget(keys: readonly string[]): void {
    this.#database.use((database) => {
      database.prepare('DELETE FROM segments WHERE key IN (SELECT value FROM json_each(?))').run(JSON.stringify(keys));
    }, undefined);
  }

  totals(): { readonly bytes: number; readonly hits: number } {
    const none = { bytes: 0, hits: 0 };
    return this.#database.use((database) => database
      .prepare<[], { bytes: number; hits: number }>('SELECT ifnull(sum(bytes), 0) AS bytes, ifnull(sum(hits), 0) AS hits FROM segments').get() ?? none, none);
  }

  /** Seconds since 1970 of each segment's last use. */
  uses(): ReadonlyMap<string, number> {
    return this.#database.use((database) => {
      const rows = database.prepare<[], [string, number]>('SELECT key, used FROM segments').raw().all();
      return new Map(rows);
    }, new Map<string, number>());
  }
}
