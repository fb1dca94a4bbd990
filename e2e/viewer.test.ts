/** Playing the assembly before it exists: every picture on the screen is read back by its bar code. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RpcClient } from '../app/rpc/rpc-client.ts';
import { barCodeCells, readBarCode } from '../native/av/footage/bar-code.ts';
import { Place } from './fixtures/command.ts';
import { EditorPage } from './fixtures/editor-page.ts';
import { codesOf } from './fixtures/judge.ts';
import { jobOf, ServedEditor } from './fixtures/served-editor.ts';
import { makeShot, pcm } from './fixtures/shots.ts';

let place: Place;
let editor: ServedEditor;
let client: RpcClient;
let editorPage: EditorPage;
const project = (): string => place.path('film.stringout');
/** Cuts inside groups of pictures; shot 4 is ProRes, which no browser decodes. */
const cuts = [[1, 0, 30], [2, 7, 31], [3, 20, 28], [4, 3, 30], [1, 40, 30], [2, 45, 12]] as const;
const expected = cuts.flatMap(([shot, from, length]) => codesOf(shot, from, from + length));

beforeAll(async () => {
  place = new Place();
  for (const shot of [1, 2, 3]) makeShot(place.path('footage', `s${shot}.mp4`), { shot, frames: 72 });
  makeShot(place.path('footage', 's4.mov'), { shot: 4, frames: 72, picture: ['-c:v', 'prores_ks', '-profile:v', '0', '-pix_fmt', 'yuv422p10le'], sound: pcm });
  editor = await ServedEditor.start(place, project());
  client = editor.client(project());
  await jobOf(client, () => client.call('shots.bringIn', { paths: [place.path('footage')] }));
  const ids = new Map((await client.call('project.load', {})).shots.map(({ name, id }) => [name, id]));
  const ranges = cuts.map(([shot, sourceIn, length]) => ({ shotId: ids.get(`s${shot}`) ?? 0, sourceIn, length }));
  await client.call('project.edit', { edit: { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges } });
  editorPage = await EditorPage.open(editor);
  await editorPage.page.locator('[data-player] canvas').waitFor();
});
afterAll(async () => {
  await editorPage[Symbol.asyncDispose]();
  await editor[Symbol.asyncDispose]();
  place[Symbol.dispose]();
});

/** What is on the screen now, as "shot:frame". */
async function seen(): Promise<string> {
  return decode(await editorPage.page.evaluate<number[]>(`(${readRow})(${barCodeCells})`));
}

/** In the page: the grey value in the middle of each cell of the bar code. */
const readRow = `(cells) => {
  const copy = new OffscreenCanvas(cells * 4, 36);
  const context = copy.getContext('2d', { willReadFrequently: true });
  context.drawImage(document.querySelector('[data-player] canvas'), 0, 0, copy.width, copy.height);
  const { data } = context.getImageData(0, 1, copy.width, 1);
  return Array.from({ length: cells }, (_, i) => data[(i * 4 + 2) * 4]);
}`;

function decode(row: readonly number[]): string {
  const code = readBarCode(Uint8Array.from(row));
  return code ? `${code.shot}:${code.frame}` : '?';
}

async function seek(timecode: string): Promise<void> {
  const field = editorPage.page.locator('[data-timecode]');
  await field.fill(timecode);
  await field.press('Enter');
}

const patience = { timeout: 20_000 };

const start = 24 * 3600;
const timecode = (frame: number): string => {
  const at = start + frame;
  return [3600 * 24, 60 * 24, 24].map((unit, i, units) => String(Math.floor((at % (units[i - 1] ?? Infinity)) / unit)).padStart(2, '0')).concat(String(at % 24).padStart(2, '0')).join(':');
};

test('each frame that is sought is on the screen: at cuts, inside groups of pictures, of media that browsers cannot decode', async () => {
  for (const frame of [0, 29, 30, 31, 60, 61, 88, 89, 100, 118, 119, 148, 149, 160, 5]) {
    await seek(timecode(frame));
    await expect.poll(seen, patience).toBe(expected[frame]);
  }
});

test('steps forward and back show the frames beside', async () => {
  await seek(timecode(64));
  await expect.poll(seen, patience).toBe(expected[64]);
  await editorPage.page.locator('[data-timeline-canvas]').focus();
  for (const frame of [63, 62, 61, 60, 59]) {
    await editorPage.page.keyboard.press('ArrowLeft');
    await expect.poll(seen, patience).toBe(expected[frame]);
  }
  for (const frame of [60, 61]) {
    await editorPage.page.keyboard.press('ArrowRight');
    await expect.poll(seen, patience).toBe(expected[frame]);
  }
});

/** In the page: the rows of every frame of the display that differs from the one before, until nothing has changed for a while. */
const watchRows = `new Promise((resolve) => {
  const read = ${readRow};
  const rows = [];
  let still = 0;
  const look = () => {
    const row = read(${barCodeCells});
    const last = rows.at(-1);
    if (last && row.every((value, i) => Math.abs(value - last[i]) < 60)) still++;
    else {
      still = 0;
      rows.push(row);
    }
    if (still > 90 && rows.length > 1) resolve(rows);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Codes on the screen at every frame of the display, while it plays from `from` until it stands still or `until` is passed. */
async function watch(key: string, from: number): Promise<string[]> {
  await seek(timecode(from));
  await expect.poll(seen, patience).toBe(expected[from]);
  await editorPage.page.locator('[data-timeline-canvas]').focus();
  const rows = editorPage.page.evaluate<number[][]>(watchRows);
  await editorPage.page.keyboard.press(key);
  return (await rows).map(decode);
}

test('playing shows the frames in order, none wrong; how many a busy machine leaves out is measured elsewhere', async () => {
  const codes = await watch('Space', 0);
  const places = codes.filter((code) => code !== '?').map((code) => expected.indexOf(code));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(new Set(places).size).toBeGreaterThan(expected.length / 4);
});

test('playing backward shows them in reverse', async () => {
  const codes = await watch('j', 118);
  const places = codes.filter((code) => code !== '?').map((code) => expected.indexOf(code));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => b - a));
  expect(new Set(places).size).toBeGreaterThan(20);
});

test('an edit is seen at once', async () => {
  await seek(timecode(40));
  await expect.poll(seen, patience).toBe(expected[40]);
  const { clips } = await client.call('project.load', {});
  const second = clips.filter(({ start: at }) => at === 30);
  await client.call('project.edit', { edit: { kind: 'slip', clipIds: second.map(({ id }) => id), frames: 5 } });
  await expect.poll(seen, patience).toBe('2:22');
  await client.call('project.undo', {});
  await expect.poll(seen, patience).toBe(expected[40]);
});

test('the page has nothing to complain of', () => {
  expect(editorPage.complaints).toEqual([]);
});
