/**
 * The package for Linux, made by electron-builder around an Electron of two hundred bytes, for the real one's cannot be had everywhere: what is
 * in its archive and what is not, its fuses, and that it is complete: the desktop starts from the extracted archive and its workers work.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Place } from './fixtures/command.ts';
import { launchDesktop } from './fixtures/desktop-application.ts';
import { barCodes, codesOf } from './fixtures/judge.ts';
import { MemoryCage, noCage } from './fixtures/memory-cage.ts';
import { makeShot } from './fixtures/shots.ts';
import { run } from './fixtures/tools.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** electron-builder's own, which wrote the archive. */
const asar = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))('@electron/asar') as {
  listPackage(archive: string, options: object): string[];
  extractAll(archive: string, folder: string): void;
};

let place: Place;
let packed: string;
let files: readonly string[];

beforeAll(() => {
  place = new Place();
  makeElectron(place.path('electron'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    join(root, 'node_modules/electron-builder/cli.js'), '--linux', 'dir', `-c.electronDist=${place.path('electron')}`, `-c.directories.output=${place.path('packages')}`,
  ], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`electron-builder ended with ${status}: ${stdout}\n${stderr}`);
  packed = place.path('packages', 'linux-unpacked');
  files = asar.listPackage(join(packed, 'resources/app.asar'), { isPack: false });
});
afterAll(() => { place[Symbol.dispose](); });

/** Marks the place of the fuses in Electron's program; after it version, number and state of each. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = 9;

/** A program that is nothing but fuses, each as Electron ships it or the other way round from what we want. */
function makeElectron(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), Buffer.from(sentinel), Buffer.from([1, fuses]), Buffer.from('101100011'), Buffer.alloc(64)]));
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'LICENSE'), 'its licence');
}

test('holds the built application and native packages, and nothing that nobody runs', () => {
  const folders = new Set(files.map((file) => file.split('/').slice(1, file.startsWith('/node_modules/@') ? 4 : 3).join('/')));
  expect([...folders].filter((name) => !/^(?:node_modules|out)$|^node_modules\/@\w+$/.test(name)).toSorted()).toEqual([
    `node_modules/@koromix/koffi-linux-${process.arch}`, `node_modules/@seydx/node-av-linux-${process.arch}`, 'node_modules/better-sqlite3', 'node_modules/koffi', 'node_modules/node-av',
    'out/main', 'out/renderer', 'out/worker', 'package.json',
  ]);
  expect(files.filter((file) => /\.(?:map|md|d\.ts|tsx?|cc?|h)$|darwin.*\.node|win32.*\.node|musl.*\.node/.test(file))).toEqual([]);
  expect(files.filter((file) => file.endsWith('.node'))).toHaveLength(3);
});

test('its fuses leave no second way into the program', () => {
  const program = readFileSync(join(packed, 'stringout'), 'latin1');
  const wire = program.slice(program.indexOf(sentinel) + sentinel.length + 2).slice(0, fuses);
  // Run as Node, encrypted cookies, NODE_OPTIONS, --inspect, archive checked, only the archive, own snapshot, privileges of file:, (newer: as shipped).
  expect(wire.slice(0, 8)).toBe('01001100');
});

test('says under which licences it stands', () => {
  expect(readFileSync(join(packed, 'LICENSE.package.txt'), 'utf8')).toContain('either version 3 of the License, or (at your option) any later version');
  expect(readFileSync(join(packed, 'LICENSE.stringout.txt'), 'utf8')).toContain('MIT');
});

test(`is complete: from it the editor starts, and brings in, encodes and exports${noCage === '' ? " under V8's memory cage" : ` (not under V8's memory cage: ${noCage})`}`, async () => {
  const folder = place.path('application');
  asar.extractAll(join(packed, 'resources/app.asar'), folder);
  makeShot(place.path('footage', 'A001.mp4'), { shot: 1, frames: 24 });
  makeShot(place.path('footage', 'A002.mp4'), { shot: 2, frames: 24 });
  makeShot(place.path('footage', 'A003.mp4'), { shot: 3, frames: 24, width: 640, height: 360 }); // is encoded
  const movie = place.path('film.mp4');
  const desktop = await launchDesktop(place, [place.path('film.stringout')], folder);
  try {
    const cage = noCage === '' ? new MemoryCage(place) : null;
    await desktop.evaluate(({ dialog }, { environment, footage }) => {
      Object.assign(process.env, environment); // workers inherit it; Chromium has started before
      dialog['showMessageBox'] = () => Promise.resolve({ response: 0 });
      dialog['showOpenDialog'] = () => Promise.resolve({ canceled: false, filePaths: [footage] });
    }, { environment: cage?.environment ?? {}, footage: place.path('footage') });
    const page = await desktop.firstWindow();
    const jobs = page.getByRole('complementary', { name: 'Jobs' });
    await page.getByRole('button', { name: 'Bring in footage' }).click();
    await page.getByRole('row', { name: /A003/ }).waitFor();
    await page.getByRole('button', { name: 'Assemble…' }).click();
    await page.getByRole('dialog', { name: 'Assemble' }).getByRole('radio', { name: 'All' }).check();
    await page.getByRole('dialog', { name: 'Assemble' }).getByRole('button', { name: 'Assemble', exact: true }).click();
    await page.getByText(/^2 copied, 1 conformed/).waitFor();
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export movie' });
    await dialog.getByRole('radio', { name: 'MP4' }).check();
    await dialog.getByLabel('Destination').fill(movie);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await jobs.getByRole('listitem').filter({ hasText: 'film.mp4' }).getByText(/^Done/).waitFor();
    if (cage) expect(cage.met).toBeGreaterThan(0);
  } finally {
    await desktop.close();
  }
  expect(barCodes(movie).codes).toEqual([...codesOf(1, 0, 24), ...codesOf(2, 0, 24), ...codesOf(3, 0, 24)]);
  expect(loudness(movie)).toBeGreaterThan(-40);
});

/** Mean volume in dB: sound that never reached the encoder is silence, below -90. */
function loudness(file: string): number {
  return Number(/mean_volume: (-?[\d.]+) dB/.exec(run('ffmpeg', ['-hide_banner', '-i', file, '-af', 'volumedetect', '-f', 'null', '-']).messages)?.[1]);
}
