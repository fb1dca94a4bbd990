/** Media that moved, found again in the editor, and clips stepped through versions: by keyboard and pointer, on real footage. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RpcClient } from '../app/rpc/rpc-client.ts';
import { Place } from './fixtures/command.ts';
import { EditorPage } from './fixtures/editor-page.ts';
import { eventThat, jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { makeShot } from './fixtures/shots.ts';

let place: Place;
let host: ServedEditor;
let editor: EditorPage;
let client: RpcClient;
const project = (): string => place.path('film.stringout');
const movie = (path: readonly string[], timecode: string, shot: number, frames: number, rate = '24'): string => (
  makeShot(place.path(...path), { shot, frames, rate, width: 160, height: 96, sound: null, more: ['-timecode', timecode] })
);

beforeAll(async () => {
  place = new Place();
  const old = movie(['comps', 'sh010_comp_v001.mov'], '01:00:00:00', 1, 48);
  mkdirSync(place.path('old'));
  for (const name of ['old/moved', 'old/twice', 'old/short', 'old/faster', 'old/gone', 'comps/sh010_comp_v002']) copyFileSync(old, place.path(`${name}.mov`));
  movie(['comps', 'sh010_comp_v003.mov'], '01:00:00:00', 3, 36);
  host = await ServedEditor.start(place, project());
  const first = host.client(project());
  await jobOf(first, () => first.call('shots.bringIn', { paths: [place.path('old'), place.path('comps')] }));
  const { shots } = await first.call('project.load', {});
  const ranges = shots.filter(({ version }) => version === null || version === 2).map(({ id }) => ({ shotId: id, sourceIn: 0, length: 48 }));
  await first.call('project.edit', { edit: { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges } });
  // Opened anew it is looked at anew.
  first.close();
  moveFootage();
  client = host.client(project());
  editor = await EditorPage.open(host);
});
afterAll(async () => {
  await editor[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

const pathsByName = async (): Promise<Record<string, string>> => Object.fromEntries((await client.call('project.load', {})).shots.map(({ name, path, status }) => [name, status === 'missing' ? 'missing' : path.slice(place.folder.length + 1)]));

/** The drive came back under another name: one file with other frames before it, one twice, one cut short, one at another rate, one not at all. */
function moveFootage(): void {
  rmSync(place.path('old'), { recursive: true });
  movie(['new', 'a', 'moved.mov'], '00:59:59:12', 4, 72);
  movie(['new', 'x', 'twice.mov'], '01:00:00:00', 5, 50);
  movie(['new', 'y', 'twice.mov'], '01:00:00:00', 6, 50);
  movie(['new', 'a', 'short.mov'], '01:00:00:00', 7, 30);
  movie(['new', 'a', 'faster.mov'], '01:00:00:00', 8, 60, '30');
}

test('missing shots are found below a folder, told apart in words, and relinked in one edit', async () => {
  const { page } = editor;
  await page.getByRole('row', { name: /gone/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Relink media…' }).click();
  const dialog = editor.dialog('Relink media');
  await dialog.getByText('5 shots are missing').waitFor();
  expect(await editor.violations()).toEqual([]);
  await dialog.getByRole('option', { name: 'new' }).click();
  await dialog.getByRole('button', { name: 'Search' }).click();
  await dialog.getByText('1 of 5 found · 5 media, 5 looked into · 3 to be chosen').waitFor();
  const row = (name: string) => dialog.getByRole('listitem').filter({ hasText: name });
  expect(await editor.violations()).toEqual([]);
  for (const [name, words] of [['moved', 'Found'], ['twice', 'Several fit'], ['short', 'Too short'], ['faster', 'Other rate'], ['gone', 'Not found']] as const) {
    expect(await row(`${name}.mov`).locator('.relink-status').textContent()).toBe(words);
  }
  await dialog.getByLabel('File for twice').selectOption('y/twice.mov');
  await dialog.getByLabel('File for short').selectOption({ index: 1 });
  await dialog.getByRole('button', { name: 'Relink 3 shots' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await pathsByName()).toMatchObject({ moved: 'new/a/moved.mov', twice: 'new/y/twice.mov', short: 'new/a/short.mov', faster: 'missing', gone: 'missing' });
  const { shots, clips } = await client.call('project.load', {});
  const clipOf = (name: string) => clips.find(({ shotId }) => shotId === shots.find((shot) => shot.name === name)?.id);
  expect([clipOf('moved'), clipOf('short')]).toMatchObject([{ sourceIn: 12, length: 48 }, { sourceIn: 0, length: 30 }]);
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: /^Redo: relink 3 shots/ }).waitFor();
  expect(await pathsByName()).toMatchObject({ moved: 'missing', twice: 'missing', short: 'missing' });
});

test('clips step to other versions by key, and to the newest all at once, with a warning where it is shorter', async () => {
  const { page } = editor;
  const shown = async (): Promise<number | null | undefined> => {
    const { shots, clips } = await client.call('project.load', {});
    return clips.map(({ shotId }) => shots.find(({ id }) => id === shotId)?.version).find((version) => typeof version === 'number');
  };
  await page.keyboard.press('Alt+t');
  await page.getByRole('grid', { name: 'Clips of the timeline' }).getByRole('gridcell', { name: /sh010/ }).first().click();
  const step = async (keys: string, version: number): Promise<void> => {
    const done = eventThat(client, 'project.changed', ({ change }) => change.clips !== undefined);
    await page.keyboard.press(keys);
    await done;
    expect(await shown()).toBe(version);
  };
  await step('Alt+ArrowDown', 1);
  await step('Alt+ArrowUp', 2);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('newest versions');
  await page.keyboard.press('Enter');
  await page.getByText(/sh010_comp_v003: version 3 is shorter/).waitFor();
  expect(await shown()).toBe(3);
  expect(editor.complaints).toEqual([]);
});
