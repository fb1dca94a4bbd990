// One set-up at a time in a project: a folder that only one process can make, with the maker's id in it.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from './node24.mjs';

const pollMilliseconds = 200;

/**
 * @param {() => Promise<void>} work
 * @param {string} folder the lock; its parent is made if it is missing
 */
export async function withSetupLock(work, folder = join(root, 'out/setup.lock')) {
  mkdirSync(join(folder, '..'), { recursive: true });
  for (let said = false; !take(folder); said = true) {
    if (!said) process.stderr.write('waiting for another set-up to end ...\n');
    await wait(pollMilliseconds);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} folder */
function take(folder) {
  // Made complete under another name: a lock without its owner's id is never seen.
  const own = `${folder}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'pid'), String(process.pid));
  try {
    renameSync(own, folder); // fails on a folder that is there and not empty
    return true;
  } catch {
    rmSync(own, { recursive: true, force: true });
    if (isAbandoned(folder)) breakLock(folder);
    return false;
  }
}

/** @param {string} folder */
function isAbandoned(folder) {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

/** @param {string} folder */
function breakLock(folder) {
  const taken = `${folder}.broken.${process.pid}`;
  try {
    renameSync(folder, taken); // of several who find it abandoned, one wins
    rmSync(taken, { recursive: true, force: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
}
