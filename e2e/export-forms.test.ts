/** Exports that are more than the timeline: text burnt in, a slate, sound as stems; judged by Debian's ffmpeg. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualExport, type ExportSettings } from '../app/contract/editor/export-settings.ts';
import type { RpcClient } from '../app/rpc/rpc-client.ts';
import { Place } from './fixtures/command.ts';
import { jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { makeShot, pcm } from './fixtures/shots.ts';
import { run } from './fixtures/tools.ts';

const width = 640;
const height = 360;
const font = fileURLToPath(new URL('../resources/fonts/DejaVuSansMono.ttf', import.meta.url));
let place: Place;
let editor: ServedEditor;
let client: RpcClient;

/** 24 frames of black, then 24 of a shot with sound. */
beforeAll(async () => {
  place = new Place();
  makeShot(place.path('footage', 'SC01_TK02.mov'), { shot: 1, frames: 48, width, height, sound: pcm, more: ['-timecode', '10:00:00:00'] });
  editor = await ServedEditor.start(place, place.path('film.stringout'));
  client = editor.client(place.path('film.stringout'));
  await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  const [shot] = (await client.call('project.load', {})).shots;
  await client.call('project.edit', { edit: { kind: 'place', mode: 'overwrite', pictureTrackId: null, soundTrackId: null, at: 24, ranges: [{ shotId: shot?.id ?? 0, sourceIn: 5, length: 24 }] } });
});
afterAll(async () => {
  await editor[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

async function exported(name: string, settings: Partial<ExportSettings>): Promise<string> {
  const output = place.path(name);
  const job = await jobOf(client, () => client.call('export.start', { settings: { ...usualExport, ...settings }, output }));
  expect(job).toMatchObject({ state: 'done', problem: null, warnings: [] });
  return output;
}

/** Luma of one frame. */
function luma(path: string, frame: number): Uint8Array {
  return run('ffmpeg', ['-v', 'error', '-i', path, '-vf', `select=eq(n\\,${frame}),format=gray`, '-frames:v', '1', '-f', 'rawvideo', '-']).stdout;
}

/** What Debian's drawtext writes, cut to its letters. */
function written(text: string, size: number): Letters {
  const { stdout } = run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `color=black:s=${width}x${height},format=gray,drawtext=fontfile=${font}:text='${text.replaceAll(':', '\\:')}':fontsize=${size}:fontcolor=white:x=40:y=40`, '-frames:v', '1', '-f', 'rawvideo', '-']);
  return lettersIn(stdout, { left: 0, top: 0, right: width, bottom: height });
}

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
type Letters = { readonly width: number; readonly height: number; readonly isInk: readonly boolean[] };

function lettersIn(picture: Uint8Array, { left, top, right, bottom }: Box): Letters {
  const isInk = (x: number, y: number): boolean => (picture[y * width + x] ?? 0) > 125;
  const inked: [number, number][] = [];
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) if (isInk(x, y)) inked.push([x, y]);
  const xs = inked.map(([x]) => x);
  const ys = inked.map(([, y]) => y);
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs) + 1, Math.min(...ys), Math.max(...ys) + 1];
  return { width: x1 - x0, height: y1 - y0, isInk: Array.from({ length: (x1 - x0) * (y1 - y0) }, (_, i) => isInk(x0 + (i % (x1 - x0)), y0 + Math.floor(i / (x1 - x0)))) };
}

/** Part of the pixels on which both agree; encoding and another version of the rasteriser cost a few. */
function agreement(a: Letters, b: Letters): number {
  if (Math.abs(a.width - b.width) > 1 || Math.abs(a.height - b.height) > 1) return 0;
  let same = 0;
  let all = 0;
  for (let y = 0; y < Math.min(a.height, b.height); y++) {
    for (let x = 0; x < Math.min(a.width, b.width); x++) {
      all++;
      if (a.isInk[y * a.width + x] === b.isInk[y * b.width + x]) same++;
    }
  }
  return same / all;
}

const corners: Readonly<Record<string, Box>> = {
  'top-right': { left: (3 * width) / 4, top: 0, right: width, bottom: 60 }, 'bottom-left': { left: 0, top: height - 60, right: width / 2, bottom: height },
  'bottom-right': { left: width / 2, top: height - 60, right: width, bottom: height },
};

test('timecode, source timecode and frame are those of each frame, and everything is verified', async () => {
  const output = await exported('burnt.mov', { profile: 'prores', burnIn: { timecode: true, sourceTimecode: true, frame: true, shot: true, text: 'DRAFT: 100%' } });
  const size = Math.round(height / 24);
  for (const [frame, texts] of [
    [0, { 'bottom-left': '01:00:00:00', 'top-right': '0' }], [23, { 'bottom-left': '01:00:00:23', 'top-right': '23' }],
  ] as const) {
    const picture = luma(output, frame);
    for (const [corner, text] of Object.entries(texts)) expect([frame, corner, agreement(lettersIn(picture, corners[corner] as Box), written(text, size)) > 0.93]).toEqual([frame, corner, true]);
  }
  // Over the shot its own timecode is the only thing that differs between here and the same picture without it.
  const plain = await exported('plain.mov', { profile: 'prores', burnIn: { timecode: false, sourceTimecode: true, frame: false, shot: false, text: '' } });
  const [first, last] = [luma(plain, 24), luma(plain, 47)];
  const label = (picture: Uint8Array): Letters => lettersIn(picture.map((value) => (value > 225 ? 255 : 0)), corners['bottom-right'] as Box);
  expect(agreement(label(first), written('10:00:00:05', size))).toBeGreaterThan(0.85);
  expect(agreement(label(last), written('10:00:01:04', size))).toBeGreaterThan(0.85);
  expect(agreement(label(first), written('10:00:01:04', size))).toBeLessThan(agreement(label(first), written('10:00:00:05', size)));
});

