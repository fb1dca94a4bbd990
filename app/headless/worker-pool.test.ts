/** The pool with real processes that misbehave. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JobProgress } from '../contract/worker.ts';
import { MemoryManager } from '../services/optimization/memory-manager.ts';
import { PooledJobRunner } from '../services/pool/job-runner.ts';
import { WorkerPool } from '../services/pool/worker-pool.ts';
import { workerLauncher } from './launch-worker.ts';
import { readMemory } from '../services/pool/process-tree.ts';

const entry = new URL('../../native/worker/fixtures/trial-worker.ts', import.meta.url);
const hangGuard = { timeout: 20_000, interval: 20 };

let folder: string;
let starts: string;
let pool: WorkerPool;
let memory: MemoryManager;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-pool-'));
  starts = join(folder, 'starts');
  pool = new WorkerPool(workerLauncher(entry), { size: 2, handshakeMs: 30_000, graceMs: 200 });
  memory = new MemoryManager({ budgetBytes: 2 ** 31, leases: 2, read: () => readMemory(pool.processes()), onPressure: () => { pool.trim(); } });
});

afterEach(async () => {
  await pool.close();
  memory.close();
  rmSync(folder, { recursive: true });
});

type Asked = { readonly signal?: AbortSignal; readonly onProgress?: (progress: JobProgress) => void; readonly silenceMs?: number };

/** Runs a job of the trial worker; its result is told in place of a fingerprint. */
async function run(behaviour: string, { signal = new AbortController().signal, onProgress, silenceMs }: Asked = {}): Promise<string> {
  const runner = new PooledJobRunner(pool, memory, { workers: 2, ...(silenceMs === undefined ? {} : { silenceMs }) });
  const request = { kind: 'source.index', path: behaviour, unpackDir: starts, sequence: null } as const;
  return (await runner.run<'source.index'>(request, { signal, ...(onProgress ? { onProgress } : {}) })).fingerprint;
}

function startedOn(): string[] {
  return readFileSync(starts, 'utf8').trim().split('\n');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('workers are used again, run at low priority in every thread that they start, and end when the pool closes', async () => {
  const first = await run('pid');
  expect(await run('pid')).toBe(first);
  expect(await run('priority')).toBe('10');
  await pool.close();
  expect(isAlive(Number(first))).toBe(false);
  await expect(run('pid')).rejects.toMatchObject({ code: 'cancelled' });
});

test('no more than the leases run at once', async () => {
  const pids = await Promise.all(Array.from({ length: 40 }, () => run('pid')));
  expect(new Set(pids).size).toBeLessThanOrEqual(2);
});

describe('a worker that dies or hangs costs one retry on a fresh process, then an error that says whose media it was', () => {
  test.each([
    ['die', 'was killed (SIGKILL)'],
    ['exit', 'ended with exit code 3'],
    ['uncaught', 'nobody caught this error'],
  ])('%s', async (behaviour, words) => {
    await expect(run(behaviour)).rejects.toMatchObject({ code: 'worker.crashed', message: expect.stringContaining(words), place: { file: behaviour } });
    expect(new Set(startedOn()).size).toBe(2);
    expect(await run('pid')).not.toBe('');
  });

  test('hang', async () => {
    await expect(run('hang', { silenceMs: 300 })).rejects.toMatchObject({ code: 'worker.timeout', place: { file: 'hang' } });
    expect(new Set(startedOn()).size).toBe(2);
  });

  test('killed from outside in mid-job, once: the retry serves', async () => {
    const job = run('wait once');
    await vi.waitFor(() => expect(startedOn()).toHaveLength(1), hangGuard);
    process.kill(Number(startedOn()[0]), 'SIGKILL');
    expect(await job).not.toBe(startedOn()[0]);
  });
});

test('what a job throws is told without a retry, and the worker lives on', async () => {
  await expect(run('throw')).rejects.toMatchObject({ code: 'internal', message: 'a plain error', place: { file: 'throw' } });
  await expect(run('unclonable')).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('could not be cloned') });
  await run('pid');
  expect(new Set(startedOn()).size).toBe(1);
});

describe('cancelling', () => {
  test('a job that asks ends tidily, and its worker takes the next one', async () => {
    const abort = new AbortController();
    const job = run('wait', { signal: abort.signal, onProgress: () => { abort.abort(); } });
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(`${starts}.tmp`)).toBe(false);
    expect(await run('pid')).toBe(startedOn()[0]);
  });

  test('a deaf one is killed after the grace period', async () => {
    const abort = new AbortController();
    const job = run('hang', { signal: abort.signal });
    await vi.waitFor(() => expect(startedOn()).toHaveLength(1), hangGuard);
    abort.abort();
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => expect(isAlive(Number(startedOn()[0]))).toBe(false), hangGuard);
  });

  test('before the start nothing is started', async () => {
    await expect(run('pid', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    expect(pool.processes()).toEqual([]);
  });
});

test('a worker that outgrew its lease is replaced after its job', async () => {
  const grown = await run('grow');
  expect(await run('pid')).not.toBe(grown);
  expect(memory.peakRssBytes).toBeGreaterThan(300 * 2 ** 20);
});

test('when the host is killed its worker removes its temporary file and ends', async () => {
  const script = `
    const { workerLauncher } = await import(${JSON.stringify(new URL('launch-worker.ts', import.meta.url).href)});
    const worker = workerLauncher(new URL(${JSON.stringify(entry.href)})).launch({
      message: (message) => {
        if (message.type === 'ready') worker.send({ type: 'start', id: 1, request: { kind: 'source.index', path: 'wait', unpackDir: ${JSON.stringify(starts)}, sequence: null } });
        if (message.type === 'progress') process.kill(process.pid, 'SIGKILL');
      },
      exit: () => process.exit(1),
    });`;
  const host = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore', cwd: fileURLToPath(new URL('.', import.meta.url)) });
  expect(await once(host, 'exit')).toEqual([null, 'SIGKILL']);
  await vi.waitFor(() => expect(isAlive(Number(startedOn()[0]))).toBe(false), hangGuard);
  expect(existsSync(`${starts}.tmp`)).toBe(false);
});
