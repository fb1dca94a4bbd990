/**
 * `npm start [-- project]` and `stringout open [project]`: builds what has changed, then opens the project in Electron; where that cannot run,
 * the same editor in a browser.
 */
import { spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildApplication } from './build.ts';
import { electronObstacle, fetchElectron } from './lib/electron-binary.ts';
import { root } from './lib/node24.mjs';
import { runChild } from './lib/run-child.mjs';

/** An end so early and so unasked is a failure to start. */
const startsWithinMs = 10_000;

/** npm runs scripts in the project's folder, and says where the user stood. */
const folder = process.env['INIT_CWD'] ?? process.cwd();
const [named] = process.argv.slice(2);
const project = named === undefined ? null : resolve(folder, named);

if (project !== null && !project.endsWith('.stringout')) {
  process.stderr.write('a project\'s name ends in .stringout\n');
  process.exitCode = 2;
} else {
  const built = await buildApplication();
  if (built.length > 0) process.stdout.write(`built: ${built.join(', ')}\n`);
  const obstacle = electronObstacle() ?? await runElectron();
  if (obstacle !== null) {
    process.stdout.write(`Electron cannot run here (${obstacle}), so the editor opens in your browser.\n`);
    process.exitCode = await serve();
  }
}

/** Null: it ran, and its exit code is ours; else why it did not. */
async function runElectron(): Promise<string | null> {
  const electron = await fetchElectron();
  if ('why' in electron) return electron.why;
  const started = performance.now();
  const child = spawn(electron.path, [root, ...(project === null ? [] : [project])], { stdio: 'inherit', env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined } });
  let isAsked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      isAsked = true;
      child.kill(signal);
    });
  }
  return new Promise((done) => {
    child.once('error', ({ message }) => { done(message); });
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? 1;
      done(code === 0 || isAsked || performance.now() - started > startsWithinMs ? null : `it ended with ${signal ?? code}`);
    });
  });
}

/** Footage may lie anywhere among the user's own files, as on the desktop. */
function serve(): Promise<number> {
  const path = project ?? join(homedir(), 'Documents/Stringout/Untitled.stringout');
  return runChild(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'scripts/stringout.mjs'), 'serve', path, '--root', homedir(), dirname(path)], {});
}