test('a slate stands before the movie, whose first frame keeps its timecode', async () => {
  const output = await exported('slate.mov', { slate: true, profile: 'prores' });
  const probed = JSON.parse(run('ffprobe', ['-v', 'error', '-show_streams', '-count_frames', '-of', 'json', output]).stdout.toString()) as { streams: { codec_type: string; nb_read_frames: string; duration_ts: number; tags?: { timecode?: string } }[] };
  const [picture, sound] = ['video', 'audio'].map((type) => probed.streams.find(({ codec_type: of }) => of === type));
  expect([picture?.nb_read_frames, picture?.tags?.timecode, sound?.duration_ts]).toEqual(['96', '00:59:58:00', 96 * 2000]);
  const isLit = (frame: number): boolean => luma(output, frame).some((value) => value > 125);
  expect([0, 47, 48, 71, 72].map(isLit)).toEqual([true, true, false, false, true]);
});

test('sound tracks become WAV files as long as the programme, in its place, with its timecode', async () => {
  await client.call('project.edit', { edit: { kind: 'addTrack', trackKind: 'sound' } });
  const { tracks, shots } = await client.call('project.load', {});
  const second = tracks.find(({ name }) => name === 'A2')?.id ?? 0;
  await client.call('project.edit', { edit: { kind: 'place', mode: 'overwrite', pictureTrackId: null, soundTrackId: second, at: 60, ranges: [{ shotId: shots[0]?.id ?? 0, sourceIn: 0, length: 12 }] } });
  await client.call('project.edit', { edit: { kind: 'setTrack', trackId: second, gain: -6 } });
  await exported('film.mov', { form: 'stems' });
  expect(readdirSync(place.path('film stems')).toSorted()).toEqual(['film A1.wav', 'film A2.wav']);
  const samples = (path: string): Int16Array => {
    const { stdout } = run('ffmpeg', ['-v', 'error', '-i', path, '-f', 's16le', '-']);
    return new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length / 2);
  };
  const own = samples(place.path('footage', 'SC01_TK02.mov'));
  const [one, two] = ['A1', 'A2'].map((name) => samples(place.path('film stems', `film ${name}.wav`))) as [Int16Array, Int16Array];
  const frame = 4000;
  expect([one.length, two.length]).toEqual([72 * frame, 72 * frame]);
  expect(one.subarray(24 * frame, 48 * frame)).toEqual(own.subarray(5 * frame, 29 * frame));
  expect(one.subarray(0, 24 * frame).every((value) => value === 0) && two.subarray(0, 60 * frame).every((value) => value === 0)).toBe(true);
  const half = 10 ** (-6 / 20);
  expect(two.subarray(60 * frame).every((value, i) => Math.abs(value - half * (own[i] ?? 0)) <= 0.51)).toBe(true);
  const tags = run('ffprobe', ['-v', 'error', '-show_entries', 'format_tags=time_reference', '-of', 'csv=p=0', place.path('film stems', 'film A1.wav')]).stdout.toString().trim();
  expect(tags).toBe(String(3600 * 48_000));
});

test('an assembly with slates has each shot behind a still with its name, two seconds long', async () => {
  const before = await client.call('project.load', {});
  const [shot] = before.shots;
  const end = Math.max(...before.clips.map(({ start, length }) => start + length));
  const job = await jobOf(client, () => client.call('assemble.withSlates', { ranges: [{ shotId: shot?.id ?? 0, sourceIn: 0, length: 48 }, { shotId: shot?.id ?? 0, sourceIn: 12, length: 12 }] }));
  expect(job).toMatchObject({ state: 'done', problem: null });
  const { clips, shots } = await client.call('project.load', {});
  const names = new Map(shots.map(({ id, name }) => [id, name]));
  const known = new Set(before.clips.map(({ id }) => id));
  const pictures = clips.filter(({ id, sourceIn, length, shotId }) => !known.has(id) && (sourceIn > 0 || length === 48 || names.get(shotId)?.includes('slate'))).toSorted((a, b) => a.start - b.start);
  expect([...new Set(pictures.map(({ start, length, shotId }) => `${start - end} ${length} ${names.get(shotId)?.replace(/ [0-9a-f]{8}$/, '') ?? ''}`))]).toEqual([
    '0 48 SC01_TK02 slate', '48 48 SC01_TK02', '96 48 SC01_TK02 slate', '144 12 SC01_TK02',
  ]);
  const output = await exported('slates.mov', { profile: 'prores' });
  const isLit = (frame: number): boolean => luma(output, frame).some((value) => value > 200);
  // A slate, the shot, a slate, the shot.
  expect([0, 47, 48, 96, 143, 144].map((frame) => isLit(end + frame))).toEqual([true, true, true, true, true, true]);
  const slate = luma(output, end + 8);
  const hasInk = (row: number): boolean => slate.subarray(row * width, (row + 1) * width).some((value) => value > 125);
  let top = 0;
  while (top < height && !hasInk(top)) top++;
  // Rasterisers differ in how far letters stand apart: the words' size, and the first letter's shape.
  const size = Math.round(height / 15);
  const name = lettersIn(slate, { left: 0, top, right: width, bottom: top + 24 });
  const due = written('SC01_TK02', size);
  expect(Math.abs(name.width - due.width) / due.width + Math.abs(name.height - due.height)).toBeLessThan(0.05);
  const left = Math.round((width - name.width) / 2) - 2;
  expect(agreement(lettersIn(slate, { left, top, right: left + 14, bottom: top + 20 }), written('S', size))).toBeGreaterThan(0.85);
});
