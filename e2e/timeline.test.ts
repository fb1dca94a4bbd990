/** The timeline under the hand: what is pressed, dragged and dropped on the canvas is what the project holds afterwards. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { RpcClient } from '../app/rpc/rpc-client.ts';
import { Place } from './fixtures/command.ts';
import { EditorPage } from './fixtures/editor-page.ts';
import { jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { makeShot } from './fixtures/shots.ts';

let place: Place;
let editor: ServedEditor;
let client: RpcClient;
let window: EditorPage;
const ids = new Map<string, number>();
const project = (): string => place.path('film.stringout');
/** Three clips of 40 frames, cut from the middle of their shots, with sound. */
const placed = ['s1', 's2', 's3'];

beforeAll(async () => {
  place = new Place();
  for (const shot of [1, 2, 3, 4]) makeShot(place.path('footage', `s${shot}.mp4`), { shot, frames: 72 });
  editor = await ServedEditor.start(place, project());
  client = editor.client(project());
  await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  for (const { name, id } of (await client.call('project.load', {})).shots) ids.set(name, id);
  await client.call('project.edit', {
    edit: { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges: placed.map((name) => ({ shotId: ids.get(name) ?? 0, sourceIn: 16, length: 40 })) },
  });
  window = await EditorPage.open(editor);
  await canvas().waitFor();
  await window.page.keyboard.press('s'); // snapping off: where it is dropped is where it goes
});
afterAll(async () => {
  await window[Symbol.asyncDispose]();
  await editor[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

const canvas = () => window.page.locator('[data-timeline-canvas]');
const head = 38;
const rows = { picture: head + 30, sound: head + 56 + 6 + 24 };

/** Of the zoom at which the whole programme is in the window. */
let scale = 1;

/** Page coordinates of a frame. */
async function at(frame: number, row: keyof typeof rows): Promise<{ readonly x: number; readonly y: number }> {
  const box = await canvas().boundingBox();
  if (!box) throw new Error('the timeline is not to be seen');
  return { x: box.x + (scale * frame * (box.width - 40)) / (placed.length * 40), y: box.y + rows[row] };
}

async function drag(from: number, to: number, row: keyof typeof rows): Promise<void> {
  const start = await at(from, row);
  const end = await at(to, row);
  await window.page.mouse.move(start.x, start.y);
  await window.page.mouse.down();
  await window.page.mouse.move((start.x + end.x) / 2, start.y, { steps: 3 });
  await window.page.mouse.move(end.x, end.y, { steps: 3 });
  await window.page.mouse.up();
}

/** "start-end@sourceIn" of every clip of a kind, in order. */
async function clips(kind: 'picture' | 'sound' = 'picture'): Promise<string[]> {
  const state = await client.call('project.load', {});
  const tracks = new Set(state.tracks.filter((track) => track.kind === kind).map(({ id }) => id));
  return state.clips.filter(({ trackId }) => tracks.has(trackId)).toSorted((a, b) => a.start - b.start).map(({ start, length, sourceIn }) => `${start}-${start + length}@${sourceIn}`);
}

const whole = ['0-40@16', '40-80@16', '80-120@16'];

beforeEach(async () => {
  for (let { history } = await client.call('project.load', {}); history.undo !== null && !history.undo.startsWith('append');) ({ history } = await client.call('project.undo', {}));
  // The page has heard of it as well.
  await vi.waitFor(async () => {
    if ((await window.page.locator('.transport-length').textContent())?.includes('00:05:00') !== true) throw new Error('the page still shows the test before');
  }, { timeout: 20_000 });
  await window.page.keyboard.press('v');
  await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('Backslash');
});

test('the middle of a clip moves it with its sound, and overwrites what lies there', async () => {
  await drag(20, 32, 'picture');
  await expect.poll(() => clips()).toEqual(['12-52@16', '52-80@28', '80-120@16']);
  expect(await clips('sound')).toEqual(['12-52@16', '52-80@28', '80-120@16']);
});

test('with snapping a dragged clip sticks to a cut that is near', async () => {
  await window.page.keyboard.press('s');
  await window.page.keyboard.press('Minus');
  await window.page.keyboard.press('Minus');
  scale = 1 / 2; // as far as it goes
  await drag(20, 101, 'picture');
  scale = 1;
  await expect.poll(() => clips()).toEqual(['40-80@16', '80-120@16']);
  await window.page.keyboard.press('s');
});

test('an edge trims, with the ripple tool what follows moves, with the roll tool the cut does', async () => {
  await drag(119.9, 112, 'picture');
  await expect.poll(() => clips()).toEqual(['0-40@16', '40-80@16', '80-112@16']);
  await client.call('project.undo', {});
  await window.page.keyboard.press('q');
  await drag(39.8, 30, 'picture');
  await expect.poll(() => clips()).toEqual(['0-30@16', '30-70@16', '70-110@16']);
  await client.call('project.undo', {});
  await window.page.keyboard.press('r');
  await drag(39.8, 45, 'picture');
  await expect.poll(() => clips()).toEqual(['0-45@16', '45-80@21', '80-120@16']);
});

test('slip, slide and the blade', async () => {
  await window.page.keyboard.press('y');
  await drag(60, 56, 'picture');
  await expect.poll(() => clips()).toEqual(['0-40@16', '40-80@20', '80-120@16']);
  await client.call('project.undo', {});
  await window.page.keyboard.press('u');
  await drag(60, 66, 'picture');
  await expect.poll(() => clips()).toEqual(['0-46@16', '46-86@16', '86-120@22']);
  await client.call('project.undo', {});
  await window.page.keyboard.press('b');
  const cut = await at(60, 'picture');
  await window.page.mouse.click(cut.x, cut.y);
  await expect.poll(() => clips()).toEqual(['0-40@16', '40-60@16', '60-80@36', '80-120@16']);
});

test('Escape takes a drag back', async () => {
  const from = await at(20, 'picture');
  await window.page.mouse.move(from.x, from.y);
  await window.page.mouse.down();
  await window.page.mouse.move(from.x + 200, from.y, { steps: 4 });
  await window.page.keyboard.press('Escape');
  await window.page.mouse.up();
  expect(await clips()).toEqual(whole);
  expect((await client.call('project.load', {})).history.undo).toMatch(/^append/);
});

test('a box selects what it touches; Delete lifts it, and undo brings it back', async () => {
  const start = await at(121, 'sound');
  const end = await at(60, 'picture');
  await window.page.mouse.move(start.x + 10, start.y + 60);
  await window.page.mouse.down();
  await window.page.mouse.move(end.x, end.y, { steps: 5 });
  await window.page.mouse.up();
  await window.page.keyboard.press('Delete');
  await expect.poll(() => clips()).toEqual(['0-40@16']);
  await window.page.keyboard.press('Control+z');
  await expect.poll(() => clips()).toEqual(whole);
});

test('a shot dragged from the bin lies where it is dropped', async () => {
  const target = await at(100, 'picture');
  const box = await canvas().boundingBox();
  await window.page.getByRole('grid', { name: 'Shots' }).getByText('s4').dragTo(canvas(), { targetPosition: { x: target.x - (box?.x ?? 0), y: rows.picture } });
  await expect.poll(() => clips()).toEqual(['0-40@16', '40-80@16', '80-100@16', '100-172@0']);
});

test('zooming with the wheel keeps the frame under the pointer', async () => {
  const target = await at(80, 'picture');
  await window.page.mouse.move(target.x, target.y);
  await window.page.keyboard.down('Control');
  for (let i = 0; i < 5; i++) await window.page.mouse.wheel(0, -200);
  await window.page.keyboard.up('Control');
  await window.page.keyboard.press('b');
  await window.page.mouse.click(target.x + 1, target.y);
  await expect.poll(() => clips()).toEqual(whole); // within a frame of the cut there is nothing to cut
  await window.page.mouse.click(target.x + 120, target.y);
  await expect.poll(async () => (await clips()).length).toBe(4);
  const [, , third = ''] = await clips();
  expect(Number(/-(\d+)@/.exec(third)?.[1])).toBeLessThan(88);
});

test('a locked track is left alone', async () => {
  await window.page.getByRole('button', { name: 'Lock V1' }).click();
  await drag(20, 60, 'picture');
  await window.page.getByRole('button', { name: 'Lock V1' }).click();
  expect(await clips()).toEqual(whole);
});

test('the page has nothing to complain of', () => {
  expect(window.complaints).toEqual([]);
});
