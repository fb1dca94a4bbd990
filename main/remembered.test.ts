import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { projectArgument } from './project-argument.ts';
import { Remembered, visibleBounds } from './remembered.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'stringout-remembered-')); });
afterEach(() => { rmSync(folder, { recursive: true }); });
const refuse = (text: string): never => { throw new Error(text); };

test('the window\'s place and recent projects, the newest first and each once, outlive the process', () => {
  const path = join(folder, 'desktop.json');
  const first = new Remembered(path, refuse);
  for (const name of ['a', 'b', 'a']) first.addRecent(`/${name}.stringout`);
  first.setWindow({ x: 10, y: 20, width: 800, height: 600 }, true);
  expect(new Remembered(path, refuse).values).toEqual({ bounds: { x: 10, y: 20, width: 800, height: 600 }, isMaximized: true, recent: ['/a.stringout', '/b.stringout'] });
});

test.each(['', '{"recent": 7, "bounds": {"x": "left"}}', '[]', '{"bounds"'])('a damaged file (%s) is forgotten, not an error', (text) => {
  const path = join(folder, 'desktop.json');
  writeFileSync(path, text);
  expect(new Remembered(path, refuse).values).toEqual({ bounds: null, isMaximized: false, recent: [] });
});

test('a window comes back where it was only where a hand can reach it', () => {
  const bounds = { x: 2000, y: 50, width: 800, height: 600 };
  const left = { x: 0, y: 0, width: 1920, height: 1080 };
  expect(visibleBounds(bounds, [left, { ...left, x: 1920 }])).toBe(bounds);
  expect(visibleBounds(bounds, [left])).toBeNull(); // its display is gone
});

test('the project of a command line is found among switches, and only by its ending', () => {
  expect(projectArgument(['electron', '--inspect=9.stringout', '.', 'a film.stringout'], '/films')).toBe('/films/a film.stringout');
  expect(projectArgument(['electron', '.', '--flag', 'movie.mp4'], '/films')).toBeNull();
});
