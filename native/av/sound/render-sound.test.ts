import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { SoundPart, SoundRendering } from '../../../app/contract/jobs/sound-render.ts';
import type { SoundFormat } from '../../../app/domain/source.ts';
import { adts, decodeAll, differenceDb, ffmpeg, ffmpegMissing, lagOf, packetsOf, soundInputOf } from './fixtures/sound-media.ts';
import { renderSound, type RenderedSound } from './render-sound.ts';

const folder = mkdtempSync(join(tmpdir(), 'sound-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const pace = { checkpoint: () => Promise.resolve(), progress: () => undefined };

/** A chirp over noise: alike to itself at no other lag. */
const chirp = (seconds: number, rate: number): string =>
  `aevalsrc='0.4*sin(2*PI*(200*t+700*t*t))+0.05*(random(0)-0.5)|0.4*sin(2*PI*(300*t+500*t*t))':s=${rate}:d=${seconds}`;

function make(name: string, ...options: string[]): string {
  const path = join(folder, name);
  ffmpeg(...options, path);
  return path;
}

const format = (codec: string, sampleRate = 48000, channels = 2, layout = 'stereo'): SoundFormat =>
  ({ codec, tag: '', sampleRate, channels, layout, bits: Number(/\d+/.exec(codec)?.[0] ?? 0) });

async function render(request: Omit<SoundRendering, 'bitRate'>): Promise<RenderedSound & { bytes: Buffer; packets: Buffer[] }> {
  const chunks: Buffer[] = [];
  const done = await renderSound({ bitRate: 192_000, ...request }, (bytes) => chunks.push(Buffer.from(bytes)), pace);
  return { ...done, bytes: Buffer.concat(chunks), packets: chunks };
}

const floats = (bytes: Buffer): Float32Array => new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const channel = (samples: Float32Array, index: number, channels: number): Float32Array => samples.filter((_, i) => i % channels === index);

describe.skipIf(ffmpegMissing)(`rendering sound${ffmpegMissing ? `: ${ffmpegMissing}` : ''}`, () => {
  test.for([
    ['44.1.wav', 44100, ['-c:a', 'pcm_s16le']], ['48.wav', 48000, ['-c:a', 'pcm_s24le']], ['96.mov', 96000, ['-c:a', 'pcm_s24be']],
    ['8.wav', 8000, ['-c:a', 'pcm_s16le']], ['22.05.m4a', 22050, ['-c:a', 'aac', '-aac_pns', '0']], ['44.1.m4a', 44100, ['-c:a', 'aac', '-aac_pns', '0']],
    ['48.mp3', 48000, ['-c:a', 'libmp3lame']], ['48.ac3', 48000, ['-c:a', 'ac3']], ['48.eac3', 48000, ['-c:a', 'eac3']],
    ['44.1.flac', 44100, ['-c:a', 'flac']], ['44.1.alac.m4a', 44100, ['-c:a', 'alac']],
  ] as const)('a window of %s is what the whole file resampled gives there', async ([name, rate, options]) => {
    const path = make(name, '-f', 'lavfi', '-i', chirp(2, rate), ...options);
    const input = soundInputOf(path);
    const whole = decodeAll(path, '-ar', '48000');
    const from = 31_234;
    const length = 20_000;
    const isPcm = input.format.codec.startsWith('pcm');
    const first = input.position.findLastIndex((position) => position < (from / 48000) * rate - 64);
    const part: SoundPart = { clip: 'a', at: 0, length, from, input: packetsOf(input, isPcm ? first : Math.max(0, first - 8), input.size.length) };
    const { bytes, warnings } = await render({ format: format('pcm_f32le'), from: 0, to: length, parts: [part] });
    const expected = whole.subarray(2 * from, 2 * (from + length));
    const ours = floats(bytes);
    expect(ours.length).toBe(2 * length);
    expect(lagOf(channel(expected, 0, 2), channel(ours, 0, 2), 40)).toBe(0);
    expect(differenceDb(expected, ours)).toBeLessThan(name.includes('ac3') ? -30 : -80) // AC-3 fills gaps with noise of its own;
    expect(warnings).toEqual([]);
  });

  test('Opus: every sample the decoder gives is counted, pre-skip included', async () => {
    const path = make('opus.mp4', '-f', 'lavfi', '-i', chirp(2, 48000), '-c:a', 'libopus', '-strict', '-2');
    const input = soundInputOf(path);
    const whole = decodeAll(path);
    const part: SoundPart = { clip: 'a', at: 0, length: 30_000, from: 20_000, input: packetsOf(input, 14, input.size.length) };
    const ours = floats((await render({ format: format('pcm_f32le'), from: 0, to: 30_000, parts: [part] })).bytes);
    const expected = whole.subarray(40_000, 100_000);
    expect(lagOf(channel(expected, 0, 2), channel(ours, 0, 2), 400)).toBe(0);
    expect(differenceDb(expected, ours)).toBeLessThan(-40);
  });

  test.for([
    ['pcm_u8', 'wav', 'pcm_s16le'], ['pcm_s16be', 'mov', 'pcm_s16le'], ['pcm_s16le', 'wav', 'pcm_s24le'], ['pcm_s24le', 'wav', 'pcm_s24le'],
    ['pcm_s24be', 'mov', 'pcm_s32le'], ['pcm_s32be', 'mov', 'pcm_s32le'], ['pcm_s32le', 'wav', 'pcm_s32le'], ['pcm_f32be', 'mov', 'pcm_f32le'],
    ['pcm_f64le', 'wav', 'pcm_f32le'], ['pcm_alaw', 'wav', 'pcm_s16le'], ['pcm_mulaw', 'wav', 'pcm_s16le'], ['pcm_s8', 'aiff', 'pcm_s16le'],
    ['flac', 'flac', 'pcm_s24le'],
  ] as const)('%s in %s as %s is the same bits', async ([codec, container, target]) => {
    const path = make(`exact-${codec}-${target}.${container}`, '-f', 'lavfi', '-i', chirp(0.5, 48000), ...(codec === 'pcm_s32le' ? [] : []), '-c:a', codec);
    const expected = ffmpeg('-i', path, '-f', target.slice(4), '-c:a', target, '-');
    const { bytes, size } = await render({ format: format(target), from: 0, to: 24_000, parts: [{ clip: 'a', at: 0, length: 24_000, from: 0, input: soundInputOf(path) }] });
    expect([...size]).toEqual([bytes.length]);
    expect(bytes.equals(expected)).toBe(true);
  });

  test('parts stand at their samples, and all else is silence: holes, before the source begins, after it ends', async () => {
    const path = make('ones.wav', '-f', 'lavfi', '-i', "aevalsrc='0.5':s=48000:d=0.1", '-c:a', 'pcm_s16le');
    const input = soundInputOf(path);
    const { bytes } = await render({
      format: format('pcm_s16le', 48000, 1, 'mono'), from: 1000, to: 21_000,
      parts: [{ clip: 'a', at: 2000, length: 6000, from: -500, input }, { clip: 'b', at: 9000, length: 100, from: 10, input }],
    });
    const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const runs: [from: number, to: number][] = [];
    samples.forEach((value, i) => {
      const last = runs.at(-1);
      if (value === 0) return;
      if (last?.[1] === i) last[1] = i + 1;
      else runs.push([i, i + 1]);
    });
    expect(samples.length).toBe(20_000);
    expect(runs).toEqual([[1500, 6300], [8000, 8100]]);
  });

  test('mono goes to both loudspeakers, 5.1 keeps its places, and what must be mixed down is said', async () => {
    const mono = soundInputOf(make('mono.wav', '-f', 'lavfi', '-i', "aevalsrc='0.5':s=48000:d=0.1"));
    const six = soundInputOf(make('six.wav', '-f', 'lavfi', '-i', "aevalsrc='0.1|0.2|0.3|0.4|0.5|0.6':s=48000:d=0.1:c=5.1", '-c:a', 'pcm_s24le'));
    const one = async (input: typeof mono, channels: number, layout: string): Promise<{ values: number[]; warnings: readonly string[] }> => {
      const { bytes, warnings } = await render({ format: format('pcm_f32le', 48000, channels, layout), from: 0, to: 4000, parts: [{ clip: 'shot 7', at: 0, length: 4000, from: 0, input }] });
      return { values: [...floats(bytes).subarray(0, channels)].map((value) => Math.round(value * 1000) / 1000), warnings };
    };
    expect(await one(mono, 2, 'stereo')).toEqual({ values: [0.5, 0.5], warnings: [] });
    expect(await one(six, 6, '5.1(side)')).toEqual({ values: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], warnings: [] });
    const mixed = await one(six, 2, 'stereo');
    expect(mixed.values).toEqual([0.666, 0.836]);
    expect(mixed.warnings).toEqual(["shot 7: 6 channels (5.1) are mixed down to the movie's 2 (stereo)"]);
  });

  test('AAC made in pieces is the AAC made at once, on the same samples', async () => {
    const path = make('long.wav', '-f', 'lavfi', '-i', chirp(4, 44100), '-c:a', 'pcm_s16le');
    const input = soundInputOf(path);
    const length = 180_000;
    const parts: SoundPart[] = [
      { clip: 'a', at: 0, length: 70_000, from: 1234, input }, { clip: 'b', at: 70_000, length: 50_001, from: 100_000, input },
      { clip: 'c', at: 120_001, length: 59_999, from: 40_000, input },
    ];
    const total = Math.ceil((length + 1024) / 1024);
    const aac = format('aac');
    const whole = await render({ format: aac, from: 0, to: total, parts });
    const pieces = [[0, 1], [1, 3], [3, 60], [60, 125], [125, total]] as const;
    const packets: Buffer[] = [];
    for (const [from, to] of pieces) {
      const piece = await render({ format: aac, from, to, parts });
      expect(piece.size.length).toBe(to - from);
      packets.push(...piece.packets);
    }
    const truth = floats((await render({ format: format('pcm_f32le'), from: 0, to: length, parts })).bytes);
    const decode = (name: string, list: readonly Buffer[]): Float32Array => {
      writeFileSync(join(folder, name), adts(list, 3, 2));
      return decodeAll(join(folder, name)).subarray(2 * whole.priming);
    };
    const atOnce = decode('whole.aac', whole.packets).slice(0, truth.length);
    const joined = decode('pieces.aac', packets).slice(0, truth.length);
    expect(whole.priming).toBe(1024);
    expect(Buffer.from(whole.config).toString('hex').slice(0, 4)).toBe('1190');
    for (let at = 0; at + 12_000 <= length; at += 12_000) {
      const window = (samples: Float32Array): Float32Array => channel(samples.subarray(2 * at, 2 * (at + 12_000)), 0, 2);
      expect(lagOf(window(truth), window(joined), 30)).toBe(0);
      expect(differenceDb(window(truth), window(joined))).toBeLessThan(differenceDb(window(truth), window(atOnce)) + 1);
    }
    expect(differenceDb(atOnce, joined)).toBeLessThan(-20);
  });

  test('a packet that does not decode is silent and named; nothing decoding at all is an error', async () => {
    const path = make('bad.m4a', '-f', 'lavfi', '-i', chirp(1, 48000), '-c:a', 'aac');
    const input = soundInputOf(path);
    const size = input.size.slice();
    size[20] = 3; // too short for anything
    const part: SoundPart = { clip: 'torn', at: 0, length: 40_000, from: 0, input: { ...input, size } };
    const { bytes, warnings } = await render({ format: format('pcm_s16le'), from: 0, to: 40_000, parts: [part] });
    expect(warnings).toEqual(['torn: 1 of its sound packets cannot be decoded and are silent']);
    expect(bytes.subarray(20 * 4096 + 8, 21 * 4096 - 8).every((byte) => byte === 0)).toBe(true);
    expect(bytes.subarray(23 * 4096, 24 * 4096).some((byte) => byte !== 0)).toBe(true);
    const nothing = { ...part, input: { ...input, size: input.size.map(() => 2) } };
    await expect(render({ format: format('aac'), from: 0, to: 30, parts: [nothing] })).rejects.toMatchObject({ code: 'decode.failed', place: { clip: 'torn', file: path } });
  });
});
