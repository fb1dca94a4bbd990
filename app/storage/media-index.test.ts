import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Source } from '../domain/source.ts';
import { CacheDatabase } from './cache-database.ts';
import { MediaIndex } from './media-index.ts';
import { anySource } from './fixtures/any-source.ts';

let folder: string;
let path: string;
let warnings: string[];
let opened: CacheDatabase[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-index-'));
  path = join(folder, 'index.sqlite');
  warnings = [];
  opened = [];
});

afterEach(() => {
  for (const database of opened) database.close();
  rmSync(folder, { recursive: true });
});

function openIndex(): MediaIndex {
  const database = new CacheDatabase(path, (text) => warnings.push(text));
  opened.push(database);
  return new MediaIndex(database, join(folder, 'unpacked'));
}

function closeAll(): void {
  for (const database of opened.splice(0)) database.close();
}

function sampleSources(count: number): Source[] {
  return Array.from({ length: count }, (_, i) => fc.sample(anySource(`/media/${i}.mp4`), { numRuns: 1, seed: i })[0] as Source);
}

test('finds what was put, in another process too, and misses what has another size or time', () => {
  const sources = sampleSources(50);
  const writing = openIndex();
  const reading = openIndex();
  expect(reading.getMany(sources).size).toBe(0);
  writing.putMany(sources);
  expect([...reading.getMany(sources).values()].toSorted(byPath)).toEqual(sources.toSorted(byPath));
  const [first, second] = sources as [Source, Source];
  const found = reading.getMany([{ ...first, size: first.size + 1 }, { ...second, modifiedMs: second.modifiedMs + 1 }, { path: '/other', size: 1, modifiedMs: 1 }]);
  expect(found.size).toBe(0);
  writing.tidy();
  expect(reading.count()).toBe(50);
  writing.clear();
  expect(reading.count()).toBe(0);
  expect(warnings).toEqual([]);
});

test('a source whose unpacked stream is gone is a miss', () => {
  const [source] = sampleSources(1) as [Source];
  const unpacked = join(folder, 'unpacked', 'stream');
  mkdirSync(join(folder, 'unpacked'));
  writeFileSync(unpacked, '');
  const index = openIndex();
  index.putMany([{ ...source, files: [source.path, unpacked] }]);
  expect(index.getMany([source]).size).toBe(1);
  rmSync(unpacked);
  expect(index.getMany([source]).size).toBe(0);
});

test.each([
  ['is garbage', (): void => { writeFileSync(path, 'garbage '.repeat(4000)); }],
  ['has damaged pages', (): void => {
    openIndex().putMany(sampleSources(200));
    closeAll();
    const database = new Database(path);
    database.pragma('wal_checkpoint(TRUNCATE)');
    const pageSize = Number(database.pragma('page_size', { simple: true }));
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.close();
    const bytes = Buffer.alloc(pageSize * (pages - 1), 0xff);
    writeFileSync(path, bytes, { flag: 'r+' });
  }],
  ['comes from a newer version', (): void => {
    const database = new Database(path);
    database.pragma('user_version = 1000000');
    database.close();
  }],
  ['lacks a table', (): void => {
    openIndex().count();
    closeAll();
    const database = new Database(path);
    database.exec('DROP TABLE sources');
    database.close();
  }],
])('a database that %s is set aside and made anew, with a warning', (_, damage) => {
  damage();
  const sources = sampleSources(3);
  const index = openIndex();
  index.putMany(sources);
  expect(index.getMany(sources).size).toBe(3);
  expect(warnings).toEqual([expect.stringContaining('storage.corrupt')]);
  expect(existsSync(`${path}.damaged`)).toBe(true);
  closeAll();
  expect(openIndex().getMany(sources).size).toBe(3);
  expect(warnings).toHaveLength(1);
});

test('a database that cannot be opened costs a warning and nothing else', () => {
  mkdirSync(path);
  const index = openIndex();
  index.putMany(sampleSources(1));
  expect(index.getMany(sampleSources(1)).size).toBe(0);
  expect(warnings).toEqual([expect.stringContaining('goes on without it')]);
});

function byPath(a: Source, b: Source): number {
  return a.path < b.path ? -1 : 1;
}
