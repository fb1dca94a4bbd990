import { expect, test } from 'vitest';
import { StringoutError } from '../../base/errors.ts';
import { samplesByRank } from '../plan/cut-picture.ts';
import { mapFrames } from '../plan/frame-map.ts';
import { nominalLength, resolveRange } from '../plan/resolve-clip.ts';
import { aac, gopSamples, hd, picture, source } from '../plan/testing/synthetic-source.ts';
import { atRate, rational, type Rational } from '../rational.ts';
import { sampleFlags, type Picture, type Source } from '../source.ts';
import type { Clip } from '../timeline.ts';
import { pictureCodec, soundCodec } from './codec-string.ts';
import { pictureWindow } from './picture-window.ts';
import { shownRanks } from './shown-ranks.ts';
import { soundWindow } from './sound-window.ts';

const film = rational(24);

function shot(samples: Picture['samples'], more: Partial<Picture> = {}): { readonly of: Source; readonly made: Picture } {
  const made = { ...picture(samples), ...more };
  return { of: source('shot', made, null), made };
}

/** The frames that the movie will have, by the plan itself. */
function planned(of: Source, made: Picture, from: number, frames: number, rate: Rational): number[] {
  const position = (value: number) => ({ unit: 'media', value, rate, origin: 0 }) as const;
  const clip: Clip = { kind: 'clip', name: 'shot', media: of.path, range: { in: position(from), out: position(from + frames) }, line: null, reel: null, scene: null, take: null, note: null };
  return [...mapFrames(made, resolveRange(clip, of, rate, 1), rate).ranks];
}

test.each([
  ['the same rate', film, film], ['60 to 24', rational(60), film], ['24 to 60', film, rational(60)], ['25 to 23.976', rational(25), rational(24_000, 1001)],
])('every window shows the frames that the movie will have: %s', (_name, own, rate) => {
  const { of, made } = shot(gopSamples(240, 12, 2), { rate: own });
  const whole = atRate(240, own, rate);
  for (const [from, frames] of [[0, whole], [1, 7], [5, 24], [whole - 9, 9]] as const) expect([...shownRanks(of, made, from, frames, rate)]).toEqual(planned(of, made, from, frames, rate));
});

test('a clip that is played in windows shows what it shows in one piece', () => {
  for (const own of [rational(60), rational(25), rational(30_000, 1001)]) {
    const { of, made } = shot(gopSamples(300, 12, 2), { rate: own });
    const whole = planned(of, made, 3, 80, film);
    expect(Array.from({ length: 80 }, (_, i) => shownRanks(of, made, 3 + i, 1, film)[0])).toEqual(whole);
  }
});

test('no frame of a shot is out of reach, whatever its length and rate', () => {
  for (const own of [rational(60), rational(25), rational(120), film]) {
    for (let length = 1; length < 40; length++) {
      const { of, made } = shot(gopSamples(length, 12, 0), { rate: own });
      const whole = Math.max(1, atRate(nominalLength(of, own), own, film));
      const ranks = shownRanks(of, made, 0, whole + 5, film);
      expect(ranks.length).toBe(whole + 5);
      expect(Math.max(...ranks)).toBeLessThan(length);
    }
  }
});

test('decoding starts at a key frame, leaves out what nobody sees or needs, and ends with the last that is seen', () => {
  const { of, made } = shot(gopSamples(48, 12, 2));
  const { samples, ranks, primers } = pictureWindow(of, made, 17, 4, film);
  expect([ranks, primers]).toEqual([[17, 18, 19, 20], 0]);
  expect([samples.rank[0], samples.isKey[0]]).toEqual([12, true]);
  expect(samples.isKey.slice(1)).not.toContain(true);
  const isDisposable = (rank: number): boolean => ((made.samples.flags[samplesByRank(made.samples)[rank] ?? 0] ?? 0) & sampleFlags.disposable) !== 0;
  for (const rank of [12, 13, 14, 15, 16]) expect(samples.rank.includes(rank)).toBe(!isDisposable(rank));
  for (const rank of ranks) expect(samples.rank).toContain(rank);
});

