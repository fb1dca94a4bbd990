/**
 * The desktop's contract with Electron: the built main process, preload script and interface on a stand-in for Electron in Debian's Chromium, or on
 * the real one by `npm run e2e:electron`. What only a real Electron can show is asserted as calls that were made.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { Place } from './fixtures/command.ts';
import { launchDesktop, type DesktopApplication } from './fixtures/desktop-application.ts';
import { makeShot } from './fixtures/shots.ts';

let place: Place;
let desktop: DesktopApplication;
let page: Page;
let project: string;

beforeAll(async () => {
  place = new Place();
  for (const shot of [1, 2, 3]) makeShot(place.path('footage', `A00${shot}.mp4`), { shot, frames: 24 });
  project = place.path('film.stringout');
  desktop = await launchDesktop(place, [project]);
  page = await desktop.firstWindow();
});
afterAll(async () => {
  await desktop.close();
  place[Symbol.dispose]();
});

test('a project named on the command line opens in a window on our own scheme', async () => {
  await page.getByRole('heading', { name: 'Start a string-out' }).waitFor();
  const [address] = await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()), null);
  expect(address).toBe(`app://bundle/?${new URLSearchParams({ project }).toString()}`);
  expect(await page.evaluate(() => (globalThis as unknown as { crossOriginIsolated: boolean }).crossOriginIsolated)).toBe(true);
});
