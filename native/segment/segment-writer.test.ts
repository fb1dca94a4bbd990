import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTrailer } from './fixtures/read-trailer.ts';
import { SegmentWriter } from './segment-writer.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'stringout-segment-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const picture = {
  kind: 'picture', config: Uint8Array.of(1, 100, 0, 31), tag: 'avc1', size: Uint32Array.of(400_000, 7, 300_000), display: Uint32Array.of(0, 2, 1),
  flags: Uint8Array.of(3, 0, 4),
} as const;

test('samples of any size lie one after the other, and the trailer behind them', () => {
  const path = join(folder, 'a.seg');
  using writer = new SegmentWriter(path);
  for (const [i, size] of picture.size.entries()) writer.write(new Uint8Array(size).fill(i + 1));
  expect(existsSync(path)).toBe(false);
  writer.finish(picture);
  expect(readTrailer(path)).toEqual(picture);
  const file = readFileSync(path);
  expect([file[0], file[399_999], file[400_000], file[400_006], file[400_007], file[700_006]]).toEqual([1, 1, 2, 2, 3, 3]);
  expect(readdirSync(folder)).toEqual(['a.seg']);
  expect(() => { writer.write(Uint8Array.of(1)); writer.finish(picture); }).toThrow(/already closed/);
});

test('nothing stays behind when the work fails, and a segment that was there stays', () => {
  const path = join(folder, 'a.seg');
  const fail = (): void => {
    using writer = new SegmentWriter(path);
    writer.write(new Uint8Array(300_000));
    throw new Error('decoder died');
  };
  expect(fail).toThrow('decoder died');
  expect(readdirSync(folder)).toEqual([]);
  using writer = new SegmentWriter(path);
  writer.write(Uint8Array.of(1, 2, 3));
  writer.finish({ kind: 'sound', config: new Uint8Array(0), priming: 0, size: Uint32Array.of(3), warnings: [] });
  expect(fail).toThrow('decoder died');
  expect(readTrailer(path)?.kind).toBe('sound');
  expect(readdirSync(folder)).toEqual(['a.seg']);
});
