import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { SoundPart, SoundRenderRequest } from '../../../app/contract/jobs/sound-render.ts';
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

async function render(request: Omit<SoundRenderRequest, 'kind' | 'path' | 'bitRate'>): Promise<RenderedSound & { bytes: Buffer; packets: Buffer[] }> {
  const chunks: Buffer[] = [];
  const done = await renderSound({ kind: 'sound.render', path: '', bitRate: 192_000, ...request }, (bytes) => chunks.push(Buffer.from(bytes)), pace);
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
});

