import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PreviewFiles } from './preview-files.ts';

const never = new AbortController().signal;
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'stringout-previews-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });

const writes = (bytes: number) => (path: string): Promise<void> => {
  writeFileSync(path, new Uint8Array(bytes));
  return Promise.resolve();
};

test('a file that many ask for at once is made once, and is there for whoever asks later', async () => {
  const files = new PreviewFiles(folder);
  const begun = Promise.withResolvers<void>();
  let made = 0;
  const make = async (path: string): Promise<void> => {
    made++;
    await begun.promise;
    await writes(1)(path);
  };
  const asked = [files.get('a', never, make), files.get('a', never, make), files.get('a', never, make)];
  begun.resolve();
  expect(await Promise.all(asked)).toEqual(Array.from({ length: 3 }, () => join(folder, 'a')));
  await files.get('a', never, make);
  expect(made).toBe(1);
});

test('work goes on while one waits for it, ends when all have left, and can be asked for anew', async () => {
  const files = new PreviewFiles(folder);
  const [first, second] = [new AbortController(), new AbortController()];
  const signals: AbortSignal[] = [];
  const begun = Promise.withResolvers<void>();
  const make = (path: string, signal: AbortSignal): Promise<void> => new Promise((_, reject) => {
    signals.push(signal);
    begun.resolve();
    signal.addEventListener('abort', () => { reject(new Error('given up')); });
  });
  const asked = [files.get('a', first.signal, make), files.get('a', second.signal, make)];
  await begun.promise;
  first.abort();
  await expect(asked[0]).rejects.toMatchObject({ code: 'cancelled' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  second.abort();
  await expect(asked[1]).rejects.toMatchObject({ code: 'cancelled' });
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(existsSync(await files.get('a', never, writes(1)))).toBe(true);
});

test('a failure is told, and the next one who asks has another try', async () => {
  const files = new PreviewFiles(folder);
  await expect(files.get('a', never, () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
  expect(existsSync(await files.get('a', never, writes(1)))).toBe(true);
});

test('what was not used for longest goes when there is too much, also what an earlier run made', async () => {
  for (const [age, name] of ['new', 'used', 'old', 'oldest'].entries()) {
    writeFileSync(join(folder, name), new Uint8Array(30));
    utimesSync(join(folder, name), 1000 - age, 1000 - age);
  }
  const files = new PreviewFiles(folder, 100);
  await files.get('used', never, () => Promise.reject(new Error('it is there')));
  await files.get('made', never, writes(30));
  expect(['made', 'used', 'new', 'old', 'oldest'].map((name) => existsSync(join(folder, name)))).toEqual([true, true, true, false, false]);
  await files.get('large', never, writes(500));
  expect(existsSync(join(folder, 'large'))).toBe(true);
});
