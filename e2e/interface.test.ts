/** The interface as people use it: Debian's Chromium on the real host, real footage, keyboard and pointer. */
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Place } from './fixtures/command.ts';
import { EditorPage } from './fixtures/editor-page.ts';
import { ServedEditor } from './fixtures/served-editor.ts';
import { makeShot } from './fixtures/shots.ts';

let place: Place;
let host: ServedEditor;
let editor: EditorPage;

beforeAll(async () => {
  place = new Place();
  for (const [index, name] of ['SC9_TK02', 'SC10_TK01', 'SC9_TK01', 'fx_v001', 'fx_v002'].entries()) makeShot(place.path('footage', `${name}.mp4`), { shot: index + 1, frames: 24 + index });
  makeShot(place.path('footage', 'tall.mp4'), { shot: 9, frames: 24, width: 240, height: 320 });
  place.write('notes.txt', 'no footage');
  host = await ServedEditor.start(place, place.path('film.stringout'));
  editor = await EditorPage.open(host);
});
afterAll(async () => {
  await editor[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

test('an empty project says how to begin, and a folder is brought in from the host\'s disk', async () => {
  const { page } = editor;
  await page.getByRole('heading', { name: 'Start a string-out' }).waitFor();
  expect(await editor.violations()).toEqual([]);
  await editor.button('Bring in footage').click();
  const dialog = editor.dialog('Bring in footage');
  await dialog.getByRole('option', { name: 'footage' }).click();
  expect(await editor.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Bring in', exact: true }).click();
  await page.getByRole('complementary', { name: 'Jobs' }).getByText('6 shots brought in').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Jobs' }).waitFor({ state: 'detached' });
});

test('the bin is sorted by any column, numbers as numbers, versions folded under the newest', async () => {
  const { page } = editor;
  expect(await editor.shotNames()).toEqual(['fx_v002', 'SC9_TK01', 'SC9_TK02', 'SC10_TK01', 'tall']);
  await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'Duration' }).getByRole('button').click();
  expect((await editor.shotNames()).slice(0, 2)).toEqual(['fx_v002', 'SC9_TK01']);
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click();
  await editor.button('2 versions').click();
  expect((await editor.shotNames()).slice(0, 3)).toEqual(['fx_v002', 'fx_v001', 'SC9_TK01']);
  await editor.button('2 versions').click();
});

test('search finds shots while it is typed, and says where there are none', async () => {
  const { page } = editor;
  const field = page.getByRole('searchbox', { name: 'Search shots' });
  await page.keyboard.press('Control+f');
  await page.keyboard.type('tk01');
  await page.getByText('2 of 6 shots').waitFor();
  expect(await editor.shotNames()).toEqual(['SC9_TK01', 'SC10_TK01']);
  await field.fill('nothing like it');
  await page.getByText('No shots here').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('6 shots', { exact: true }).waitFor();
});

test('keys select, circle and rate shots; the inspector changes them; undo takes it back', async () => {
  const { page } = editor;
  await page.getByRole('row', { name: /SC9_TK01/ }).click();
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('c');
  await page.getByRole('row', { name: /SC9_TK02/ }).getByRole('img', { name: 'Circled take' }).waitFor();
  await page.getByLabel('Scene').fill('9B');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /SC9_TK02 .*9B/ }).waitFor();
  expect(await editor.violations()).toEqual([]);
  await editor.button(/^Undo/).click();
  await editor.button(/^Undo/).click();
  await page.getByRole('row', { name: /SC9_TK02/ }).getByRole('img', { name: 'Circled take' }).waitFor({ state: 'detached' });
  await editor.button(/^Redo/).click();
  await page.getByRole('row', { name: /SC9_TK02/ }).getByRole('img', { name: 'Circled take' }).waitFor();
});

