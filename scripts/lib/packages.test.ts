/** Installing, with a stand-in for npm that makes the folder npm would make: what is done, when, and what is left when it fails. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hasPackages, installPackages } from './packages.mjs';
import { withSetupLock } from './setup-lock.mjs';

const npm = `
const fs = require('fs');
fs.appendFileSync(process.env.CALLS, process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync(process.env.CALLS + '.broken')) { console.error('E404 no such package'); process.exit(1); }
const { dependencies, devDependencies } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
const wanted = { ...dependencies, ...(process.argv.includes('--include=dev') ? devDependencies : {}) };
for (const name of Object.keys(wanted)) {
  fs.mkdirSync('node_modules/' + name, { recursive: true });
  fs.writeFileSync('node_modules/' + name + '/package.json', '{}');
}
`;

let folder = '';
const calls = (): string[] => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') : []);
const installed = (name: string): boolean => existsSync(join(folder, 'node_modules', name, 'package.json'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stringout-packages-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: { one: '1' }, devDependencies: { two: '2' } }));
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  writeFileSync(join(folder, '.npmrc'), '');
  mkdirSync(join(folder, 'npm'));
  writeFileSync(join(folder, 'npm/npm-cli.js'), npm);
  vi.stubEnv('npm_execpath', join(folder, 'npm/npm-cli.js'));
  vi.stubEnv('CALLS', join(folder, 'calls'));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('installs what is wanted once, without scripts, and adds the development packages when they are', async () => {
  expect(hasPackages(folder, 'production')).toBe(false);
  await installPackages(folder, 'production', 'packages');
  await installPackages(folder, 'production', 'packages');
  expect([hasPackages(folder, 'production'), hasPackages(folder, 'all'), installed('two')]).toEqual([true, false, false]);
  await installPackages(folder, 'all', 'packages');
  expect([hasPackages(folder, 'production'), hasPackages(folder, 'all'), installed('two')]).toEqual([true, true, true]);
  expect(calls()).toHaveLength(2);
  expect(calls().every((call) => call.startsWith('ci --ignore-scripts'))).toBe(true);
});

it('keeps the development packages when a new lock is installed for the demo', async () => {
  await installPackages(folder, 'all', 'packages');
  writeFileSync(join(folder, 'package-lock.json'), '{"changed":true}');
  expect(hasPackages(folder, 'production')).toBe(false);
  await installPackages(folder, 'production', 'packages');
  expect(hasPackages(folder, 'all')).toBe(true);
});

it('repairs what was half deleted, cut short or made by another tool', async () => {
  await installPackages(folder, 'production', 'packages');
  rmSync(join(folder, 'node_modules/one'), { recursive: true });
  expect(hasPackages(folder, 'production')).toBe(false);
  await installPackages(folder, 'production', 'packages');
  writeFileSync(join(folder, 'node_modules/.stringout-setup.json'), '{"lock');
  await installPackages(folder, 'production', 'packages');
  expect(hasPackages(folder, 'production')).toBe(true);
  expect(calls()).toHaveLength(3);
});

it('shows what npm said when it fails, and leaves what was there as it was', async () => {
  await installPackages(folder, 'production', 'packages');
  writeFileSync(join(folder, 'package-lock.json'), '{"changed":true}');
  writeFileSync(join(folder, 'calls.broken'), '');
  await expect(installPackages(folder, 'production', 'packages')).rejects.toThrow(/E404[^]*npm could not get packages/);
  expect(installed('one')).toBe(true);
  rmSync(join(folder, 'calls.broken'));
  await installPackages(folder, 'production', 'packages');
  expect(hasPackages(folder, 'production')).toBe(true);
});

it('lets one set-up at a time in, and takes over from one that was killed', async () => {
  const lock = join(folder, 'out/setup.lock');
  mkdirSync(lock, { recursive: true });
  writeFileSync(join(lock, 'pid'), '4194999'); // above the highest process id of Linux
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, (inside += 1));
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
  };
  await Promise.all([withSetupLock(work, lock), withSetupLock(work, lock)]);
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});
