import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CacheDatabase } from '../../storage/cache-database.ts';
import { CacheIndex } from '../../storage/cache-index.ts';
import { SegmentStore } from '../../storage/segment-store.ts';
import { CachingService } from './caching-service.ts';

let folder: string;
let closing: (() => void)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-cache-'));
  mkdirSync(join(folder, 'segments'));
  mkdirSync(join(folder, 'unpacked'));
  closing = [];
});

afterEach(() => {
  for (const close of closing) close();
  rmSync(folder, { recursive: true });
});

/** One run of the program, some seconds from now. */
function runAt(seconds: number, quotaBytes = Infinity): CachingService {
  const database = new CacheDatabase(join(folder, 'index.sqlite'), () => undefined);
  closing.push(() => { database.close(); });
  return new CachingService({
    store: new SegmentStore(join(folder, 'segments')), index: new CacheIndex(database), unpackDir: join(folder, 'unpacked'), quotaBytes,
    now: () => Date.now() / 1000 + seconds,
  });
}

function make(cache: CachingService, key: string): void {
  writeFileSync(cache.pathFor(key), Buffer.alloc(1000));
  cache.commit(key);
}

const keys = ['aa01', 'ab02', 'ac03', 'ad04'] as const;

test('a key is there when its file is, whatever the database says', () => {
  const cache = runAt(0);
  expect(cache.has('aa01')).toBe(false);
  make(cache, 'aa01');
  expect(cache.has('aa01')).toBe(true);
  writeFileSync(`${cache.pathFor('ab02')}.1.tmp`, 'half a segment');
  expect(cache.has('ab02')).toBe(false);
  cache.close();
  for (const close of closing.splice(0)) close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `index.sqlite${suffix}`), { force: true });
  const again = runAt(0);
  expect(again.has('aa01')).toBe(true);
  again.discard('aa01');
  expect(again.has('aa01')).toBe(false);
  expect(again.stats()).toMatchObject({ segments: 0, segmentBytes: 0 });
});

test('hits are counted once a run and kept', () => {
  const first = runAt(0);
  make(first, 'aa01');
  first.close();
  const second = runAt(0);
  expect(second.has('aa01') && second.has('aa01')).toBe(true);
  second.close();
  expect(runAt(0).stats()).toMatchObject({ segments: 1, segmentBytes: 1000, hits: 1 });
});

test('over its quota the longest unused go first, but nothing pinned or fresh', () => {
  const first = runAt(0);
  for (const key of keys) make(first, key);
  first.close();
  const later = runAt(10_000);
  expect(later.has('ab02')).toBe(true);
  later.close();
  const small = runAt(20_000, 2500);
  const unpin = small.pin(['aa01']);
  small.close();
  expect(keys.filter((key) => small.has(key))).toEqual(['aa01', 'ab02']);
  unpin();
  const fresh = runAt(20_100, 0);
  expect(fresh.has('ab02')).toBe(true);
  fresh.close();
  expect(keys.filter((key) => fresh.has(key))).toEqual(['ab02']);
});

test('a lost database does not make the cache outgrow its quota', () => {
  const first = runAt(0);
  for (const key of keys) make(first, key);
  first.close();
  for (const close of closing.splice(0)) close();
  rmSync(join(folder, 'index.sqlite'));
  runAt(10_000, 2500).close();
  expect(runAt(10_000).stats().segments).toBe(2);
});

test('clear deletes by age, or all: segments, leftovers of killed workers, unpacked streams', () => {
  const cache = runAt(0);
  for (const key of keys) make(cache, key);
  const leftover = `${cache.pathFor('aa01')}.1.tmp`;
  const unpacked = join(cache.unpackDir, 'stream');
  const longAgo = new Date(Date.now() - 10 * 86_400_000);
  for (const path of [leftover, unpacked]) writeFileSync(path, 'x');
  utimesSync(unpacked, longAgo, longAgo);
  const aWeek = 7 * 86_400;
  expect(cache.clear(aWeek)).toEqual({ segments: 0, segmentBytes: 0 });
  expect([existsSync(unpacked), existsSync(leftover)]).toEqual([false, true]);
  const late = runAt(2 * aWeek);
  const unpin = late.pin(['ad04']);
  expect(late.clear(null)).toEqual({ segments: 3, segmentBytes: 3000 });
  unpin();
  expect([existsSync(leftover), late.has('ad04')]).toEqual([false, true]);
});
