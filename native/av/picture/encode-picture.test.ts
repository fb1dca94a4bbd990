import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PictureEncodeRequest, PictureSegment } from '../../../app/contract/jobs/picture-encode.ts';
import type { PictureInput } from '../../../app/contract/jobs/shared.ts';
import { pictureEncoder } from '../../../app/domain/plan/encoders.ts';
import { sampleFlags, type PictureFormat } from '../../../app/domain/source.ts';
import { readTrailer } from '../../segment/fixtures/read-trailer.ts';
import { EncoderCache } from './encoder-cache.ts';
import { encodePicture } from './encode-picture.ts';
import { avcSets, ffmpeg, ffmpegMissing, lumaMeans, pictureInputOf, stillInputOf, worstPsnr, writeStream } from './fixtures/picture-media.ts';

const rate = { num: 25, den: 1 };
const context = { progress: () => undefined, checkpoint: () => Promise.resolve() };
const width = 320;
const height = 180;
const target: PictureFormat = {
  codec: 'h264', tag: 'avc1', profile: '', width, height, sar: { num: 1, den: 1 }, pixelFormat: 'yuv420p', range: 'limited',
  colour: { primaries: 1, transfer: 1, matrix: 1 }, fieldOrder: 'progressive', rotation: 0,
};

let folder: string;
let encoders: EncoderCache;
let made = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-picture-'));
  encoders = new EncoderCache();
});
afterAll(() => {
  encoders[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const path = (name: string): string => join(folder, name);
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
/** Each frame of one grey, 3 steps brighter than the one before. */
const greys = (frames: number, size = `${width}x${height}`): string[] =>
  ['-f', 'lavfi', '-i', `color=gray:s=${size}:r=25,format=yuv420p,geq=lum=20+3*N:cb=128:cr=128`, '-frames:v', String(frames)];
const greyOf = (value: number): number => Math.round((value - 20) / 3);
/** Detail, movement and grain. */
const footage = (frames: number, filters = 'format=yuv420p', size = `${width}x${height}`): string[] =>
  ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25,noise=alls=6:allf=t,${filters}`, '-frames:v', String(frames)];
const tags = ['-color_primaries', '1', '-color_trc', '1', '-colorspace', '1', '-color_range', 'tv'];

/** What the planner asks for where the source has more than 0.8 bits a pixel, as small pictures full of grain do. */
const rich = (depth: number): { quantiser: { qp: string } } => ({ quantiser: { qp: String(17 + 6 * (depth - 8)) } });

type Wish = { readonly input: PictureInput | null; readonly format?: PictureFormat; readonly isEdge?: boolean; readonly deinterlace?: boolean; readonly quantiser?: { readonly qp: string } };

async function encode(outputs: readonly (readonly number[])[], { input, format = target, isEdge = false, deinterlace = false, quantiser }: Wish): Promise<PictureSegment[]> {
  const encoder = pictureEncoder(format, { preset: null, crf: null, rate, name: 'h264', canReorder: true });
  const request: PictureEncodeRequest = {
    kind: 'picture.encode', clip: 'shot 7', input, format, rate, deinterlace,
    encoder: { name: encoder.name, options: isEdge ? { ...encoder.edgeOptions, ...quantiser } : encoder.options, threads: isEdge ? 1 : encoder.threads },
    outputs: outputs.map((frames) => ({ path: path(`${made++}.seg`), frames: Uint32Array.from(frames) })),
  };
  const { segments } = await encodePicture(request, context, encoders);
  for (const { path: written, offset: _, ...told } of segments) expect(readTrailer(written)).toEqual({ kind: 'picture', ...told });
  return [...segments];
}

async function encodeOne(frames: readonly number[], wish: Wish): Promise<PictureSegment> {
  const [segment] = await encode([frames], wish);
  if (!segment) throw new Error('no segment');
  return segment;
}

const stream = (segment: PictureSegment, extension = 'h264'): string => writeStream([segment], `${segment.path}.${extension}`);
const numbers = (segment: PictureSegment, extension?: string): number[] => lumaMeans(stream(segment, extension), width, height).map(greyOf);
/** Only part of the samples, as the planner sends. */
const windowOf = (input: PictureInput, from: number, to: number): PictureInput =>
  ({ ...input, offset: input.offset.slice(from, to), size: input.size.slice(from, to), rank: input.rank.slice(from, to) });

/** The avcC with bitstream_restriction_flag (ITU-T H.264, E.1.1) turned off, as many cameras write it; it is the last part of x264's SPS. */
function withoutRestriction(config: Uint8Array): Uint8Array {
  const length = Buffer.from(config).readUInt16BE(6);
  const bits = [...config.subarray(8, 8 + length)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  // flag, vectors over boundaries, two ue(0), two ue around 10, reordering and buffering of a few, stop bit
  const found = /1111(0001\d{3}){2}(0*1\d{0,4}){2}10*$/.exec(bits);
  if (!found) throw new Error('no bitstream restriction at the end of the SPS');
  const silent = `${bits.slice(0, found.index)}01`.padEnd(bits.length, '0');
  return Uint8Array.from(config, (byte, i) => (i >= 8 && i < 8 + length ? parseInt(silent.slice(8 * (i - 8), 8 * (i - 7)), 2) : byte));
}

describe.skipIf(ffmpegMissing)(`picture.encode ${ffmpegMissing || ''}`, () => {
  test('H.264 with B-pyramids: outputs that overlap, repeat and go back hold exactly their frames', async () => {
    const source = path('b.mp4');
    ffmpeg(...greys(60), '-c:v', 'libx264', '-bf', '3', '-b_strategy', '0', '-g', '24', '-sc_threshold', '0', '-x264-params', 'b-pyramid=normal:ref=4', ...tags, source);
    const input = pictureInputOf(source);
    const outputs = [range(3, 9), range(7, 12), [20, 20, 20, 19], [59], range(40, 60)];
    for (const isEdge of [true, false]) {
      const segments = await encode(outputs, { input, isEdge });
      expect(segments.map((segment) => numbers(segment))).toEqual(outputs);
      for (const { flags, config, tag } of segments) {
        expect((flags[0] ?? 0) & sampleFlags.closed).toBe(sampleFlags.closed);
        expect([tag, config[0], config[1]]).toEqual(['avc1', 1, 100]);
      }
    }
    // From a key frame in the middle on, and nothing before it.
    expect(numbers(await encodeOne(range(26, 30), { input: windowOf(input, 24, 40), isEdge: true }))).toEqual(range(26, 30));
  });

  test('a stream that does not tell how far it reorders loses no frame', async () => {
    const source = path('silent.mp4');
    ffmpeg(...greys(40), '-c:v', 'libx264', '-bf', '3', '-b_strategy', '0', '-g', '40', '-x264-params', 'b-pyramid=normal', source);
    const input = pictureInputOf(source);
    const segment = await encodeOne(range(0, 40), { input: { ...input, config: withoutRestriction(input.config) }, isEdge: true });
    expect(numbers(segment)).toEqual(range(0, 40));
  });

  test('edges: one encoder, ids of their own, 42 dB and more in Y', async () => {
    const source = path('footage.mp4');
    ffmpeg(...footage(50), '-c:v', 'libx264', '-crf', '14', '-g', '25', ...tags, source);
    const [first, second] = await encode([range(5, 15), range(30, 42)], { input: pictureInputOf(source), isEdge: true, ...rich(8) });
    if (!first || !second) throw new Error('no segments');
    expect(first.config).toEqual(second.config);
    expect(avcSets(first.config).map((set) => [(set[0] ?? 0) & 31, (set[1] ?? 0) >> 4])).toContainEqual([8, 0]);
    expect(first.flags.slice(1)).toEqual(new Uint8Array(9));
    const [a, b] = [worstPsnr(stream(first), source, 5, 15), worstPsnr(stream(second), source, 30, 42)];
    expect([a.frames, b.frames]).toEqual([10, 12]);
    expect(Math.min(a.worst, b.worst)).toBeGreaterThan(42);
  });

  test('edges and copied samples decode as one stream, without a message', async () => {
    const source = path('joined.mp4');
    ffmpeg(...greys(60), '-c:v', 'libx264', '-bf', '3', '-b_strategy', '0', '-g', '24', '-sc_threshold', '0', ...tags, source);
    const input = pictureInputOf(source);
    const [head, tail] = await encode([range(20, 24), range(48, 51)], { input, isEdge: true });
    if (!head || !tail) throw new Error('no segments');
    const copied = { ...windowOf(input, 24, 48), path: source, tag: 'avc1', config: input.config };
    expect(input.offset.slice(24, 48).every((offset, i, all) => i === 0 || offset === (all[i - 1] ?? 0) + (copied.size[i - 1] ?? 0))).toBe(true);
    const runs = [head, { ...copied, offset: copied.offset[0] ?? 0, display: copied.rank, flags: new Uint8Array(24) }, tail];
    const joined = writeStream(runs, path('joined.h264'));
    expect(lumaMeans(joined, width, height, 'null', '-v', 'warning').map(greyOf)).toEqual(range(20, 51));
  });

  test('10 bit and 4:2:2 keep their depth, in edges and whole', async () => {
    for (const [pixelFormat, profile] of [['yuv420p10le', 110], ['yuv422p', 122], ['yuv422p10le', 122]] as const) {
      const source = path(`${pixelFormat}.mp4`);
      ffmpeg(...footage(12, `format=${pixelFormat}`), '-c:v', 'libx264', '-crf', '12', ...tags, source);
      const input = pictureInputOf(source);
      expect(input.format.pixelFormat).toBe(pixelFormat);
      const format = { ...target, pixelFormat };
      for (const isEdge of [true, false]) {
        const segment = await encodeOne(range(2, 9), { input, format, isEdge, ...rich(pixelFormat.endsWith('10le') ? 10 : 8) });
        if (isEdge) expect(segment.config[1]).toBe(profile);
        expect(pictureInputOf(stream(segment)).format.pixelFormat).toBe(pixelFormat);
        const { frames, worst } = worstPsnr(stream(segment), source, 2, 9);
        expect(frames).toBe(7);
        expect(worst).toBeGreaterThan(isEdge ? 42 : 38);
      }
    }
  });

  test('interlaced: edges in the same field order, whole clips deinterlaced on request', async () => {
    const source = path('fields.mp4');
    ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x192:r=50,format=yuv420p,tinterlace=interleave_top', '-frames:v', '20', '-c:v', 'libx264', '-crf', '14',
      '-flags', '+ildct+ilme', '-x264-params', 'tff=1', ...tags, source);
    const input = pictureInputOf(source, { height: 192, fieldOrder: 'tff' });
    const edge = await encodeOne(range(4, 10), { input, format: { ...target, height: 192, fieldOrder: 'tff' }, isEdge: true });
    expect(pictureInputOf(stream(edge)).format.fieldOrder).toBe('tff');
    expect(worstPsnr(stream(edge), source, 4, 10).worst).toBeGreaterThan(38);
    const whole = await encodeOne(range(0, 20), { input, format: { ...target, height: 192 }, deinterlace: true });
    expect(whole.size.length).toBe(20);
    expect(pictureInputOf(stream(whole)).format.fieldOrder).toBe('progressive');
    expect(worstPsnr(stream(whole), source, 0, 20, 'bwdif=mode=send_frame:parity=tff').worst).toBeGreaterThan(35);
  });

  test('HEVC in and out, 8 and 10 bit', async () => {
    for (const pixelFormat of ['yuv420p', 'yuv420p10le']) {
      const source = path(`hevc-${pixelFormat}.mp4`);
      ffmpeg(...greys(30), '-pix_fmt', pixelFormat, '-c:v', 'libx265', '-x265-params', 'keyint=12:bframes=4:log-level=none', '-tag:v', 'hvc1', source);
      const input = pictureInputOf(source, { pixelFormat });
      const format: PictureFormat = { ...target, codec: 'hevc', tag: 'hvc1', pixelFormat };
      for (const isEdge of [true, false]) {
        const segment = await encodeOne(range(5, 25), { input, format, isEdge });
        expect(segment.tag).toBe('hvc1');
        expect(pictureInputOf(stream(segment, 'hevc')).format.pixelFormat).toBe(pixelFormat);
        expect(numbers(segment, 'hevc')).toEqual(range(5, 25));
      }
    }
  });

  test('ProRes of another shape is letterboxed, its colour converted', async () => {
    const source = path('wide.mov');
    ffmpeg('-f', 'lavfi', '-i', 'color=0x40C080:s=400x400:r=25', '-vf', 'scale=out_color_matrix=bt601,format=yuv422p10le', '-frames:v', '5',
      '-c:v', 'prores_ks', source);
    const input = pictureInputOf(source, { colour: { primaries: 6, transfer: 6, matrix: 6 } });
    const segment = await encodeOne(range(0, 5), { input });
    const rgb = ffmpeg('-i', stream(segment), '-vf', 'scale=in_color_matrix=bt709,format=rgb24', '-frames:v', '1', '-f', 'rawvideo', '-');
    const pixel = (x: number, y: number): number[] => [...rgb.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
    expect(pixel(20, 90).every((value) => value < 4)).toBe(true); // (320 - 180) / 2 = 70 columns of black
    expect(pixel(66, 90).every((value) => value < 8)).toBe(true);
    // BT.601's green primary is not BT.709's, so the colour is near, not the same.
    pixel(160, 90).forEach((value, i) => { expect(Math.abs(value - ([0x40, 0xc0, 0x80][i] ?? 0))).toBeLessThan(24); });
    expect(pictureInputOf(stream(segment)).format.width).toBe(width);
  });

  test('sample aspect and rotation: what is shown is what fills the frame', async () => {
    const source = path('turned.mp4');
    // The upper half white, stored lying on its side: turned clockwise by 90 degrees its left half is up.
    ffmpeg('-f', 'lavfi', '-i', 'color=black:s=180x160:r=25,drawbox=x=0:y=0:w=90:h=160:color=white:t=fill,format=yuv420p', '-frames:v', '3',
      '-vf', 'setsar=1/2', '-c:v', 'libx264', '-bf', '0', ...tags, source);
    const input = pictureInputOf(source, { rotation: 90 });
    expect(input.format.sar).toEqual({ num: 1, den: 2 });
    // Shown as 320 x 180: sideways its pixels are twice as wide as high.
    const segment = await encodeOne(range(0, 3), { input });
    const half = (y: number): number => lumaMeans(stream(segment), width, 80, `crop=${width}:80:0:${y}`)[0] ?? 0;
    expect([half(0) > 225, half(100) < 30]).toEqual([true, true]);
  });

  test('stills repeat, black is black', async () => {
    const still = path('still.png');
    ffmpeg('-f', 'lavfi', '-i', 'color=0x808080:s=640x360', '-frames:v', '1', '-pix_fmt', 'rgb24', still);
    const input = stillInputOf(still, { codec: 'png', width: 640, height: 360, pixelFormat: 'rgb24', range: 'full', colour: { primaries: 2, transfer: 2, matrix: 0 } });
    const grey = await encodeOne(Array.from({ length: 50 }, () => 0), { input });
    const means = lumaMeans(stream(grey), width, height, 'scale=in_range=limited:out_range=full');
    expect(means.length).toBe(50);
    means.forEach((value) => { expect(Math.abs(value - 128)).toBeLessThan(2); });
    const black = await encodeOne(Array.from({ length: 7 }, () => 0), { input: null });
    expect(lumaMeans(stream(black), width, height).map(Math.round)).toEqual(Array.from({ length: 7 }, () => 16));
  });

  test('HLG is tone-mapped for an SDR target', async () => {
    const source = path('hlg.mp4');
    ffmpeg(...footage(4, 'format=yuv420p10le'), '-c:v', 'libx265', '-x265-params', 'log-level=none', '-tag:v', 'hvc1', source);
    const input = pictureInputOf(source, { colour: { primaries: 9, transfer: 18, matrix: 9 } });
    const [before, after] = [lumaMeans(source, width, height), lumaMeans(stream(await encodeOne(range(0, 4), { input })), width, height)];
    expect(after.length).toBe(4);
    expect(Math.abs((before[0] ?? 0) - (after[0] ?? 0))).toBeGreaterThan(3);
    expect(after.every((value) => value > 30 && value < 225)).toBe(true);
  });

  test.each([
    ['prores', 'apch', 'HQ', 'yuv422p10le', null], ['dnxhd', 'AVdh', 'DNXHR HQ', 'yuv422p', 'dnxhd'], ['mpeg2video', '', '', 'yuv420p', 'm2v'],
    ['mpeg4', '', '', 'yuv420p', 'm4v'], ['mjpeg', '', '', 'yuv420p', 'mjpeg'], ['av1', 'av01', 'Main', 'yuv420p', 'obu'], ['vp9', 'vp09', '', 'yuv420p', null],
  ] as const)('encodes %s', async (codec, tag, profile, pixelFormat, extension) => {
    const source = path(`for-${codec}.mp4`);
    ffmpeg(...greys(10), '-c:v', 'libx264', '-crf', '10', ...tags, source);
    const format: PictureFormat = { ...target, codec, tag, profile, pixelFormat, };
    const segment = await encodeOne(range(2, 9), { input: pictureInputOf(source), format });
    expect([segment.size.length, (segment.flags[0] ?? 0) & sampleFlags.sync]).toEqual([7, 1]);
    expect(segment.tag).toHaveLength(4);
    if (extension === null) return;
    // A bare JPEG does not tell its range, and ffmpeg takes it for full.
    const filters = codec === 'mjpeg' ? 'scale=in_range=full:out_range=full' : 'null';
    expect(lumaMeans(stream(segment, extension), width, height, filters).map(greyOf)).toEqual(range(2, 9));
  });

  test('DNxHD of a fixed size gets a bit rate that names its flavour', async () => {
    for (const [pixelFormat, id] of [['yuv422p', 1252], ['yuv422p10le', 1250]] as const) {
      const format: PictureFormat = { ...target, codec: 'dnxhd', tag: 'AVdn', profile: 'DNXHD', width: 1280, height: 720, pixelFormat };
      const { path: written, size } = await encodeOne([0, 0], { input: null, format });
      expect([size.length, readFileSync(written).readUInt32BE(0x28)]).toEqual([2, id]);
    }
    const odd: PictureFormat = { ...target, codec: 'dnxhd', tag: 'AVdn', profile: 'DNXHD', pixelFormat: 'yuv422p' };
    await expect(encodeOne([0], { input: null, format: odd })).rejects.toThrow(/dnxhr/);
  });

  test('a frame that does not come out is an error that names clip and frame, and leaves no file', async () => {
    const source = path('short.mp4');
    ffmpeg(...greys(12), '-c:v', 'libx264', '-g', '12', ...tags, source);
    const input = windowOf(pictureInputOf(source), 0, 6);
    const before = readdirSync(folder);
    await expect(encode([range(8, 12)], { input })).rejects.toMatchObject({
      code: 'decode.failed', message: expect.stringMatching(/picture \d+ /), place: { clip: 'shot 7', file: source },
    });
    const cut = { ...input, offset: input.offset.map(() => 1e9) };
    await expect(encode([[0]], { input: cut })).rejects.toMatchObject({ code: 'input.changed' });
    expect(readdirSync(folder)).toEqual(before);
  });
});
