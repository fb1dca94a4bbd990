import { describe, expect, test } from 'vitest';
import type { JobRequest } from '../../contract/worker.ts';
import type { WorkerEvents, WorkerLauncher } from './launcher.ts';
import { PoolWorker } from './pool-worker.ts';

const request: JobRequest = { kind: 'source.index', path: '/a', unpackDir: '/b', sequence: null };
const run = { signal: new AbortController().signal, silenceMs: 60_000 };
const limits = { handshakeMs: 60_000, graceMs: 60_000 };
const ready = { type: 'ready', pid: 1, protocol: 1 };

/** A process that says what it is told to say; killing it ends it. */
function scripted(): { launcher: WorkerLauncher; sent: unknown[]; says(message: unknown): void; ends(code: number | null, signal: string | null, stderr?: string): void; isKilled: boolean } {
  let events: WorkerEvents | null = null;
  const script = {
    sent: [] as unknown[],
    isKilled: false,
    launcher: {
      launch: (given: WorkerEvents) => {
        events = given;
        return { pid: 1, send: (message: unknown) => { script.sent.push(message); }, kill: () => { script.isKilled = true; script.ends(null, 'SIGKILL'); } };
      },
    },
    says: (message: unknown) => { events?.message(message); },
    ends: (code: number | null, signal: string | null, stderr = '') => { events?.exit({ code, signal, stderr }); },
  };
  return script;
}

describe('a worker that does not keep the protocol is killed', () => {
  test('another version', async () => {
    const script = scripted();
    const worker = new PoolWorker(script.launcher, limits);
    const job = worker.run(request, run);
    script.says({ ...ready, protocol: 2 });
    await expect(job).rejects.toMatchObject({ code: 'worker.protocol' });
    expect(script.isKilled && worker.isGone).toBe(true);
  });

  test('no handshake within the deadline', async () => {
    const script = scripted();
    const worker = new PoolWorker(script.launcher, { ...limits, handshakeMs: 1 });
    await expect(worker.run(request, run)).rejects.toMatchObject({ code: 'worker.timeout' });
    expect(script.isKilled && worker.isGone).toBe(true);
  });

  test.each([null, 'done', { type: 'done' }, { type: 'failed', id: 1, error: { code: 'no such code', message: '', place: {} } }])('nonsense: %j', async (nonsense) => {
    const script = scripted();
    const worker = new PoolWorker(script.launcher, limits);
    script.says(ready);
    const job = worker.run(request, run);
    await new Promise(setImmediate);
    script.says(nonsense);
    await expect(job).rejects.toMatchObject({ code: 'worker.protocol' });
    expect(worker.isGone).toBe(true);
  });
});

test('a job settles once: an answer that comes after the end of another job is dropped', async () => {
  const script = scripted();
  const worker = new PoolWorker(script.launcher, limits);
  script.says(ready);
  const first = worker.run(request, run);
  await new Promise(setImmediate);
  script.says({ type: 'done', id: 1, result: 'first' });
  script.says({ type: 'failed', id: 1, error: { code: 'internal', message: 'late', place: {} } });
  expect(await first).toBe('first');
  const second = worker.run(request, run);
  await new Promise(setImmediate);
  script.says({ type: 'done', id: 1, result: 'stale' });
  script.says({ type: 'done', id: 2, result: 'second' });
  script.ends(0, null);
  expect(await second).toBe('second');
});

test.each([
  [134, null, 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'ran out of memory'],
  [null, 'SIGSEGV', '', 'crashed (SIGSEGV)'],
  [7, null, 'Error: broken\n  at x', 'ended with exit code 7: Error: broken'],
])('the way of its end is told: %s %s', async (code, signal, stderr, words) => {
  const script = scripted();
  const worker = new PoolWorker(script.launcher, limits);
  script.says(ready);
  const job = worker.run(request, run);
  await new Promise(setImmediate);
  script.ends(code, signal, stderr);
  await expect(job).rejects.toMatchObject({ code: 'worker.crashed', message: `the worker process ${words}` });
});
