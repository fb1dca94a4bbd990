import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { MemoryManager, type Lease } from './memory-manager.ts';

const megabyte = 1024 * 1024;
const never = new AbortController().signal;

function manager(budgetMegabytes: number, leases: number, rss: { host: number; worker: number } = { host: 0, worker: 0 }) {
  const onPressure = vi.fn<() => void>();
  const memory = new MemoryManager({
    budgetBytes: budgetMegabytes * megabyte, leases, onPressure,
    read: () => ({ host: rss.host * megabyte, workers: new Map([[1, rss.worker * megabyte]]) }),
  });
  return { memory, onPressure };
}

test('leases never exceed budget or count, are granted in order, and all are granted in the end', async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.record({ megabytes: fc.integer({ min: 1, max: 800 }), isAborted: fc.boolean() }), { minLength: 1, maxLength: 30 }),
    fc.integer({ min: 1, max: 6 }), fc.infiniteStream(fc.nat()),
    async (jobs, count, picks) => {
      const { memory } = manager(1000, count);
      const out: Lease[] = [];
      const granted: number[] = [];
      const aborts: AbortController[] = [];
      const settled = jobs.map(async ({ megabytes }, index) => {
        const abort = new AbortController();
        aborts.push(abort);
        const lease = await memory.acquire(megabytes * megabyte, abort.signal);
        granted.push(index);
        out.push(lease);
      });
      for (const [index, job] of jobs.entries()) if (job.isAborted) aborts[index]?.abort();
      const outcomes = Promise.allSettled(settled);
      const settling = { isOver: false };
      void outcomes.then(() => { settling.isOver = true; });
      while (!settling.isOver || out.length > 0) {
        await new Promise(setImmediate);
        expect(out.length).toBeLessThanOrEqual(count);
        const leased = out.reduce((sum, lease) => sum + lease.bytes, 0);
        expect(out.length === 1 || leased <= 1000 * megabyte).toBe(true);
        out.splice((picks.next().value ?? 0) % Math.max(1, out.length), 1)[0]?.release();
      }
      expect(granted).toEqual(granted.toSorted((a, b) => a - b));
      for (const [index, outcome] of (await outcomes).entries()) {
        expect(outcome.status === 'fulfilled' || jobs[index]?.isAborted).toBe(true);
      }
      memory.close();
    },
  ), { numRuns: 50 });
});

test('what could never fit is refused, with the budget that would do; what nearly fits runs alone', async () => {
  const { memory } = manager(512, 4);
  await expect(memory.acquire(800 * megabyte, never)).rejects.toMatchObject({ code: 'memory.exhausted', message: expect.stringContaining('about 928 MB') });
  const large = await memory.acquire(600 * megabyte, never);
  let isGranted = false;
  const small = memory.acquire(200 * megabyte, never).then((lease) => { isGranted = true; return lease; });
  await new Promise(setImmediate);
  expect(isGranted).toBe(false);
  large.release();
  (await small).release();
});

test('near the budget nothing more is granted while a lease is out, idle workers are given up, and the peak is kept', async () => {
  const rss = { host: 100, worker: 880 };
  const { memory, onPressure } = manager(1000, 4, rss);
  const first = await memory.acquire(100 * megabyte, never);
  expect(memory.peakRssBytes).toBe(980 * megabyte);
  expect(onPressure).toHaveBeenCalled();
  let isGranted = false;
  const second = memory.acquire(100 * megabyte, never).then((lease) => { isGranted = true; return lease; });
  await new Promise(setImmediate);
  expect(isGranted).toBe(false);
  rss.worker = 200;
  first.release();
  (await second).release();
  expect(memory.peakRssBytes).toBe(980 * megabyte);
  expect(() => first.release()).toThrow('twice');
});
