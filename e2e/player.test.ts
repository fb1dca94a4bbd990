/** The player alone on the host's media: its clock turned by hand, every picture read by its bar code, every sample compared with what was painted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { programmeSample } from '../app/domain/plan/sound-position.ts';
import { fromBase64 } from '../app/domain/playback/base64.ts';
import { Place } from './fixtures/command.ts';
import { lag } from './fixtures/judge.ts';
import { PlayerPage } from './fixtures/player-page.ts';
import { jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { aac, h264, makeShot, pcm, soundOf, tags709, type Shot } from './fixtures/shots.ts';

const rate = { num: 24, den: 1 };
const x264 = (...more: readonly string[]): readonly string[] => [...h264, ...tags709, ...more];
/** Closed groups, open groups with a pyramid, another rate, another codec, ProRes and H.264 of ten bits in 4:2:2, which browsers do not decode; and sound in every codec that one does. */
const shots: Readonly<Record<string, Omit<Shot, 'frames'> & { readonly file: string }>> = {
  closed: { shot: 1, file: 'closed.mp4' },
  open: { shot: 2, file: 'open.mov', picture: x264('-g', '30', '-bf', '4', '-b_strategy', '0', '-x264-params', 'open-gop=1:b-pyramid=normal:scenecut=0:keyint=30:min-keyint=30'), sound: ['-c:a', 'pcm_s24le'] },
  faster: { shot: 3, file: 'faster.mp4', rate: '60', sound: ['-c:a', 'aac', '-b:a', '160k', '-aac_pns', '0', '-ar', '44100'] },
  vp9: { shot: 4, file: 'vp9.mp4', picture: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '40', '-b:v', '2M', ...tags709], sound: ['-c:a', 'libopus', '-b:a', '192k'] },
  prores: { shot: 5, file: 'prores.mov', picture: ['-c:v', 'prores_ks', '-profile:v', '0', '-pix_fmt', 'yuv422p10le'], sound: pcm },
  mp3: { shot: 6, file: 'mp3.mp4', picture: x264('-pix_fmt', 'yuv422p10le'), sound: ['-c:a', 'libmp3lame', '-b:a', '256k'] },
  flac: { shot: 7, file: 'flac.mkv', sound: ['-c:a', 'flac'] },
  vorbis: { shot: 8, file: 'vorbis.mkv', sound: ['-c:a', 'libvorbis', '-q:a', '8'] },
};
const order = Object.keys(shots);
const seconds = 3;

type Clip = { readonly start: number; readonly length: number; readonly name: string; readonly sourceIn: number };
const cuts = [
  ['closed', 5, 20], ['open', 17, 25], ['faster', 9, 22], ['vp9', 13, 20], ['prores', 7, 18], ['mp3', 20, 19], ['flac', 11, 24], ['vorbis', 22, 16], ['open', 3, 1], ['closed', 40, 1], ['open', 35, 1], ['closed', 30, 20],
] as const;
const gap = 6;
/** All one after the other, with black before the last. */
const clips: readonly Clip[] = cuts.map(([name, sourceIn, length], i) => ({
  name, sourceIn, length, start: cuts.slice(0, i).reduce((sum, [, , before]) => sum + before, 0) + (i === cuts.length - 1 ? gap : 0),
}));
const frames = clips.reduce((end, { start, length }) => Math.max(end, start + length), 0);
const expected = Array.from({ length: frames }, (_, frame) => {
  const clip = clips.find(({ start, length }) => frame >= start && frame < start + length);
  if (!clip) return 'black';
  const tick = clip.sourceIn + frame - clip.start;
  return `${shots[clip.name]?.shot ?? 0}:${clip.name === 'faster' ? Math.round(tick * 60 / 24) : tick}`;
});

let place: Place;
let editor: ServedEditor;
let page: PlayerPage;
let mediaBase: string;
let ids: ReadonlyMap<string, number>;

const timeline = (slipped = '', by = 0): unknown => {
  const placed = clips.map(({ name, start, length, sourceIn }) => ({ start, length, shotId: ids.get(name), sourceIn: name === slipped ? sourceIn + by : sourceIn, gain: 0 }));
  return { rate, frames, picture: placed, sound: placed };
};

