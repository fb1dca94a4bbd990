/** The editor's host as an interface sees it: contract and URLs over real HTTP, real footage, real movies. */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualExport } from '../app/contract/editor/export-settings.ts';
import type { RpcClient } from '../app/rpc/rpc-client.ts';
import { Place } from './fixtures/command.ts';
import { barCodes, codesOf, frameHashes } from './fixtures/judge.ts';
import { eventThat, jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { makeShot } from './fixtures/shots.ts';
import { run } from './fixtures/tools.ts';

let place: Place;
let editor: ServedEditor;
let client: RpcClient;
const project = (): string => place.path('film.stringout');

beforeAll(async () => {
  place = new Place();
  for (let shot = 1; shot <= 4; shot++) makeShot(place.path('footage', `SC01_TK0${shot}.mp4`), { shot, frames: 48 });
  makeShot(place.path('footage', 'tall.mp4'), { shot: 9, frames: 24, width: 240, height: 320 });
  writeFileSync(place.path('footage', 'broken.mp4'), 'no movie');
  editor = await ServedEditor.start(place, project());
  client = editor.client(project());
});
afterAll(async () => {
  await editor[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

/** Shot ids by name. */
async function shots(): Promise<Map<string, number>> {
  const { shots: rows } = await client.call('project.load', {});
  return new Map(rows.map(({ name, id }) => [name, id]));
}

test('a folder is brought in: shots with scene and take, the broken one named', async () => {
  const job = await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  expect(job).toMatchObject({ state: 'done', result: ['5 shots brought in', '1 cannot be used: they are marked in the bin'] });
  const { shots: rows } = await client.call('project.load', {});
  expect(rows.find(({ name }) => name === 'SC01_TK03')).toMatchObject({ status: 'ready', take: '3', media: { frames: 48, picture: { codec: 'h264', width: 320 } } });
  expect(rows.find(({ name }) => name === 'broken')).toMatchObject({ status: 'refused', problem: expect.stringMatching(/.{10}/) });
  const found = await client.call('shots.search', { text: 'tk03' });
  expect(found.shotIds).toEqual([(await shots()).get('SC01_TK03')]);
});

test('an edit is told with its cost, undone and redone', async () => {
  const ids = await shots();
  const ranges = [1, 2, 3, 4].map((take) => ({ shotId: ids.get(`SC01_TK0${take}`) ?? 0, sourceIn: take === 3 ? 5 : 0, length: take === 3 ? 40 : 48 }));
  const cost = eventThat(client, 'cost.changed', ({ steps }) => steps.copy === 3 && steps.smart === 1);
  const { history } = await client.call('project.edit', { edit: { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges } });
  expect(history.undo).not.toBeNull();
  expect(await cost).toMatchObject({ steps: { copy: 3, smart: 1, encode: 0 }, problem: null, profile: 'h264 320x180 at 24' });
  await client.call('project.undo', {});
  expect((await client.call('project.load', {})).clips).toEqual([]);
  await client.call('project.redo', {});
  expect((await client.call('project.load', {})).clips).toHaveLength(8);
});

test('what is impossible is refused and changes nothing', async () => {
  const before = await client.call('project.load', {});
  await expect(client.call('project.edit', { edit: { kind: 'remove', clipIds: [999_999], mode: 'lift' } })).rejects.toMatchObject({ code: expect.stringMatching(/usage|range/) });
  await expect(client.call('shots.bringIn', { paths: ['/etc'] })).rejects.toMatchObject({ code: 'input.unreadable', message: expect.stringContaining('--root') });
  expect(await client.call('project.load', {})).toEqual(before);
});

test('a second window sees every edit', async () => {
  const other = editor.client(project());
  const change = eventThat(other, 'project.changed', ({ change: { markers } }) => markers?.put[0]?.name === 'here');
  await other.call('project.load', {});
  await client.call('project.edit', { edit: { kind: 'addMarker', frame: 10, name: 'here', colour: 'red' } });
  expect((await change).change.markers?.put[0]).toMatchObject({ frame: 10, colour: 'red' });
});

const expected = [...codesOf(1, 0, 48), ...codesOf(2, 0, 48), ...codesOf(3, 5, 45), ...codesOf(4, 0, 48)];

test('the export is the timeline, frame for frame, verified and reported', async () => {
  const output = place.path('film.mov');
  const job = await jobOf(client, () => client.call('export.start', { settings: usualExport, output }));
  expect(job).toMatchObject({ state: 'done', problem: null });
  expect(job.result.join('\n')).toMatch(/verified: 184 of 184 frames/);
  expect(barCodes(output).codes).toEqual(expected);
});

test('a review link plays as the same movie before it is written, without a cookie, for who has the signature', async () => {
  const job = await jobOf(client, () => client.call('review.link', { settings: usualExport }));
  const [path = ''] = job.result;
  expect(job.state).toBe('done');
  const hashes = run('ffmpeg', ['-v', 'error', '-i', `${editor.origin}${path}`, '-map', '0:v:0', '-fps_mode', 'passthrough', '-f', 'framemd5', '-']).stdout.toString();
  expect(hashes.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split(',').at(-1)?.trim())).toEqual(frameHashes(place.path('film.mov')));
  const forged = path.replace(/\.([^./]+)\/film/, (_all, signature: string) => `.${signature.slice(0, -2)}AA/film`);
  expect((await fetch(`${editor.origin}${forged === path ? '/review/x/film.mov' : forged}`)).status).toBe(404);
});

test('an export goes on after the host was killed', async () => {
  const output = place.path('again.mp4');
  const { jobId } = await client.call('export.start', { settings: { ...usualExport, profile: 'h264', size: { width: 640, height: 360 }, preset: 'slower' }, output });
  await eventThat(client, 'job.changed', ({ id, state }) => id === jobId && state === 'running');
  editor.process.kill('SIGKILL');
  await editor[Symbol.asyncDispose]();
  editor = await ServedEditor.start(place, project());
  client = editor.client(project());
  expect((await client.call('project.load', {})).jobs.find(({ id }) => id === jobId)).toMatchObject({ state: 'interrupted' });
  const job = await jobOf(client, async () => {
    await client.call('jobs.control', { jobId, order: 'resume' });
    return { jobId };
  });
  expect(job).toMatchObject({ state: 'done' });
  expect(barCodes(output).codes).toEqual(expected);
});

test('a paused export is resumed, a cancelled one leaves nothing', async () => {
  const start = { settings: { ...usualExport, profile: 'hevc', preset: 'slow' } as const, output: place.path('paused.mov') };
  const { jobId } = await client.call('export.start', start);
  await eventThat(client, 'job.changed', ({ id, state }) => id === jobId && state === 'running');
  const paused = eventThat(client, 'job.changed', ({ id, state }) => id === jobId && state === 'paused');
  await client.call('jobs.control', { jobId, order: 'pause' });
  await paused;
  await client.call('jobs.control', { jobId, order: 'resume' });
  await eventThat(client, 'job.changed', ({ id, state }) => id === jobId && state === 'running');
  const cancelled = eventThat(client, 'job.changed', ({ id, state }) => id === jobId && state === 'cancelled');
  await client.call('jobs.control', { jobId, order: 'cancel' });
  await cancelled;
  expect(readdirSync(place.folder).join(' ')).not.toMatch(/paused|\.tmp/);
});

test('clips go into files of their own, with handles and the timecode of their shot', async () => {
  const job = await jobOf(client, () => client.call('export.start', { settings: { ...usualExport, form: 'clips', handles: 3 }, output: place.path('pulls.mov') }));
  expect(job).toMatchObject({ state: 'done', warnings: [], result: [expect.stringContaining('4 of 4 clips')] });
  expect(readdirSync(place.path('pulls')).toSorted()).toEqual([1, 2, 3, 4].map((take) => `000${take} SC01_TK0${take}.mov`));
  expect(barCodes(place.path('pulls', '0003 SC01_TK03.mov')).codes).toEqual(codesOf(3, 2, 48));
});

test('proxies are made and have the frames of their shot', async () => {
  const id = (await shots()).get('tall') ?? 0;
  const job = await jobOf(client, () => client.call('proxies.make', { shotIds: [id] }));
  expect(job).toMatchObject({ state: 'done', result: ['1 proxy made'] });
  const folder = place.path('.cache', 'stringout', 'proxies');
  const [proxy = ''] = readdirSync(folder);
  expect(barCodes(join(folder, proxy)).codes).toEqual(codesOf(9, 0, 24));
});

test('a watched folder brings in what has been copied to its end', async () => {
  mkdirSync(place.path('card'));
  await client.call('watch.set', { folders: [place.path('card')] });
  const came = eventThat(client, 'project.changed', ({ change }) => change.shots?.put.some(({ name, status }) => name === 'SC02_TK01' && status === 'ready') ?? false);
  copyFileSync(place.path('footage', 'SC01_TK01.mp4'), place.path('card', 'part.tmp'));
  renameSync(place.path('card', 'part.tmp'), place.path('card', 'SC02_TK01.mp4'));
  expect((await came).change.shots?.put[0]).toMatchObject({ scene: '2', take: '1' });
  await client.call('watch.set', { folders: [] });
});

test('media that vanished is said to be missing, not exported', async () => {
  rmSync(place.path('footage', 'SC01_TK02.mp4'));
  const job = await jobOf(client, () => client.call('export.start', { settings: usualExport, output: place.path('missing.mov') }));
  expect(job).toMatchObject({ state: 'failed', problem: expect.stringMatching(/SC01_TK02\.mp4/) });
});

test('nobody without the key gets in', async () => {
  expect((await fetch(`${editor.origin}/`)).status).toBe(401);
  expect((await fetch(`${editor.origin}/?token=guess`)).status).toBe(401);
  expect((await editor.get('/', { origin: 'http://evil.example' })).status).toBe(403);
  expect((await editor.get('/../package.json')).status).not.toBe(200);
});
