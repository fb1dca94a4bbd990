// Sets the project up on a plain clone and runs one of its commands under Node 24. Starts on Node 18 with nothing
// installed, does only what is missing, and leaves no half-installed state: each install is made in a folder of its
// own and renamed into place, so that whatever runs beside it keeps its files.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { isNode24, ownNode24Path, platform, root } from './lib/node24.mjs';
import { hasPackages, installPackages } from './lib/packages.mjs';
import { runChild } from './lib/run-child.mjs';
import { withSetupLock } from './lib/setup-lock.mjs';

/** @typedef {{ readonly script: string | null, readonly args: readonly string[], readonly packages: import('./lib/packages.mjs').PackageSet }} Command */

/** @type {Readonly<Record<string, Command>>} */
const commands = {
  setup: { script: null, args: [], packages: 'production' },
  start: { script: 'scripts/start.ts', args: [], packages: 'all' },
  demo: { script: 'scripts/stringout.mjs', args: ['demo'], packages: 'production' },
  bench: { script: 'bench/run.ts', args: [], packages: 'all' },
  check: { script: 'scripts/check.ts', args: [], packages: 'all' },
  test: { script: 'scripts/test.ts', args: [], packages: 'all' },
  'e2e:electron': { script: 'scripts/e2e-electron.ts', args: [], packages: 'all' },
};

const [name = '', ...rest] = process.argv.slice(2);
const command = commands[name];
try {
  if (command === undefined) throw new Error(`usage: node scripts/bootstrap.mjs ${Object.keys(commands).join('|')}`);
  process.exitCode = await run(command);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** @param {Command} wanted */
async function run({ script, args, packages }) {
  const node = await ensureNode24();
  if (!hasPackages(root, packages)) {
    await withSetupLock(() => installPackages(root, packages, 'the packages Stringout needs'));
  }
  if (script === null) {
    process.stdout.write('Stringout is set up: `npm run demo` shows it, `npm run stringout -- --help` lists its commands.\n');
    return 0;
  }
  const childArgs = ['--disable-warning=ExperimentalWarning', join(root, script), ...args, ...rest];
  return runChild(node, childArgs, { env: { ...process.env, PATH: [dirname(node), process.env['PATH']].join(delimiter) } });
}

/** The path of a Node 24 or later: this one, or the project's own, fetched if it is not there yet. */
async function ensureNode24() {
  if (isNode24) return process.execPath;
  const path = ownNode24Path();
  if (path === null) throw new Error(`Stringout needs Node 24 or later, and npm carries none for ${platform}: install it from https://nodejs.org and run this again.`);
  const folder = join(root, 'tools/node24');
  if (!hasPackages(folder, 'production')) {
    await withSetupLock(() => installPackages(folder, 'production', 'Node 24'));
    if (spawnSync(path, ['--version']).status !== 0) {
      throw new Error(`The Node 24 that npm carries does not run on this system: install Node 24 or later from https://nodejs.org and run this again.`);
    }
  }
  return path;
}
