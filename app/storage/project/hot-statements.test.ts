import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hotStatements } from './hot-statements.ts';
import { migrate } from './migrate.ts';
import { projectMigrations } from './migrations/migrations.ts';

let database: Database.Database;
beforeAll(() => {
  database = new Database(':memory:');
  migrate(database, projectMigrations);
});
afterAll(() => { database.close(); });

/** Those that want every row of a table, and walk it in the order of its key. */
const whole = new Set(['shots.all', 'tracks.all', 'clips.all', 'markers.all', 'search.everyShot', 'jobs.all', 'history.sizes']);

test.each(hotStatements)('%s finds its rows by an index and sorts nothing', (name, sql) => {
  const values = Array.from({ length: sql.split('?').length - 1 }, () => 1);
  const plan = database.prepare<number[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values).map(({ detail }) => detail);
  const slow = plan.filter((detail) => /\bSCAN (?!shot_search VIRTUAL TABLE INDEX \d+:M)|TEMP B-TREE|AUTOMATIC/.test(detail));
  expect(slow.filter((detail) => !(whole.has(name) && /^SCAN \w+(?: USING COVERING INDEX \w+)?$/.test(detail)))).toEqual([]);
});
