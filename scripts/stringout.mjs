#!/usr/bin/env node
// The `stringout` command. Starts under whatever Node the system has, and runs the command line under Node 24:
// in this process where it is new enough, else by starting itself again. Imports little: each start pays for it.
import { isNode24, ownNode24Path, platform } from './lib/node24.mjs';

const startedByLauncher = 'STRINGOUT_LAUNCHED';
const notSetUp = 'stringout: not set up yet: run `npm run setup` in the folder of Stringout once.';

if (isNode24) {
  const { enableCompileCache } = await import('node:module');
  process.env['NODE_COMPILE_CACHE'] ??= compileCacheFolder(); // the workers use it too
  enableCompileCache(process.env['NODE_COMPILE_CACHE']);
  if (process.env[startedByLauncher] !== undefined) endWithLauncher();
  await runHere();
} else {
  process.exitCode = await launch();
}

async function runHere() {
  try {
    await import('../app/headless/cli/main.ts');
  } catch (error) {
    // Node 24 is there without the packages: half a set-up, or a system Node that is new enough.
    if (!(error instanceof Error) || !error.message.startsWith('Cannot find package')) throw error;
    process.exitCode = refuse(notSetUp);
  }
}

async function launch() {
  const node = ownNode24Path();
  if (node === null) return refuse(`stringout: needs Node 24 or later, and npm carries none for ${platform}: install it from https://nodejs.org.`);
  const { runChild } = await import('./lib/run-child.mjs');
  const { fileURLToPath } = await import('node:url');
  const args = ['--disable-warning=ExperimentalWarning', fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  try {
    return await runChild(node, args, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, [startedByLauncher]: '1' },
    });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
    return refuse(notSetUp);
  }
}

/** Should the launcher be killed outright, its terminal is free and nobody waits: stop as if asked to. */
function endWithLauncher() {
  delete process.env[startedByLauncher];
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel?.unref();
}

function compileCacheFolder() {
  const { env } = process;
  const base = env['XDG_CACHE_HOME'] ?? env['LOCALAPPDATA'] ?? `${env['HOME'] ?? '.'}/.cache`;
  return `${base}/stringout/compiled`;
}

/** @param {string} message */
function refuse(message) {
  process.stderr.write(`${message}\n`);
  return 1;
}
