/** Whether the page's memory stays flat over ten minutes of scripted work: playing, seeking, scrolling, editing and taking back, searching. */
import type { Page } from 'playwright';
import { treeMemory } from '../measure/tree-memory.ts';
import type { RowResult } from '../results.ts';
import { editorResult } from './editor-result.ts';
import { LongProject } from './long-project.ts';

const minutes = 10;
/** What is loaded once (thumbnails, code, the decoders' own pools) is there by then. */
const settledAfter = 2;

export async function soakRow(isQuick: boolean): Promise<RowResult> {
  await using project = await LongProject.make(2000, 4, 20);
  await using editor = await project.open();
  const { page } = editor;
  const debug = await page.context().newCDPSession(page);
  const samples: { readonly tree: number; readonly heap: number }[] = [];
  for (let minute = 0; minute < (isQuick ? 3 : minutes); minute++) {
    for (const end = performance.now() + (isQuick ? 20_000 : 60_000); performance.now() < end;) await work(page);
    await debug.send('HeapProfiler.collectGarbage');
    const { usedSize } = await debug.send('Runtime.getHeapUsage');
    samples.push({ tree: treeMemory(process.pid) / 1e6, heap: usedSize / 1e6 });
    const last = samples.at(-1);
    process.stdout.write(`  minute ${minute + 1}: ${last?.tree.toFixed(0)} MB in all, ${last?.heap.toFixed(1)} MB of script objects\n`);
  }
  await debug.detach();
  const settled = samples[Math.min(settledAfter, samples.length - 1) - 1];
  const last = samples.at(-1);
  const growth = (of: 'tree' | 'heap'): number => (100 * (last?.[of] ?? 0)) / Math.max(1, settled?.[of] ?? 1) - 100;
  return editorResult('editor-soak', 'Ten minutes of work in the editor', '2,000 clips on 8 tracks in Chromium without a GPU: plays, seeks, scrolls, zooms, slips and takes back, searches, over and over. From the second minute to the last.', [
    { label: 'memory of browser and host', unit: 'MB', limit: 2000, value: last?.tree ?? null },
    { label: 'their growth', unit: '%', limit: 10, value: growth('tree') },
    { label: 'script objects after a collection', unit: 'MB', limit: 200, value: last?.heap ?? null },
    { label: 'their growth', unit: '%', limit: 10, value: growth('heap') },
  ]);
}

async function work(page: Page): Promise<void> {
  const canvas = page.locator('[data-timeline-canvas]');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('there is no timeline');
  await canvas.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.waitForTimeout(5000);
  await page.keyboard.press('Space');
  for (let i = 0; i < 10; i++) await page.mouse.click(box.x + 200 + i * 60, box.y + 8);
  await page.mouse.move(box.x + 400, box.y + 80);
  for (let i = 0; i < 40; i++) await page.mouse.wheel(i % 20 < 10 ? 120 : -120, 0);
  await page.keyboard.press('Equal');
  await page.keyboard.press('Minus');
  await page.mouse.click(box.x + 300, box.y + 66);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Alt+ArrowRight');
  for (let i = 0; i < 4; i++) await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('shot_01');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
}
