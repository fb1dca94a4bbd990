/** Thumbnails, waveforms, stills and streamed frames of real footage, made by real workers and compared with what ffmpeg shows. */
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFrameStream } from '../app/contract/frame-stream.ts';
import { readPeaks, type Peaks } from '../app/contract/peaks-file.ts';
import type { Source } from '../app/domain/source.ts';
import { workerLauncher } from '../app/headless/launch-worker.ts';
import { createEngine, type Engine } from '../app/services/create-engine.ts';
import { PreviewService } from '../app/services/preview/preview-service.ts';
import { Place } from './fixtures/command.ts';
import { missing, run } from './fixtures/tools.ts';

const never = new AbortController().signal;
const absent = missing('ffmpeg', 'ffprobe');
const moving = (size: string, seconds = 2): string[] => ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=24:d=${seconds}`];
const prores = ['-c:v', 'prores_ks', '-profile:v', '0', '-pix_fmt', 'yuv422p10le'];
const x264 = (parameters: string): string[] => ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-pix_fmt', 'yuv420p', '-x264-params', `scenecut=0:${parameters}`];

let place: Place;
let engine: Engine;
let previews: PreviewService;
/** With the matrix that their size or their tags tell. */
let streamed: [path: string, matrix: string][];
const formerTemporary = process.env['TMPDIR'];

beforeAll(async () => {
  place = new Place();
  mkdirSync(place.path('temporary'));
  process.env['TMPDIR'] = place.path('temporary');
  // One worker: a job that did not end would stop all that come after it.
  engine = await createEngine({ cacheDir: place.path('cache'), keepsNothing: false, temporaryBeside: null, workers: 1, memoryMegabytes: 2000, warn: (text) => { throw new Error(text); }, launcher: workerLauncher() });
  previews = new PreviewService(engine.host.jobs, engine.previewFolder);
  if (absent === '') {
    const moved = moving('320x180', 3);
    streamed = [
      [make('stream.mov', ...moved, ...prores), 'bt601'],
      [make('stream.mp4', ...moved, ...x264('keyint=16:open-gop=1:bframes=3:colormatrix=bt709')), 'bt709'],
    ];
  }
});
afterAll(async () => {
  await engine.close();
  if (formerTemporary === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = formerTemporary;
  place[Symbol.dispose]();
});

function make(name: string, ...args: readonly string[]): string {
  run('ffmpeg', ['-v', 'error', '-y', ...args, place.path(name)]);
  return place.path(name);
}

function index(path: string, sequence: { files: string[]; rate: { num: number; den: number } } | null = null): Promise<Source> {
  return engine.host.jobs.run<'source.index'>({ kind: 'source.index', path, unpackDir: engine.host.cache.unpackDir, sequence }, { signal: never });
}

/** Pictures as ffmpeg shows them, each as raw bytes. */
function shown(input: readonly string[], filter: string, pixelFormat: string, bytes: number): Uint8Array[] {
  const { stdout } = run('ffmpeg', ['-v', 'error', ...input, '-vf', filter, '-fps_mode', 'passthrough', '-pix_fmt', pixelFormat, '-f', 'rawvideo', '-']);
  return Array.from({ length: stdout.length / bytes }, (_, i) => stdout.subarray(i * bytes, (i + 1) * bytes));
}

function psnr(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new Error(`${a.length} bytes beside ${b.length}`);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return sum === 0 ? Infinity : 10 * Math.log10((255 ** 2 * a.length) / sum);
}

const tilePixels = 160 * 90;
const letterboxed = 'scale=iw*sar:ih,setsar=1,scale=160:90:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic,format=rgb24,pad=160:90:2*trunc((ow-iw)/4):2*trunc((oh-ih)/4):black,format=gray';

/** For each tile of the strip the frame that it looks most like. */
function framesOfTiles(strip: string, input: readonly string[], tiles = 8): { frame: number; quality: number }[] {
  const frames = shown(input, letterboxed, 'gray', tilePixels);
  const [atlas] = shown(['-i', strip], 'format=gray', 'gray', tiles * tilePixels);
  return Array.from({ length: tiles }, (_, tile) => {
    const seen = Uint8Array.from({ length: tilePixels }, (__, i) => atlas?.[Math.floor(i / 160) * 160 * tiles + tile * 160 + (i % 160)] ?? 0);
    const qualities = frames.map((frame) => psnr(frame, seen));
    const quality = Math.max(...qualities);
    return { frame: qualities.indexOf(quality), quality };
  });
}

const momentsOf = (frames: number): number[] => Array.from({ length: 8 }, (_, tile) => Math.floor(((2 * tile + 1) * frames) / 16));

async function peaksOf(path: string): Promise<Peaks> {
  const file = await previews.peaks(await index(path));
  const bytes = readFileSync(file ?? '');
  const peaks = readPeaks(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  if (!peaks) throw new Error('no peaks');
  return peaks;
}

/** Lowest and highest of a channel in some buckets. */
function rangeOf({ values, channels }: Peaks, channel: number, from: number, to: number): [number, number] {
  let [low, high] = [127, -128];
  for (let bucket = from; bucket < to; bucket++) {
    low = Math.min(low, values[(bucket * channels + channel) * 2] ?? 0);
    high = Math.max(high, values[(bucket * channels + channel) * 2 + 1] ?? 0);
  }
  return [low, high];
}

describe.skipIf(absent)(`previews ${absent}`, () => {
  /** `late`: how many frames before its moment a tile may be. */
  test.each([
    ['open groups of H.264', 'open.mp4', 5, [...moving('640x360'), ...x264('keyint=6:min-keyint=6:open-gop=1:bframes=3')]],
    ['one long group, where the very frames cost little', 'long.mp4', 0, [...moving('640x360'), ...x264('keyint=500')]],
    ['fields', 'fields.mp4', 0, [...moving('320x180'), ...x264('keyint=48:interlaced=1:bframes=2')]],
    ['open groups of HEVC', 'open-hevc.mp4', 5, [...moving('320x180'), '-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '12', '-pix_fmt', 'yuv420p', '-tag:v', 'hvc1', '-x265-params', 'log-level=none:scenecut=0:keyint=6:min-keyint=6:open-gop=1:bframes=3']],
    ['ProRes of 10 bits with wide pixels', 'wide.mov', 0, [...moving('360x288'), ...prores, '-aspect', '16:9']],
    ['a vertical picture', 'tall.mov', 0, [...moving('180x320'), ...prores]],
  ])('a strip of %s shows its moments', async (_, name, late, args) => {
    const path = make(name, ...args);
    const strip = await previews.strip(await index(path));
    const tiles = framesOfTiles(strip ?? '', ['-i', path]);
    for (const [tile, moment] of momentsOf(48).entries()) {
      expect(tiles[tile]?.quality).toBeGreaterThan(30);
      expect(tiles[tile]?.frame).toBeLessThanOrEqual(moment);
      expect(tiles[tile]?.frame).toBeGreaterThanOrEqual(moment - late);
    }
  });

  test('a strip of a turned picture stands upright', async () => {
    const path = make('turned.mov', '-i', make('lying.mov', ...moving('640x360', 1), ...x264('keyint=24')), '-c', 'copy', '-metadata:s:v', 'rotate=90');
    const tiles = framesOfTiles(await previews.strip(await index(path)) ?? '', ['-i', path]);
    expect(tiles.map(({ frame }) => frame)).toEqual(momentsOf(24));
    for (const { quality } of tiles) expect(quality).toBeGreaterThan(30);
  });

  test('a strip of numbered pictures is of the pictures', async () => {
    make('plate.%04d.png', ...moving('320x180', 1), '-start_number', '1');
    const files = Array.from({ length: 24 }, (_, i) => place.path(`plate.${String(i + 1).padStart(4, '0')}.png`));
    const source = await index(place.path('plate.%04d.png'), { files, rate: { num: 24, den: 1 } });
    const tiles = framesOfTiles(await previews.strip(source) ?? '', ['-i', place.path('plate.%04d.png')]);
    expect(tiles.map(({ frame }) => frame)).toEqual(momentsOf(24));
    expect(await previews.peaks(source)).toBeNull();
  });

  test('a tile that does not decode shows its neighbour, and a stream up to a damaged frame says so', async () => {
    const path = make('damaged.mov', ...moving('320x180', 2), ...prores);
    const whole = make('whole.mov', '-i', path, '-c', 'copy');
    const { packets } = JSON.parse(run('ffprobe', ['-v', 'error', '-show_packets', '-of', 'json', path]).stdout.toString()) as { packets: { pos: string; size: string }[] };
    const file = openSync(path, 'r+');
    writeSync(file, new Uint8Array(Number(packets[9]?.size)), 0, Number(packets[9]?.size), Number(packets[9]?.pos));
    closeSync(file);
    const source = await index(path);
    const tiles = framesOfTiles(await previews.strip(source) ?? '', ['-i', whole]);
    expect(tiles.map(({ frame }) => frame)).toEqual(momentsOf(48).map((moment) => (moment === 9 ? 3 : moment)));
    const numbers: number[] = [];
    await expect((async () => {
      for await (const { number } of readFrameStream(await previews.frames(source, { from: 5, to: 48, step: 1 }, { width: 320, height: 180 }))) numbers.push(number);
    })()).rejects.toMatchObject({ code: 'decode.failed' });
    expect(numbers).toEqual([5, 6, 7, 8]);
  });

  test.each([
    ['forward', { from: 20, to: 28, step: 1 }, [20, 21, 22, 23, 24, 25, 26, 27]],
    ['fast', { from: 3, to: 70, step: 20 }, [3, 23, 43, 63]],
    ['backward', { from: 2, to: 70, step: -1 }, Array.from({ length: 68 }, (_, i) => 69 - i)],
    ['fast and backward', { from: 0, to: 72, step: -30 }, [71, 41, 11]],
  ])('frames come %s, with their numbers, and are the frames', async (_, range, numbers) => {
    for (const [path, matrix] of streamed) {
      const frames = shown(['-i', path], `scale=160:90:in_color_matrix=${matrix}:out_color_matrix=bt709:flags=bicubic+accurate_rnd,format=yuv420p`, 'yuv420p', 160 * 90 * 1.5);
      const got: number[] = [];
      for await (const record of readFrameStream(await previews.frames(await index(path), range, { width: 160, height: 120 }))) {
        got.push(record.number);
        expect(record).toMatchObject({ width: 160, height: 90, matrix: 1, isFullRange: false });
        expect(psnr(record.planes, frames[record.number] ?? new Uint8Array(0))).toBeGreaterThan(38);
      }
      expect(got).toEqual(numbers);
    }
  });

  test('a thumbnail is of the nearest key frame within the clip, else the very frame', async () => {
    const path = make('thumbnail.mov', ...moving('320x180'), ...x264('keyint=12:min-keyint=12:scenecut=0'));
    const source = await index(path);
    for (const [frame, from, expected] of [[31, 20, 24], [31, 26, 31], [12, 12, 12]] as const) {
      const [tile] = framesOfTiles(await previews.thumbnail(source, frame, from), ['-i', path], 1);
      expect(tile?.frame).toBe(expected);
      expect(tile?.quality).toBeGreaterThan(30);
    }
  });

  test('a still is the frame, at full size', async () => {
    const path = make('still.mov', ...moving('320x180'), ...prores);
    const still = await previews.still(await index(path), 31);
    const [expected] = shown(['-i', path], 'select=eq(n\\,31),scale=flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24', 'rgb24', 320 * 180 * 3);
    const [seen] = shown(['-i', still], 'null', 'rgb24', 320 * 180 * 3);
    expect(psnr(seen ?? new Uint8Array(0), expected ?? new Uint8Array(1))).toBeGreaterThan(40);
  });

  test('who stops asking ends the work, and no file is left', async () => {
    const source = await index(make('cancelled.mov', ...moving('320x180'), ...prores));
    const before = readdirSync(engine.previewFolder);
    const controller = new AbortController();
    const asked = previews.strip(source, controller.signal);
    controller.abort();
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    const stream = await previews.frames(source, { from: 0, to: 48, step: 1 }, { width: 320, height: 180 });
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    const ended = new AbortController();
    const aborted = (await previews.frames(source, { from: 0, to: 48, step: 1 }, { width: 320, height: 180 }, ended.signal)).getReader();
    ended.abort();
    await expect((async () => { while (!(await aborted.read()).done); })()).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(engine.previewFolder)).toEqual(before);
    expect(readdirSync(place.path('temporary'))).toEqual([]);
    // The worker is free.
    expect(await previews.strip(source)).toMatch(/\.jpg$/);
  });

  test('peaks are those of the sound, from the first frame of the picture on', async () => {
    const burst = "aevalsrc='if(between(t,1,1.2),0.5*sin(2*PI*1000*t),0)':s=44100:d=2";
    const peaks = await peaksOf(make('burst.mp4', ...moving('160x90', 2), '-f', 'lavfi', '-i', burst, ...x264('keyint=24'), '-c:a', 'aac', '-b:a', '192k'));
    expect(peaks).toMatchObject({ channels: 1, perSecond: 100, count: 200 });
    for (const value of rangeOf(peaks, 0, 102, 118).map(Math.abs)) expect(Math.abs(value - 64)).toBeLessThanOrEqual(4);
    for (const value of [...rangeOf(peaks, 0, 0, 95), ...rangeOf(peaks, 0, 125, 200)].map(Math.abs)) expect(value).toBeLessThanOrEqual(2);
  });

  test('5.1 is mixed to two channels; sound alone has a waveform and no strip; silence is flat; no sound is none', async () => {
    const six = make('six.wav', '-f', 'lavfi', '-i', "aevalsrc='0.5*sin(2*PI*500*t)|0|0|0|0|0':c=5.1:s=48000:d=1", '-c:a', 'pcm_s24le');
    const peaks = await peaksOf(six);
    expect(peaks).toMatchObject({ channels: 2, count: 100 });
    expect(rangeOf(peaks, 0, 10, 90)[1]).toBeGreaterThan(20);
    expect(rangeOf(peaks, 1, 10, 90)).toEqual([0, 0]);
    expect(await previews.strip(await index(six))).toBeNull();
    const silent = await peaksOf(make('silent.wav', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo:d=1'));
    expect(rangeOf(silent, 0, 0, 100)).toEqual([0, 0]);
    expect(await previews.peaks(await index(make('mute.mov', ...moving('160x90', 1), ...prores)))).toBeNull();
  });
});
