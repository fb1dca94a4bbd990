import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { readFrameStream } from '../../../app/contract/frame-stream.ts';
import type { FramesStreamRequest, PeaksMakeRequest } from '../../../app/contract/jobs/preview.ts';
import { readPeaks } from '../../../app/contract/peaks-file.ts';
import { run as indexSource } from '../../worker/jobs/source-index.ts';
import type { Source } from '../../../app/domain/source.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { makePeaks } from './make-peaks.ts';
import { makeStill } from './make-still.ts';
import { makeStrip } from './make-strip.ts';
import { streamFrames } from './stream-frames.ts';
import { windowOf } from './testing/window-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'stringout-preview-'));
afterAll(() => { rmSync(folder, { recursive: true }); });
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const context: JobContext = { progress: () => undefined, checkpoint: () => Promise.resolve() };

async function media(name: string, args: readonly string[]): Promise<Source> {
  const path = join(folder, name);
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args, path]);
  return indexSource({ kind: 'source.index', path, unpackDir: folder, sequence: null }, context);
}

/** Grey values of a picture scaled to `width` x `height`. */
const grey = (args: readonly string[], width: number, height: number): Buffer => execFileSync(
  'ffmpeg', ['-v', 'error', ...args, '-vf', `scale=${width}:${height}:flags=area,format=gray`, '-f', 'rawvideo', '-'], { maxBuffer: 1 << 28 },
);

function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length;
}

const moving = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=24:d=3'];

describe.skipIf(!hasFfmpeg)('previews (need the package ffmpeg)', () => {
  it('a strip shows the moments it is of, letterboxed', async () => {
    const source = await media('long.mp4', [...moving, '-c:v', 'libx264', '-g', '9', '-pix_fmt', 'yuv420p']);
    const path = join(folder, 'strip.jpg');
    const ranks = Uint32Array.of(0, 9, 18, 27, 36, 45, 54, 63);
    await makeStrip({ kind: 'strip.make', runs: [{ input: windowOf(source, ranks, true), ranks }], tiles: ranks, path }, context);
    expect(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=width,height', '-of', 'csv=p=0', path]).toString().trim()).toBe('1280,90');
    for (const [tile, rank] of ranks.entries()) {
      const seen = execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-vf', `crop=160:90:${tile * 160}:0,scale=32:18:flags=area,format=gray`, '-f', 'rawvideo', '-']);
      const expected = grey(['-ss', (rank / 24).toFixed(4), '-i', source.path, '-frames:v', '1'], 32, 18);
      expect(difference(seen, expected)).toBeLessThan(6);
    }
  });

  it('a still of ten-bit ProRes is the frame', async () => {
    const source = await media('prores.mov', [...moving, '-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le']);
    const path = join(folder, 'still.png');
    await makeStill({ kind: 'still.make', input: windowOf(source, Uint32Array.of(31), false), rank: 31, path }, context);
    expect(execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=width,height,pix_fmt', '-of', 'csv=p=0', path]).toString().trim()).toBe('640,360,rgb24');
    expect(difference(grey(['-i', path], 640, 360), grey(['-ss', (31 / 24).toFixed(4), '-i', source.path, '-frames:v', '1'], 640, 360))).toBeLessThan(2);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('frames stream in the order asked for, scaled, with their numbers', async () => {
    const source = await media('stream.mov', [...moving, '-c:v', 'prores_ks', '-pix_fmt', 'yuv422p10le']);
    const numbers = Uint32Array.of(40, 39, 38, 7);
    const runs: FramesStreamRequest['runs'] = [{ input: windowOf(source, numbers, false), ranks: numbers, numbers }];
    const socket = join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => { server.listen(socket, resolve); });
    const records = new Promise<{ number: number; luma: Uint8Array }[]>((resolve, reject) => {
      server.once('connection', (connection) => {
        (async () => {
          const got: { number: number; luma: Uint8Array }[] = [];
          for await (const { number, width, height, planes } of readFrameStream(Readable.toWeb(connection) as ReadableStream<Uint8Array>)) got.push({ number, luma: planes.subarray(0, width * height) });
          return got;
        })().then(resolve, reject);
      });
    });
    expect(await streamFrames({ kind: 'frames.stream', runs, width: 320, height: 180, socket }, context)).toBe(4);
    const got = await records;
    server.close();
    expect(got.map(({ number }) => number)).toEqual([...numbers]);
    for (const { number, luma } of got) {
      const expected = execFileSync('ffmpeg', ['-v', 'error', '-i', source.path, '-vf', `select=eq(n\\,${number}),scale=320:180:in_color_matrix=bt601:out_color_matrix=bt709:flags=bicubic,format=yuv420p`, '-frames:v', '1', '-f', 'rawvideo', '-']);
      expect(difference(luma, expected.subarray(0, luma.length))).toBeLessThan(2.5);
    }
  });

  it('peaks are those of the sound: a click where it is, silence where there is none', async () => {
    const click = "aevalsrc='if(between(n,24000,24004),0.5,0)|if(between(n,48000,48004),-1,0)':s=48000:d=2:c=stereo";
    const source = await media('click.wav', ['-f', 'lavfi', '-i', click, '-c:a', 'pcm_s24le']);
    const { sound } = source;
    if (!sound) throw new Error('no sound');
    const path = join(folder, 'click.peaks');
    const part: PeaksMakeRequest['part'] = {
      clip: 'click', at: 0, length: 96_000, from: 0,
      input: { format: sound.format, config: sound.config, files: source.files, file: null, offset: sound.packets.offset, size: sound.packets.size, position: sound.packets.position.slice(0, -1) },
    };
    await makePeaks({ kind: 'peaks.make', part, sampleRate: 48_000, path }, context);
    const bytes = readFileSync(path);
    const peaks = readPeaks(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    expect(peaks).toMatchObject({ channels: 2, perSecond: 100, count: 200 });
    const loud = [...peaks?.values ?? []].flatMap((value, i) => (value === 0 ? [] : [[Math.floor(i / 4), i % 4, value]]));
    expect(loud).toEqual([[50, 1, 64], [100, 2, -127]]);
  });
});