test('an open group is started by a closed one whose picture is thrown away', () => {
  const { of, made } = shot(gopSamples(48, 12, 2, true));
  const { samples, primers } = pictureWindow(of, made, 26, 2, film);
  expect(primers).toBe(1);
  expect([samples.rank[0], samples.isKey[0], samples.rank[1], samples.isKey[1]]).toEqual([0, true, 24, false]);
});

test('two fields in two samples stay together', () => {
  const { of, made } = shot(gopSamples(24, 12, 0));
  const flags = made.samples.flags.map((flag, i) => (i % 2 === 1 ? sampleFlags.secondField | sampleFlags.disposable : flag | sampleFlags.disposable));
  const fields = { ...made, samples: { ...made.samples, flags }, shown: Uint32Array.from({ length: 12 }, (_, i) => 2 * i) };
  const { samples } = pictureWindow({ ...of, picture: fields }, fields, 3, 2, film);
  expect(samples.index.slice(-4)).toEqual([6, 7, 8, 9]);
  expect(samples.isDisposable).not.toContain(true);
});

test.each([
  ['avc1.640028', { codec: 'h264' }, [1, 0x64, 0, 0x28]],
  ['hvc1.2.4.L120.90', { codec: 'hevc' }, [1, 2, 0x20, 0, 0, 0, 0x90, 0, 0, 0, 0, 0, 120]],
  ['av01.0.13M.10', { codec: 'av1' }, [0x81, 0x0d, 0x4c, 0]],
  ['av01.0.08M.10', { codec: 'av1', pixelFormat: 'yuv420p10le' }, []],
  ['vp09.02.51.10', { codec: 'vp9' }, [1, 0, 0, 0, 2, 51, 0xa2, 2, 2, 2, 0, 0]],
  ['vp09.00.41.08', { codec: 'vp9', profile: 'Profile 0' }, []],
  [null, { codec: 'prores' }, []], [null, { codec: 'dnxhd' }, []], [null, { codec: 'mpeg2video' }, []],
])('the browser is asked for %s', (codec, format, config) => {
  expect(pictureCodec({ ...picture(gopSamples(1, 1, 0)), format: { ...hd, ...format }, config: Uint8Array.from(config) })).toBe(codec);
});

test('AAC is decoded from two packets before the first sample that is heard', () => {
  const { from, length, packets } = soundWindow(aac(10), 24, 24, film);
  expect([from, length]).toEqual([1024 + 48_000, 48_000]);
  expect(packets.position[0]).toBe(Math.floor(from / 1024) * 1024 - 2 * 1024);
  expect(packets.position.at(-1)).toBeGreaterThan(from + length - 2048);
});

test('of PCM only the samples that are heard are read', () => {
  const made = aac(10);
  const pcm = {
    ...made, format: { ...made.format, codec: 'pcm_s24le', bits: 24 }, config: new Uint8Array(0), start: 0, length: 480_000,
    packets: { count: 2, file: null, offset: Float64Array.of(1000, 5_000_000), size: Uint32Array.of(240_000 * 6, 240_000 * 6), position: Float64Array.of(0, 240_000, 480_000) },
  };
  const { from, length, packets } = soundWindow(pcm, 119, 2, film);
  expect([from, length]).toEqual([238_000, 4000]);
  expect(packets).toMatchObject({ offset: [1000 + 238_000 * 6, 5_000_000], size: [2000 * 6, 2000 * 6], position: [238_000, 240_000] });
});

test('sound that no browser decodes is told apart, frames before the first are refused', () => {
  expect(soundCodec({ ...aac(1), format: { ...aac(1).format, codec: 'dts' } })).toBeNull();
  const { of, made } = shot(gopSamples(24, 12, 0));
  expect(() => shownRanks(of, made, -1, 2, film)).toThrow(StringoutError);
});
