/** The sequence beside other editors' timelines: written as one, compared with one, and what changed written as one. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usualExport } from '../app/contract/editor/export-settings.ts';
import type { RpcClient } from '../app/rpc/rpc-client.ts';
import { Place } from './fixtures/command.ts';
import { EditorPage } from './fixtures/editor-page.ts';
import { barCodes, codesOf, frameHashes } from './fixtures/judge.ts';
import { jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { h264, makeShot, pcm, tags709 } from './fixtures/shots.ts';

let place: Place;
let host: ServedEditor;
let client: RpcClient;
let editor: EditorPage;

beforeAll(async () => {
  place = new Place();
  for (const shot of [1, 2, 3, 4]) {
    // Every frame begins a group: what is cut is copied.
    makeShot(place.path('footage', `s${shot}.mov`), { shot, frames: 32, picture: [...h264, '-g', '1', ...tags709], sound: pcm, more: ['-timecode', `0${shot}:00:00:00`] });
  }
  host = await ServedEditor.start(place, place.path('film.stringout'));
  client = host.client(place.path('film.stringout'));
  await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  const { shots } = await client.call('project.load', {});
  const ranges = shots.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ id }) => ({ shotId: id, sourceIn: 8, length: 24 }));
  await client.call('project.edit', { edit: { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges: ranges.slice(0, 3) } });
  editor = await EditorPage.open(host);
  await editor.page.getByRole('grid', { name: 'Shots' }).waitFor();
});
afterAll(async () => {
  await editor[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

test('the sequence is exported as an EDL, told with what an EDL cannot carry', async () => {
  const { page } = editor;
  await page.keyboard.press('Control+Alt+e');
  const dialog = editor.dialog('Export timeline');
  await dialog.getByRole('radio', { name: 'EDL' }).check();
  expect(await dialog.getByLabel('Destination').inputValue()).toBe(place.path('film.edl'));
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByText('Written as EDL (CMX3600): film.edl').waitFor();
  expect(await editor.violations()).toEqual([]);
  await dialog.locator('.dialog-footer').getByRole('button', { name: 'Close' }).click();
  expect(readFileSync(place.path('film.edl'), 'utf8')).toMatch(/^001 .* 01:00:00:08 01:00:01:08 01:00:00:00 01:00:01:00$/m);
  const { rows } = await client.call('cuts.compare', { cuts: { old: place.path('film.edl'), now: null, handles: null } });
  expect(rows.map(({ state, reason }) => [state, reason])).toEqual(Array.from({ length: 6 }, () => ['unchanged', 'as it was']));
});

test('what changed since is shown in colours and words, leads to its frame, and is written by itself', async () => {
  const { page } = editor;
  const { clips, shots } = await client.call('project.load', {});
  const clipsOf = (name: string): number[] => clips.filter(({ shotId }) => shots.find(({ id }) => id === shotId)?.name === name).map(({ id }) => id);
  await client.call('project.edit', { edit: { kind: 'remove', clipIds: clipsOf('s2'), mode: 'lift' } });
  await client.call('project.edit', { edit: { kind: 'trim', clipIds: clipsOf('s3'), edge: 'out', frames: -6, mode: 'plain' } });
  const last = shots.find(({ name }) => name === 's4')?.id ?? 0;
  await client.call('project.edit', { edit: { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges: [{ shotId: last, sourceIn: 0, length: 30 }] } });

  await page.keyboard.press('Control+Shift+D');
  const dialog = editor.dialog('Compare cuts');
  expect(await editor.violations()).toEqual([]);
  await dialog.getByRole('option', { name: 'film.edl' }).click();
  await dialog.getByRole('button', { name: 'Swap old and new' }).click();
  const list = dialog.getByRole('grid', { name: 'What became of each clip' });
  await list.getByRole('row', { name: 'New V1 s4 01:00:02:18 the old cut does not have it' }).waitFor();
  const rows = list.getByRole('row').filter({ hasText: 'V1' });
  expect(await rows.locator('.compare-state').allTextContents()).toEqual(['Omitted', 'Trimmed', 'New']);
  expect(await editor.violations()).toEqual([]);

  await dialog.getByRole('button', { name: 'Unchanged 2' }).click();
  expect(await rows.count()).toBe(4);
  await rows.filter({ hasText: 'Trimmed' }).click();
  await expect.poll(() => page.locator('[data-timecode]').inputValue()).toBe('01:00:02:00');
  await dialog.getByRole('button', { name: 'Save only what changed…' }).click();
  await dialog.getByLabel('Destination').fill(place.path('changes.edl'));
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByText('Written as EDL (CMX3600): changes.edl').waitFor();
  expect(await editor.violations()).toEqual([]);
  expect(readFileSync(place.path('changes.edl'), 'utf8').split('\n').filter((line) => /^\d/.test(line)).map((line) => line.split(/\s+/).slice(-2))).toEqual([
    ['01:00:02:00', '01:00:02:18'], ['01:00:02:18', '01:00:04:00'],
  ]);
  await page.keyboard.press('Escape');
});

test('`assemble` makes of the exported OTIO what the editor makes of the sequence', async () => {
  await client.call('timeline.export', { output: place.path('film.otio') });
  const [own, theirs] = [place.path('own.mov'), place.path('theirs.mov')];
  expect(await jobOf(client, () => client.call('export.start', { settings: { ...usualExport, verify: false }, output: own }))).toMatchObject({ state: 'done', problem: null });
  place.succeed('assemble', 'film.otio', '-o', theirs);
  expect(frameHashes(theirs)).toEqual(frameHashes(own));
  expect(barCodes(theirs).codes).toEqual([...codesOf(1, 8, 32), ...Array.from({ length: 24 }, () => '?'), ...codesOf(3, 8, 26), ...codesOf(4, 0, 30)]);
  expect(editor.complaints).toEqual([]);
});
