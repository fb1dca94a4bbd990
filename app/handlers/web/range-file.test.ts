import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rangeFile } from './range-file.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-range-'));
  writeFileSync(join(folder, 'file'), '0123456789');
});
afterAll(() => { rmSync(folder, { recursive: true }); });

const get = (range: string | null, method = 'GET'): Promise<Response> => rangeFile(
  new Request('http://host/file', { method, headers: range === null ? {} : { range } }), join(folder, 'file'), 'video/mp4',
);

test.each([
  ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
  ['bytes=7-', 206, '789', 'bytes 7-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
  ['bytes=10-', 416, '', 'bytes */10'],
  ['bytes=-0', 416, '', 'bytes */10'],
  ['bytes=4-2', 200, '0123456789', null],
  ['bytes=0-1,4-5', 200, '0123456789', null],
  ['lines=1-2', 200, '0123456789', null],
  [null, 200, '0123456789', null],
])('%s', async (range, status, body, contentRange) => {
  const response = await get(range);
  expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([status, body, contentRange]);
});

test('HEAD tells the length and sends nothing; a file that is not there is 404', async () => {
  const head = await get('bytes=2-4', 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([206, '3', '']);
  expect((await rangeFile(new Request('http://host/x'), join(folder, 'none'), 'video/mp4')).status).toBe(404);
});