test('shots are assembled by scene and take, and the cost is told in words', async () => {
  const { page } = editor;
  await editor.button('Assemble…').click();
  const dialog = editor.dialog('Assemble');
  await dialog.getByRole('radio', { name: 'All' }).check();
  await dialog.getByRole('radio', { name: 'Scene and take' }).check();
  expect(await editor.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Assemble', exact: true }).click();
  await page.getByText(/^4 copied, 1 conformed \(24 frames to encode\); about/).waitFor();
  await page.keyboard.press('Alt+t');
  const list = page.getByRole('grid', { name: 'Clips of the timeline' });
  await list.getByRole('gridcell', { name: /SC9_TK01/ }).first().waitFor();
  const names = await list.getByRole('row').filter({ hasText: 'V1' }).locator('[role="gridcell"]:nth-child(3)').allTextContents();
  expect(names.slice(0, 3)).toEqual(['SC9_TK01', 'SC9_TK02', 'SC10_TK01']);
  expect(await editor.violations()).toEqual([]);
  await page.keyboard.press('Alt+t');
});

test('a typed timecode moves the playhead, and keys step and mark', async () => {
  const { page } = editor;
  const field = page.getByRole('textbox', { name: 'Timecode at the playhead' });
  const start = await field.inputValue();
  await page.getByRole('grid', { name: 'Shots' }).focus();
  await page.keyboard.type('1'); // a number begins a timecode wherever the focus is
  await field.fill('+1:00');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => field.inputValue()).toBe(start.replace(/00:00$/, '01:01'));
  await page.keyboard.press('i');
  await page.keyboard.press('End');
  await page.keyboard.press('o');
  await page.getByText('Length from in to out').waitFor({ state: 'attached' });
  await page.keyboard.press('Alt+x');
  await page.getByText('Length of the programme').waitFor({ state: 'attached' });
});

test('the palette finds a command by a few letters and runs it', async () => {
  const { page } = editor;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('binthum');
  expect(await editor.violations()).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('listbox', { name: 'Shots' }).waitFor();
  expect(await editor.violations()).toEqual([]);
  await page.keyboard.press('Control+1');
  await page.keyboard.press('?');
  await editor.dialog('Keyboard shortcuts').getByText('Extract clips').waitFor();
  expect(await editor.violations()).toEqual([]);
  await page.keyboard.press('Escape');
});

test('an export takes its settings, runs in the drawer, and ends with its report', async () => {
  const { page } = editor;
  await page.keyboard.press('Control+e');
  const dialog = editor.dialog('Export movie');
  await dialog.getByRole('radio', { name: 'ProRes' }).check();
  expect(await dialog.getByRole('radio', { name: 'MP4' }).isDisabled()).toBe(true);
  await dialog.getByText(/^5 conformed/).waitFor();
  await dialog.getByRole('radio', { name: 'Match' }).check();
  await dialog.getByRole('radio', { name: 'MP4' }).check();
  expect(await dialog.getByLabel('Destination').inputValue()).toBe(place.path('film.mp4'));
  expect(await editor.violations()).toEqual([]);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const jobs = page.getByRole('complementary', { name: 'Jobs' });
  await jobs.getByRole('listitem').filter({ hasText: 'film.mp4' }).getByText(/^Done/).waitFor();
  expect(existsSync(place.path('film.mp4'))).toBe(true);
  expect(await editor.violations()).toEqual([]);
  await jobs.getByRole('button', { name: 'Clear ended' }).click();
  await jobs.getByText('Nothing runs').waitFor();
});

test('what is refused is said, and the page complained about nothing', async () => {
  const { page } = editor;
  await page.keyboard.press('Control+e');
  await page.getByLabel('Destination').fill('/etc/film.mov');
  await page.keyboard.press('Enter');
  await page.getByRole('log', { name: 'Notices' }).getByText(/lies outside the folders/).waitFor();
  await page.keyboard.press('Escape');
  expect(editor.complaints).toEqual([]);
});

test('a lost connection is said, and made anew when the host is back', async () => {
  const { page } = editor;
  const { port, searchParams } = new URL(host.address);
  await host[Symbol.asyncDispose]();
  await page.getByText(/connection to the host was lost/).waitFor();
  host = await ServedEditor.start(place, place.path('film.stringout'), '--port', port, '--token', searchParams.get('token') ?? '');
  await page.getByText(/connection to the host was lost/).waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /SC9_TK01/ }).click();
  await page.keyboard.press('Alt+3');
  await page.getByRole('row', { name: /SC9_TK01 .*★★★/ }).waitFor();
  expect(editor.complaints.filter((complaint) => !complaint.includes('WebSocket'))).toEqual([]);
});
