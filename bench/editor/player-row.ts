/** Playing an assembly that is not written: frames shown and missed, seeks, steps, the first picture. */
import type { Page } from 'playwright';
import { barCode, barCodeCells, readBarCode } from '../../native/av/footage/bar-code.ts';
import type { RowResult } from '../results.ts';
import { editorResult } from './editor-result.ts';
import { LongProject } from './long-project.ts';
import { quantile } from './quantile.ts';

const readRow = `(cells) => {
  const canvas = document.querySelector('[data-player] canvas');
  if (!canvas) return [];
  const copy = new OffscreenCanvas(cells * 4, 36);
  const context = copy.getContext('2d', { willReadFrequently: true });
  context.drawImage(canvas, 0, 0, copy.width, copy.height);
  const { data } = context.getImageData(0, 1, copy.width, 1);
  return Array.from({ length: cells }, (_, i) => data[(i * 4 + 2) * 4]);
}`;

/** Milliseconds until the picture of the wanted code is seen, asked in the page at every animation frame. */
const waitFor = (levels: readonly number[], timeoutMs: number): string => `new Promise((resolve) => {
  const read = ${readRow};
  const wanted = ${JSON.stringify(levels)};
  const began = performance.now();
  const look = () => {
    const row = read(${barCodeCells});
    if (row.length > 0 && row.every((value, i) => (value >= 128) === (wanted[i] === 1))) resolve(performance.now() - began);
    else if (performance.now() - began > ${timeoutMs}) resolve(-1);
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Each distinct picture of a minute, as levels of its cells. */
const watch = (milliseconds: number): string => `new Promise((resolve) => {
  const read = ${readRow};
  const rows = [];
  const began = performance.now();
  let last = '';
  const look = () => {
    const row = read(${barCodeCells});
    const key = row.map((value) => (value >= 128 ? 1 : 0)).join('');
    if (key !== last) rows.push(row);
    last = key;
    if (performance.now() - began > ${milliseconds}) resolve(rows);
    else requestAnimationFrame(look);
  };
  look();
})`;

type Clip = { readonly start: number; readonly shot: number; readonly sourceIn: number; readonly length: number };

export async function playerRow(isQuick: boolean): Promise<RowResult> {
  await using project = await LongProject.make(1000, 1, 40);
  const state = await project.client.call('project.load', {});
  const names = new Map(state.shots.map(({ id, name }) => [id, Number(/\d+/.exec(name)?.[0])]));
  const pictureTracks = new Set(state.tracks.filter(({ kind }) => kind === 'picture').map(({ id }) => id));
  const clips = state.clips.filter(({ trackId }) => pictureTracks.has(trackId)).toSorted((a, b) => a.start - b.start)
    .map(({ start, shotId, sourceIn, length }): Clip => ({ start, shot: names.get(shotId) ?? 0, sourceIn, length }));
  const codeAt = (frame: number): string => {
    const clip = clips.find(({ start, length }) => frame >= start && frame < start + length);
    return clip ? `${clip.shot}:${clip.sourceIn + frame - clip.start}` : 'black';
  };

  await using editor = await project.open();
  const { page } = editor;
  // From the page's navigation on: the browser's own start is not ours.
  const firstFrame = await page.evaluate<number>(`${waitFor(codeLevels(clips[0]?.shot ?? 0, clips[0]?.sourceIn ?? 0), 20_000)}.then(() => performance.now())`);

  const seeks: number[] = [];
  let wrong = 0;
  for (let i = 0; i < (isQuick ? 10 : 60); i++) {
    const frame = (i * 7919) % (clips.length * 48);
    const [shot = 0, number = 0] = codeAt(frame).split(':').map(Number);
    await seek(page, frame);
    const took = await page.evaluate<number>(waitFor(codeLevels(shot, number), 3000));
    if (took < 0) wrong++;
    else seeks.push(took);
  }
  const steps: number[] = [];
  await page.locator('[data-timeline-canvas]').focus();
  for (let i = 1; i <= 12; i++) {
    const at = 20 * 48 + 30;
    if (i === 1) await seek(page, at).then(() => page.locator('[data-timeline-canvas]').focus());
    const [shot = 0, number = 0] = codeAt(at - i).split(':').map(Number);
    const began = performance.now();
    await page.keyboard.press('ArrowLeft');
    await page.evaluate<number>(waitFor(codeLevels(shot, number), 3000));
    steps.push(performance.now() - began);
  }

  await seek(page, 0);
  await page.locator('[data-timeline-canvas]').focus();
  const seconds = isQuick ? 10 : 62;
  const rows = page.evaluate<number[][]>(watch(seconds * 1000));
  await page.keyboard.press('Space');
  const codes = (await rows).flatMap((row) => {
    const code = readBarCode(Uint8Array.from(row));
    return code ? [`${code.shot}:${code.frame}`] : [];
  });
  const played = 24 * (seconds - 2);
  const due = Array.from({ length: played }, (_, frame) => codeAt(frame));
  const seen = new Set(codes);
  const missing = due.filter((code) => !seen.has(code)).length;
  const places = codes.map((code) => due.indexOf(code)).filter((place) => place >= 0);
  const disordered = places.filter((place, i) => i > 0 && place < (places[i - 1] ?? 0)).length;
  return editorResult('editor-player', 'Playing 500 clips before anything is written', `640x360 H.264+AAC, a cut inside a group of pictures every two seconds, every picture on the screen read back by its bar code; ${seeks.length + wrong} seeks, 12 steps back, ${played} frames due. First picture: from opening the page.`, [
    { label: 'frames missing of those due', unit: '%', limit: 1, value: (100 * missing) / Math.max(1, played) },
    { label: 'frames out of order', unit: '%', limit: 0, value: disordered },
    { label: 'first picture of the page', unit: 'ms', limit: 2000, aim: 1000, value: firstFrame },
    { label: 'seek, 95th percentile', unit: 'ms', limit: 300, value: quantile(seeks, 0.95) },
    { label: 'seeks that never came', unit: '%', limit: 0, value: wrong },
    { label: 'step back, 95th percentile', unit: 'ms', limit: 100, value: quantile(steps, 0.95) },
  ]);
}

function codeLevels(shot: number, frame: number): readonly number[] {
  return [...barCode(shot, frame)];
}

async function seek(page: Page, frame: number): Promise<void> {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(frame / 24);
  const field = page.locator('[data-timecode]');
  await field.fill(`${two(1 + Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}:${two(frame % 24)}`);
  await field.press('Enter');
}