beforeAll(async () => {
  place = new Place();
  for (const { file, ...shot } of Object.values(shots)) makeShot(place.path('footage', file), { sound: aac, ...shot, frames: seconds * Number(shot.rate ?? 24) });
  const project = place.path('film.stringout');
  editor = await ServedEditor.start(place, project);
  const client = editor.client(project);
  await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  ids = new Map((await client.call('project.load', {})).shots.map(({ name, id }) => [name, id]));
  ({ mediaBase } = await client.call('host.info', {}));
  page = await PlayerPage.open(editor, place);
  await page.call('open', mediaBase, timeline());
});
afterAll(async () => {
  await page[Symbol.asyncDispose]();
  await editor[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

test('every frame is the due one: cuts inside groups, clips of one frame, another rate, streamed pictures, black', async () => {
  expect([...ids.keys()].toSorted()).toEqual(order.toSorted());
  expect(await page.play(0, frames)).toEqual({ codes: expected, missed: 0 });
});

test('stills and steps back show the frame that was asked for', async () => {
  for (const frame of [50, 49, 48, 47, 30, 88, 89, 21, frames - 1, 0, 150]) expect(`${frame} ${await page.still(frame)}`).toBe(`${frame} ${expected[frame] ?? ''}`);
  for (let frame = 44; frame > 16; frame--) expect(`${frame} ${await page.still(frame)}`).toBe(`${frame} ${expected[frame] ?? ''}`);
});

test('backward, and four times as fast both ways, it shows the frames on its way and stops at the exact one', async () => {
  expect(await page.shuttle(66, -1, 1, 60)).toEqual(expected.slice(7, 67).toReversed());
  // Every second one is enough for a screen.
  for (const [from, direction] of [[64, -1], [2, 1]] as const) {
    const places = (await page.shuttle(from, 4 * direction, 2, 30)).map((code) => expected.indexOf(code));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => direction * (a - b)));
    expect(new Set(places).size).toBeGreaterThan(20);
  }
  expect(await page.still(33)).toBe(expected[33]);
});

test('pictures that wait are few, and none is left open', async () => {
  expect(await page.get<number>('openFrames')).toBeLessThan(60);
  await page.call('open', mediaBase, { rate, frames: 0, picture: [], sound: [] });
  expect(await page.get<number>('openFrames')).toBe(0);
});

const painted = (name: string): Float32Array => soundOf(shots[name]?.shot ?? 0, seconds * 48_000);
const sampleAt = (frame: number): number => programmeSample(frame, rate, 48_000);

async function heard(edit: { readonly at: number; readonly timeline: unknown } | null = null): Promise<Float32Array> {
  const bytes = fromBase64(await page.call<string>('sound', mediaBase, timeline(), sampleAt(frames), edit));
  return new Float32Array(bytes.buffer);
}

/** Interleaved, as the judges want it. */
const doubled = (left: Float32Array): Float32Array => Float32Array.from({ length: 2 * left.length }, (_, i) => left[i >> 1] ?? 0);

test('sound is exact to the sample, whatever its codec: AAC, MP3, Opus, Vorbis, FLAC, PCM, another rate', async () => {
  const left = await heard();
  const both = doubled(left);
  const lags = clips.filter(({ length }) => length > 4).map(({ name, start, length, sourceIn }) => {
    const reach = 60;
    return [name, lag(both, painted(name), sampleAt(start) + reach, sampleAt(length) - 2 * reach, reach, sampleAt(sourceIn) + reach)];
  });
  expect(lags).toEqual(clips.filter(({ length }) => length > 4).map(({ name }) => [name, 0]));
  // Nothing is lost at the edges: what was not compressed is there whole.
  for (const clip of clips.filter(({ name }) => name === 'flac' || name === 'open')) {
    const own = painted(clip.name);
    for (let i = 0; i < sampleAt(clip.length); i++) if (Math.abs((left[sampleAt(clip.start) + i] ?? 0) - (own[2 * (sampleAt(clip.sourceIn) + i)] ?? 0)) > 1e-4) expect.fail(`${clip.name} at ${i}`);
  }
  const [black] = [sampleAt(frames - 20 - gap)];
  expect(left.subarray(black, black + sampleAt(gap)).every((sample) => sample === 0)).toBe(true);
});

test('an edit is heard while it plays, and nothing else moves', async () => {
  const both = doubled(await heard({ at: sampleAt(20), timeline: timeline('flac', 4) }));
  const { start, sourceIn, length } = clips.find(({ name }) => name === 'flac')!;
  expect(lag(both, painted('flac'), sampleAt(start) + 60, sampleAt(length) - 120, 60, sampleAt(sourceIn + 4) + 60)).toBe(0);
  const last = clips.at(-1)!;
  expect(lag(both, painted(last.name), sampleAt(last.start) + 60, sampleAt(last.length) - 120, 60, sampleAt(last.sourceIn) + 60)).toBe(0);
});

test('an edit of what plays does not move the playhead back, nor stop it', async () => {
  const playhead = await page.call<number[]>('editWhilePlaying', mediaBase, timeline(), timeline('open', 4), 24, 60);
  expect(playhead).toEqual(playhead.toSorted((a, b) => a - b));
});

test('it has nothing to complain of', async () => {
  expect(await page.get('troubles')).toEqual([]);
});
