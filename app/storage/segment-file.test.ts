import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spreadHash } from '../base/spread-hash.ts';
import { serialiseTrailer, type SegmentTrailer } from '../domain/segment-format.ts';
import { readPictureSegment, readSoundSegment } from './segment-file.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'stringout-segment-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const picture = {
  config: Uint8Array.of(1, 100, 0, 31), tag: 'avc1', size: Uint32Array.of(400_000, 7, 300_000), display: Uint32Array.of(0, 2, 1), flags: Uint8Array.of(3, 0, 4),
};
const sound = { config: new Uint8Array(0), priming: 1024, size: Uint32Array.of(3), warnings: ['7.1 mixed to “stereo”'] };

function segment(trailer: SegmentTrailer): Buffer {
  const payload = Buffer.alloc(trailer.size.reduce((total, size) => total + size, 0), 0x5a);
  const hash = spreadHash(payload.length, (offset, length) => payload.subarray(offset, offset + length));
  return Buffer.concat([payload, serialiseTrailer(trailer, { length: payload.length, hash })]);
}

test('a segment tells all of itself, picture and sound', () => {
  const path = join(folder, 'a.seg');
  writeFileSync(path, segment({ kind: 'picture', ...picture }));
  expect(readPictureSegment(path)).toEqual({ path, offset: 0, ...picture });
  expect(readSoundSegment(path)).toBeNull();
  writeFileSync(path, segment({ kind: 'sound', ...sound }));
  expect(readSoundSegment(path)).toEqual({ path, offset: 0, ...sound });
  expect(readPictureSegment(path)).toBeNull();
});

test('a segment that is cut, damaged or missing does not exist', () => {
  const path = join(folder, 'a.seg');
  expect(readPictureSegment(path)).toBeNull();
  const whole = segment({ kind: 'picture', ...picture });
  for (const at of [0, 699_000, 700_010, whole.length - 100, whole.length - 60, whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0x40;
    writeFileSync(path, damaged);
    expect(readPictureSegment(path), `byte ${at}`).toBeNull();
  }
  writeFileSync(path, whole);
  for (const length of [whole.length - 1, whole.length - 64, 700_007, 63, 0]) {
    truncateSync(path, length);
    expect(readPictureSegment(path), `${length} bytes`).toBeNull();
  }
  expect(readPictureSegment(folder)).toBeNull();
});

test('sizes that do not add up to the payload are refused at once', () => {
  expect(() => serialiseTrailer({ kind: 'sound', ...sound }, { length: 4, hash: '00'.repeat(20) })).toThrow(/payload of 4/);
});
