import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEngine, type EngineOptions } from '../services/create-engine.ts';
import { workerLauncher } from './launch-worker.ts';

let folder: string;
let warnings: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-host-'));
  warnings = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function options(changes: Partial<EngineOptions>): EngineOptions {
  return {
    cacheDir: join(folder, 'cache'), keepsNothing: false, temporaryBeside: null, workers: 1, memoryMegabytes: 1024, warn: (text) => warnings.push(text),
    launcher: workerLauncher(new URL('../../native/worker/fixtures/trial-worker.ts', import.meta.url)), ...changes,
  };
}

const signal = new AbortController().signal;

test('keeps what was made for the next run, and counts and clears it', async () => {
  const first = await createEngine(options({}));
  writeFileSync(first.host.cache.pathFor('abcd'), Buffer.alloc(500));
  first.host.cache.commit('abcd');
  const job = first.host.jobs.run<'source.index'>({ kind: 'source.index', path: 'pid', unpackDir: join(folder, 'starts'), sequence: null }, { signal });
  expect((await job).fingerprint).not.toBe('');
  expect(first.host.memory.peakRssBytes).toBeGreaterThan(process.memoryUsage.rss());
  await first.close();
  const second = await createEngine(options({}));
  expect(second.host.cache.has('abcd')).toBe(true);
  expect(second.cacheStats()).toMatchObject({ folder: join(folder, 'cache'), segments: 1, segmentBytes: 500, sources: 0, hits: 1 });
  expect(second.cacheClear(null)).toEqual({ segments: 1, segmentBytes: 500 });
  await second.close();
  expect(warnings).toEqual([]);
});

test('with no cache its folder is gone at the end, and so are those of runs that were killed', async () => {
  const abandoned = mkdtempSync(join(folder, '.stringout-segments-'));
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(abandoned, twoDaysAgo, twoDaysAgo);
  const running = await createEngine(options({ keepsNothing: true, temporaryBeside: folder }));
  const path = running.host.cache.pathFor('abcd');
  writeFileSync(path, 'x');
  running.host.cache.commit('abcd');
  expect([running.host.cache.has('abcd'), path.startsWith(folder), existsSync(abandoned)]).toEqual([true, true, false]);
  await running.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('a cache folder that cannot be used costs a warning', async () => {
  writeFileSync(join(folder, 'cache'), 'a file');
  const running = await createEngine(options({ temporaryBeside: folder }));
  expect(running.host.cache.pathFor('abcd')).toContain('.stringout-segments-');
  await running.close();
  expect(warnings).toEqual([expect.stringContaining('cannot be used')]);
});

test('loads neither SQLite nor zod nor node-av before they are used', () => {
  const script = `
    const { registerHooks, createRequire } = await import('node:module');
    const loaded = [];
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context); } });
    const { createEngine } = await import(${JSON.stringify(new URL('../services/create-engine.ts', import.meta.url).href)});
    const { workerLauncher } = await import(${JSON.stringify(new URL('launch-worker.ts', import.meta.url).href)});
    const running = await createEngine({ launcher: workerLauncher(), cacheDir: ${JSON.stringify(folder)}, keepsNothing: false, temporaryBeside: null, workers: 1, memoryMegabytes: 1024, warn: () => undefined });
    const required = Object.keys(createRequire(import.meta.url).cache);
    console.log(JSON.stringify([...loaded, ...required].filter((path) => path.includes('node_modules'))));
    process.exit(0);`;
  expect(JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }))).toEqual([]);
});
