/** The README's pictures, taken from the running editor with its sample project: `node scripts/pictures.ts`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Place } from '../e2e/fixtures/command.ts';
import { EditorPage } from '../e2e/fixtures/editor-page.ts';
import { jobOf, ServedEditor } from '../e2e/fixtures/served-editor.ts';
import { buildApplication } from './build.ts';
import { root } from './lib/node24.mjs';

const folder = join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
await buildApplication();
using place = new Place();
const project = place.path('Harbour.stringout');
await using host = await ServedEditor.start(place, project);
const client = host.client(project);
await jobOf(client, () => client.call('sample.make', {}));
const { shots } = await client.call('project.load', {});
await client.call('project.edit', { edit: { kind: 'setSequence', name: 'Harbour, day 3' } });
await client.call('shots.set', { shotIds: shots.slice(0, 12).map(({ id }) => id), fields: { scene: '12A' } });
await client.call('shots.set', { shotIds: shots.slice(12, 30).map(({ id }) => id), fields: { scene: '14' } });
await client.call('shots.set', { shotIds: shots.filter((_, i) => i % 3 === 1).map(({ id }) => id), fields: { isCircled: true, rating: 4 } });
for (const [frame, name, colour] of [[240, 'pick-up', 'orange'], [900, 'check focus', 'red'], [1500, 'music in', 'green']] as const) {
  await client.call('project.edit', { edit: { kind: 'addMarker', frame, name, colour } });
}

await using editor = await EditorPage.open(host);
const { page } = editor;
await page.locator('[data-timeline-canvas]').waitFor();
await page.locator('[data-timecode]').fill('01:00:37:12');
await page.locator('[data-timecode]').press('Enter');
await page.locator('[data-timeline-canvas]').focus();
for (let i = 0; i < 4; i++) await page.keyboard.press('Equal');
// Thumbnails and waveforms come as they are made.
await page.waitForTimeout(12_000);
await page.screenshot({ path: join(folder, 'editor.png') });
await page.keyboard.press('Control+e');
await page.getByRole('dialog').waitFor();
await page.getByRole('dialog').getByLabel('Destination').fill('/footage/Harbour.mov');
await page.screenshot({ path: join(folder, 'export.png') });
process.stdout.write(`${folder}\n`);
