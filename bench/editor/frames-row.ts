/** 60 FPS in the interface while an export encodes on all cores. */
import type { Page } from 'playwright';
import { usualExport } from '../../app/contract/editor/export-settings.ts';
import type { RowResult } from '../results.ts';
import { editorResult } from './editor-result.ts';
import { frameTimes, type FrameTimes } from './frame-times.ts';
import { LongProject } from './long-project.ts';

const secondsEach = 4;

type Actions = Readonly<Record<string, (page: Page) => Promise<void>>>;

const until = async (seconds: number, step: (i: number) => Promise<void>): Promise<void> => {
  const end = performance.now() + seconds * 1000;
  for (let i = 0; performance.now() < end; i++) await step(i);
};

const actions: Actions = {
  scrolling: async (page) => { await until(secondsEach, (i) => page.mouse.wheel(i % 60 < 30 ? 60 : -60, 0)); },
  zooming: async (page) => {
    await page.keyboard.down('Control');
    await until(secondsEach, (i) => page.mouse.wheel(0, i % 40 < 20 ? -30 : 30));
    await page.keyboard.up('Control');
  },
  dragging: async (page) => {
    const box = await page.locator('[data-timeline-canvas]').boundingBox();
    if (!box) return;
    const y = box.y + 38 + 28;
    await page.mouse.move(box.x + 300, y);
    await page.mouse.down();
    await until(secondsEach, (i) => page.mouse.move(box.x + 300 + (i % 80) * 4, y + (i % 40)));
    await page.keyboard.press('Escape');
    await page.mouse.up();
  },
  playing: async (page) => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await page.waitForTimeout(secondsEach * 1000);
    await page.keyboard.press('Space');
  },
  searching: async (page) => {
    await page.keyboard.press('Control+f');
    await until(secondsEach, async (i) => {
      if (i % 10 === 9) await page.keyboard.press('Control+a');
      await page.keyboard.type('shot_01'[i % 7] ?? 's');
    });
    await page.keyboard.press('Escape');
  },
};

async function measureAll(project: LongProject, chosen: readonly string[]): Promise<Map<string, FrameTimes>> {
  await using editor = await project.open();
  const { page } = editor;
  const results = new Map<string, FrameTimes>();
  const box = await page.locator('[data-timeline-canvas]').boundingBox();
  for (let i = 0; i < 6; i++) await page.keyboard.press('Equal');
  for (const name of chosen) {
    await page.mouse.move((box?.x ?? 0) + 400, (box?.y ?? 0) + 120);
    const action = actions[name];
    if (action) results.set(name, await frameTimes(page, () => action(page)));
    const told = results.get(name);
    if (told) process.stdout.write(`  ${name}: median ${told.median.toFixed(1)} ms, p95 ${told.p95.toFixed(1)}, late ${told.late.toFixed(1)} %, longest ${told.longest.toFixed(0)}, script ${told.script.toFixed(1)} ms, ${told.frames} frames\n`);
  }
  return results;
}

const worst = (results: ReadonlyMap<string, FrameTimes>, of: (times: FrameTimes) => number): number => Math.max(...[...results.values()].map(of));

export async function framesRow(isQuick: boolean): Promise<RowResult> {
  await using project = await LongProject.make(isQuick ? 200 : 2000, 4, 20);
  const { client } = project;
  await client.call('export.start', { settings: { ...usualExport, profile: 'hevc', preset: 'medium', size: { width: 1920, height: 1080 }, verify: false }, output: project.place.path('busy.mov') });
  const busy = await measureAll(project, Object.keys(actions));
  return editorResult('editor-frames', 'The interface at work: 2,000 clips on 8 tracks while an export encodes',
    `Intervals between animation frames in Chromium with software drawing, 1440x900, over ${secondsEach} s each of ${Object.keys(actions).join(', ')}; an HEVC export runs on all cores at low priority. The worst of them counts.`, [
      { label: 'median frame', unit: 'ms', limit: 16.8, value: worst(busy, ({ median }) => median) },
      { label: '95th percentile', unit: 'ms', limit: 17.5, value: worst(busy, ({ p95 }) => p95) },
      { label: 'frames over 25 ms', unit: '%', limit: 3, value: worst(busy, ({ late }) => late) },
      { label: 'longest animation frame', unit: 'ms', limit: 50, value: worst(busy, ({ longest }) => longest) },
      { label: 'script a frame', unit: 'ms', limit: 5, value: worst(busy, ({ script }) => script) },
    ]);
}

export async function manyClipsRow(isQuick: boolean): Promise<RowResult> {
  await using project = await LongProject.make(isQuick ? 2000 : 20_000, 4, 20);
  const results = await measureAll(project, ['scrolling', 'zooming', 'dragging']);
  return editorResult('editor-many-clips', 'The interface with 20,000 clips', 'Frames a second while scrolling, zooming and dragging; the slowest counts.', [
    { label: 'frames', unit: 'a second', limit: 50, value: 1000 / worst(results, ({ median }) => median) },
    { label: '95th percentile', unit: 'ms', limit: 20, value: worst(results, ({ p95 }) => p95) },
  ]);
}
