/** Several sound tracks in one movie: summed by the sample, with their gains, judged by Debian's ffmpeg. */
import { expect, test } from 'vitest';
import { usualExport } from '../app/contract/editor/export-settings.ts';
import { Place } from './fixtures/command.ts';
import { jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { makeShot, pcm, soundOf } from './fixtures/shots.ts';
import { run } from './fixtures/tools.ts';

const rate = 48_000;
const perFrame = rate / 24;
const sixDown = 10 ** (-6 / 20);

function recorded(path: string): Int16Array {
  const { stdout } = run('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a', '-f', 's16le', '-']);
  return new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length / 2);
}

test('tracks are summed with their gains, holes are silent, what is heard alone keeps its bytes', async () => {
  using place = new Place();
  makeShot(place.path('footage', 'picture.mov'), { shot: 1, frames: 48, sound: pcm });
  run('ffmpeg', ['-v', 'error', '-f', 'f32le', '-ar', String(rate), '-ac', '2', '-i', 'pipe:0', '-c:a', 'pcm_s16le', place.path('footage', 'wild.wav')], new Uint8Array(soundOf(2, 60 * perFrame).buffer));
  await using editor = await ServedEditor.start(place, place.path('film.stringout'));
  const client = editor.client(place.path('film.stringout'));
  await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  const ids = new Map((await client.call('project.load', {})).shots.map(({ name, id }) => [name, id]));
  const at = { kind: 'place', mode: 'overwrite', pictureTrackId: null, soundTrackId: null } as const;
  await client.call('project.edit', { edit: { ...at, at: 0, ranges: [{ shotId: ids.get('picture') ?? 0, sourceIn: 0, length: 48 }] } });
  await client.call('project.edit', { edit: { kind: 'addTrack', trackKind: 'sound' } });
  const second = (await client.call('project.load', {})).tracks.find(({ name }) => name === 'A2')?.id ?? 0;
  await client.call('project.edit', { edit: { ...at, soundTrackId: second, at: 30, ranges: [{ shotId: ids.get('wild') ?? 0, sourceIn: 5, length: 10 }] } });
  await client.call('project.edit', { edit: { ...at, soundTrackId: second, at: 50, ranges: [{ shotId: ids.get('wild') ?? 0, sourceIn: 20, length: 12 }] } });
  await client.call('project.edit', { edit: { kind: 'setTrack', trackId: second, gain: -6 } });
  const output = place.path('film.mov');
  const job = await jobOf(client, () => client.call('export.start', { settings: usualExport, output }));
  expect(job).toMatchObject({ state: 'done', problem: null });

  const heard = recorded(output);
  const picture = recorded(place.path('footage', 'picture.mov'));
  const wild = recorded(place.path('footage', 'wild.wav'));
  expect(heard.length).toBe(62 * perFrame * 2);
  let worst = 0;
  for (let i = 0; i < heard.length; i++) {
    const frame = Math.floor(i / (2 * perFrame));
    const offset = frame >= 30 && frame < 40 ? (5 - 30) * perFrame * 2 : frame >= 50 ? (20 - 50) * perFrame * 2 : null;
    const expected = (frame < 48 ? picture[i] ?? 0 : 0) + (offset === null ? 0 : sixDown * (wild[i + offset] ?? 0));
    const clipped = Math.max(-32_768, Math.min(32_767, expected));
    worst = Math.max(worst, Math.abs((heard[i] ?? 0) - clipped));
  }
  expect(worst).toBeLessThanOrEqual(0.51);
  // Frames 0 to 30 are heard alone: their bytes are copied, not made anew.
  expect(heard.subarray(0, 30 * perFrame * 2)).toEqual(picture.subarray(0, 30 * perFrame * 2));

  const aac = place.path('film.mp4');
  expect(await jobOf(client, () => client.call('export.start', { settings: usualExport, output: aac }))).toMatchObject({ state: 'done', problem: null });
  const lossy = recorded(aac);
  const level = (samples: Int16Array): number => Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
  for (const frame of [10, 34, 55]) {
    const part = (samples: Int16Array): Int16Array => samples.subarray(frame * perFrame * 2, (frame + 4) * perFrame * 2);
    expect(level(part(lossy)) / level(part(heard))).toBeCloseTo(1, 1);
  }
});
