/** `stringout open` and `npm start` where Electron cannot run: said in one sentence, and the same editor is served instead. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { Place } from './fixtures/command.ts';
import { isRealElectron } from './fixtures/desktop-application.ts';

test.skipIf(isRealElectron)('without a display the project opens in a browser, and ends when asked to', async () => {
  using place = new Place();
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...environment } = place.environment;
  const child = spawn(process.execPath, place.command('open', 'film.stringout'), { cwd: place.folder, env: { ...environment, HOME: place.folder }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.startsWith('the editor: ')) break;
  }
  const address = new URL(lines.at(-1)?.slice('the editor: '.length) ?? '');
  expect(lines.filter((line) => !line.startsWith('built: '))[0]).toBe('Electron cannot run here (there is no display), so the editor opens in your browser.');
  expect(address.searchParams.get('project')).toBe(place.path('film.stringout'));
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(302);
  child.kill('SIGTERM');
  await ended;
  await expect.poll(() => fetch(address).then(() => 'answers', () => 'gone'), { timeout: 60_000 }).toBe('gone');
});
