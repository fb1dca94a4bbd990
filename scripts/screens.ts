/**
 * Every screen of the editor as a picture, compared with the pictures of the run before: `node scripts/screens.ts`. They lie in out/screens; where more
 * than a thousandth of the pixels differ, a picture of the difference lies beside them and the exit code is 1.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { Place } from '../e2e/fixtures/command.ts';
import { EditorPage } from '../e2e/fixtures/editor-page.ts';
import { jobOf, ServedEditor } from '../e2e/fixtures/served-editor.ts';
import { buildApplication } from './build.ts';
import { root } from './lib/node24.mjs';

const allowed = 0.001;
const folder = join(root, 'out/screens');
const before = join(root, 'out/screens-before');

/** From the bare editor to each screen and back by Escape. */
const screens: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  editor: async () => undefined,
  export: async (page) => { await page.keyboard.press('Control+e'); },
  palette: async (page) => { await page.keyboard.press('Control+k'); },
  shortcuts: (page) => byPalette(page, 'shortcuts'),
  settings: (page) => byPalette(page, 'settings'),
  assemble: (page) => byPalette(page, 'assemble'),
  'bring in': (page) => byPalette(page, 'bring in'),
  jobs: (page) => byPalette(page, 'jobs'),
  'timeline as a list': (page) => byPalette(page, 'timeline as a list'),
};

rmSync(before, { recursive: true, force: true });
if (existsSync(folder)) renameSync(folder, before);
mkdirSync(folder, { recursive: true });
await buildApplication();
using place = new Place();
await take('welcome', async (host) => EditorPage.open(host), false);
await take('sample', async (host) => EditorPage.open(host), true);
process.exitCode = compare();

async function byPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

async function take(name: string, open: (host: ServedEditor) => Promise<EditorPage>, hasFootage: boolean): Promise<void> {
  const project = place.path(`${name}.stringout`);
  await using host = await ServedEditor.start(place, project);
  if (hasFootage) {
    const client = host.client(project);
    await jobOf(client, () => client.call('sample.make', {}));
  }
  await using editor = await open(host);
  const { page } = editor;
  // What tells the time, or a folder of this run.
  const hide = { style: '.settings-about, .job-time { visibility: hidden !important; }' };
  if (!hasFootage) {
    await page.getByRole('application').or(page.locator('main')).first().waitFor();
    await page.waitForTimeout(1000);
    await page.screenshot({ path: join(folder, `${name}.png`), ...hide });
    return;
  }
  await page.locator('[data-timeline-canvas]').waitFor();
  // Thumbnails and waveforms come as they are made.
  await page.waitForTimeout(12_000);
  for (const [screen, show] of Object.entries(screens)) {
    await page.locator('[data-timeline-canvas]').or(page.locator('main')).first().focus();
    await show(page);
    await page.waitForTimeout(600);
    await page.screenshot({ path: join(folder, `${screen}.png`), ...hide });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  }
}

function compare(): number {
  let worse = 0;
  for (const name of ['welcome', ...Object.keys(screens)]) {
    const [now, then] = [join(folder, `${name}.png`), join(before, `${name}.png`)];
    if (!existsSync(then)) {
      process.stdout.write(`${name}: new\n`);
      continue;
    }
    const [a, b] = [pixels(now), pixels(then)];
    let differing = 0;
    for (let i = 0; i < a.length; i += 3) if (Math.abs((a[i] ?? 0) - (b[i] ?? 0)) + Math.abs((a[i + 1] ?? 0) - (b[i + 1] ?? 0)) + Math.abs((a[i + 2] ?? 0) - (b[i + 2] ?? 0)) > 24) differing++;
    const part = a.length === b.length ? (3 * differing) / Math.max(1, a.length) : 1;
    process.stdout.write(`${name}: ${(100 * part).toFixed(3)} % of the pixels differ\n`);
    if (part <= allowed) continue;
    worse++;
    spawnSync('ffmpeg', ['-v', 'error', '-y', '-i', now, '-i', then, '-filter_complex', 'blend=all_mode=difference,lutrgb=r=val*4:g=val*4:b=val*4', '-frames:v', '1', join(folder, `${name} - difference.png`)]);
  }
  process.stdout.write(`${folder}\n`);
  return worse > 0 ? 1 : 0;
}

function pixels(path: string): Buffer {
  return spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], { maxBuffer: 2 ** 28 }).stdout;
}
