import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readPictureSegment, readSoundSegment } from '../../app/storage/segment-file.ts';
import { SegmentWriter } from './segment-writer.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'stringout-segment-')); });
afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

const picture = {
  kind: 'picture', config: Uint8Array.of(1, 100, 0, 31), tag: 'avc1', size: Uint32Array.of(400_000, 7, 300_000), display: Uint32Array.of(0, 2, 1),
  flags: Uint8Array.of(3, 0, 4),
} as const;

function writePicture(path: string): void {
  using writer = new SegmentWriter(path);
  for (const size of picture.size) writer.write(new Uint8Array(size).fill(size % 251));
  writer.finish(picture);
}

test('what is written is read back, picture and sound', () => {
  const path = join(folder, 'a.seg');
  writePicture(path);
  const { kind: _, ...told } = picture;
  expect(readPictureSegment(path)).toEqual({ path, offset: 0, ...told });
  expect(readSoundSegment(path)).toBeNull();
  expect(readdirSync(folder)).toEqual(['a.seg']);

  const sound = { config: new Uint8Array(0), priming: 1024, size: Uint32Array.of(3), warnings: ['7.1 mixed to “stereo”'] };
  const soundPath = join(folder, 'b.seg');
  using writer = new SegmentWriter(soundPath);
  writer.write(Uint8Array.of(1, 2, 3));
  writer.finish({ kind: 'sound', ...sound });
  expect(readSoundSegment(soundPath)).toEqual({ path: soundPath, offset: 0, ...sound });
});

test('a segment that is cut, damaged or missing does not exist', () => {
  const path = join(folder, 'a.seg');
  expect(readPictureSegment(path)).toBeNull();
  writePicture(path);
  const whole = readFileSync(path);
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
});

test('nothing stays behind when the work fails', () => {
  const path = join(folder, 'a.seg');
  expect(() => {
    using writer = new SegmentWriter(path);
    writer.write(new Uint8Array(300_000));
    throw new Error('decoder died');
  }).toThrow('decoder died');
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
