import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ffmpegMissing, hashesByFfmpeg, hashesOf, MediaFolder } from './fixtures/judged-media.ts';

const folder = new MediaFolder();
afterAll(() => folder[Symbol.dispose]());

const rate = { num: 24, den: 1 };
const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=24'];

describe.skipIf(ffmpegMissing)('a still is one frame', () => {
  it.each([
    ['a.png', 'rgb24'], ['b.png', 'rgba64be'], ['c.png', 'pal8'], ['d.png', 'gray'], ['a.jpg', 'yuvj420p'], ['a.tif', 'rgb48le'], ['a.dpx', 'gbrp10be'], ['a.exr', 'gbrpf32le'],
    ['b.exr', 'gbrapf32le'], ['a.bmp', 'bgr24'], ['a.webp', 'yuv420p'], ['a.tga', 'bgr24'], ['a.jp2', 'rgb24'], ['a.ppm', 'rgb24'],
  ])('%s', async (name, format) => {
    const path = folder.make(name, ...picture, '-frames:v', '1', '-pix_fmt', format);
    const source = await folder.index(path);
    expect(source).toMatchObject({ container: 'still', sound: null, picture: { isStill: true, samples: { count: 1, size: Uint32Array.of(readFileSync(path).length) }, format: { width: 160, height: 90 } } });
    expect(hashesOf(source)).toEqual(hashesByFfmpeg(path));
  });

  it('a JPEG is turned as its camera was held', async () => {
    const jpeg = readFileSync(folder.make('upright.jpg', ...picture, '-frames:v', '1'));
    // APP1: Exif, big endian, one entry: orientation 6.
    const exif = Buffer.concat([Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1')]);
    const path = folder.at('turned.jpg');
    writeFileSync(path, Buffer.concat([jpeg.subarray(0, 2), Buffer.of(0xff, 0xe1, 0, exif.length + 2), exif, jpeg.subarray(2)]));
    expect((await folder.index(path)).picture?.format).toMatchObject({ rotation: 90, range: 'full', pixelFormat: 'yuv420p' });
  });

  it('EXR is linear light, and a DPX is not for all that its header says', async () => {
    const exr = await folder.index(folder.make('light.exr', ...picture, '-frames:v', '1', '-pix_fmt', 'gbrpf32le'));
    expect(exr.picture?.format.colour).toEqual({ primaries: 1, transfer: 8, matrix: 0 });
    const dpx = await folder.index(folder.make('print.dpx', ...picture, '-frames:v', '1', '-pix_fmt', 'gbrp10be'));
    expect(dpx.picture?.format.colour).toEqual({ primaries: 1, transfer: 1, matrix: 0 });
  });
});

describe.skipIf(ffmpegMissing)('a sequence has a file for each frame', () => {
  const frames = (extension: string): string[] => Array.from({ length: 6 }, (_, i) => folder.at(`plate.${String(i + 8).padStart(4, '0')}.${extension}`));

  it.each(['png', 'jpg', 'tif', 'dpx', 'exr'])('%s, with a hole that holds the frame before', async (extension) => {
    folder.make(`plate.%04d.${extension}`, ...picture, '-frames:v', '6', '-start_number', '8');
    const files = frames(extension);
    files[3] = files[2] ?? '';
    const source = await folder.index(folder.at(`plate.%04d.${extension}`), { files, rate });
    expect(source).toMatchObject({ container: 'sequence', picture: { isStill: false, isConstantRate: true, rate, samples: { count: 6, file: Uint32Array.of(0, 1, 2, 2, 3, 4) } } });
    expect(source.files).toHaveLength(5);
    expect(hashesOf(source)).toEqual(files.flatMap((file) => hashesByFfmpeg(file)));
  });

  it('its frames decide its fingerprint, and holes and rate what is made of it', async () => {
    const files = ['a', 'b', 'c'].map((name, i) => folder.make(`${name}.png`, ...picture, '-vf', `select=eq(n\\,${i})`, '-frames:v', '1'));
    const [a = '', b = '', c = ''] = files;
    const fingerprint = async (list: readonly string[]): Promise<string> => (await folder.index('x.%d.png', { files: list, rate })).fingerprint;
    const all = new Set([await fingerprint([a, b, c]), await fingerprint([a, c, b]), await fingerprint([a, a, b, c]), await fingerprint([a, b])]);
    expect(all.size).toBe(4);
    expect(await fingerprint([a, b, c])).toBe(await fingerprint([a, b, c]));
  });

  it('DPX carries the label of its first frame', async () => {
    const files = [0, 1, 2].map((i) => folder.at(`label.${i}.dpx`));
    folder.make('label.%d.dpx', ...picture, '-frames:v', '3', '-start_number', '0', '-pix_fmt', 'gbrp10be');
    files.forEach((file, i) => writeFileSync(file, withLabel(readFileSync(file), 0x01020304 + i)));
    expect((await folder.index(folder.at('label.%d.dpx'), { files, rate })).timecode).toEqual({ frame: (3600 + 2 * 60 + 3) * 24 + 4, rate, dropFrame: false });
  });

  it('names the frame that does not fit', async () => {
    const files = frames('png');
    folder.make('plate.%04d.png', ...picture, '-frames:v', '6', '-start_number', '8');
    const index = (): Promise<unknown> => folder.index(folder.at('plate.%04d.png'), { files, rate });
    folder.make('plate.0013.png', '-f', 'lavfi', '-i', 'testsrc2=s=80x60', '-frames:v', '1');
    await expect(index()).rejects.toMatchObject({ code: 'input.unsupported', message: 'is 80x60, and the sequence begins with 160x90', place: { file: files[5] } });
    writeFileSync(files[4] ?? '', readFileSync(folder.make('other.jpg', ...picture, '-frames:v', '1')));
    await expect(index()).rejects.toMatchObject({ code: 'input.unsupported', message: 'is mjpeg, and the sequence begins with png', place: { file: files[4] } });
    writeFileSync(files[2] ?? '', '');
    await expect(index()).rejects.toMatchObject({ code: 'input.damaged', place: { file: files[2] } });
    rmSync(files[1] ?? '');
    await expect(index()).rejects.toMatchObject({ code: 'input.missing', place: { file: files[1] } });
    writeFileSync(files[0] ?? '', readFileSync(join(import.meta.dirname, 'stills.test.ts')));
    await expect(index()).rejects.toMatchObject({ code: 'input.unsupported', message: 'is a text file, no media that Stringout reads', place: { file: files[0] } });
  });
});

/** ffmpeg's DPX header is short: the television header, where the label stands, is added. */
function withLabel(dpx: Buffer, label: number): Buffer {
  const old = dpx.readUInt32BE(4);
  const header = Buffer.alloc(2048);
  dpx.copy(header, 0, 0, old);
  for (const at of [4, 780]) header.writeUInt32BE(2048, at);
  header.writeUInt32BE(label, 1920);
  return Buffer.concat([header, dpx.subarray(old)]);
}
