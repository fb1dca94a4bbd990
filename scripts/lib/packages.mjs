// Installs what a package-lock.json lists, beside the folder in use, and swaps it in when it is complete.
// Install scripts never run: nothing here needs one, and older versions of npm cannot be told which to allow.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {'production' | 'all'} PackageSet */

const stampName = 'node_modules/.stringout-setup.json';

/**
 * Whether the folder's packages are those of its lock. Reads only a few small files: every command asks it.
 * @param {string} folder
 * @param {PackageSet} wanted
 */
export function hasPackages(folder, wanted) {
  const stamp = readStamp(folder);
  if (stamp === null || stamp.lock !== lockHash(folder) || (wanted === 'all' && stamp.packages !== 'all')) return false;
  const { dependencies = {}, devDependencies = {} } = readJson(join(folder, 'package.json'));
  const direct = [...Object.keys(dependencies), ...(stamp.packages === 'all' ? Object.keys(devDependencies) : [])];
  return direct.every((name) => existsSync(join(folder, 'node_modules', name, 'package.json')));
}

/**
 * @param {string} folder
 * @param {PackageSet} wanted 'all' has those for development too; where they are there already, they stay
 * @param {string} what for the progress line
 */
export async function installPackages(folder, wanted, what) {
  if (hasPackages(folder, wanted)) return; // somebody else's set-up ended meanwhile
  const packages = readStamp(folder)?.packages === 'all' ? 'all' : wanted;
  const staging = join(folder, 'node_modules.tmp');
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(folder, name), join(staging, name));
  const lock = lockHash(staging);
  await npmInstall(staging, packages, what);
  writeFileSync(join(staging, stampName), JSON.stringify({ lock, packages }));
  const old = join(folder, 'node_modules.old.tmp');
  rmSync(old, { recursive: true, force: true });
  if (existsSync(join(folder, 'node_modules'))) renameSync(join(folder, 'node_modules'), old);
  renameSync(join(staging, 'node_modules'), join(folder, 'node_modules'));
  for (const left of [staging, old]) rmSync(left, { recursive: true, force: true });
}

/**
 * @param {string} folder
 * @param {PackageSet} packages
 * @param {string} what
 * @returns {Promise<void>}
 */
function npmInstall(folder, packages, what) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const [command, ...first] = npmCommand();
  const args = [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', packages === 'all' ? '--include=dev' : '--omit=dev'];
  process.stderr.write(`getting ${what} ...\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    const ticker = setInterval(() => process.stderr.write(`getting ${what} ... ${seconds()}\n`), 5000);
    child.on('error', (error) => finish(`npm could not be started (${error.message}): install npm and run this again.`));
    child.on('close', (code) => finish(code === 0 ? null : `${Buffer.concat(output).toString()}\nnpm could not get ${what} (exit code ${code}): see above, and run this again.`));
    /** @param {string | null} trouble */
    function finish(trouble) {
      clearInterval(ticker);
      if (trouble !== null) return reject(new Error(trouble));
      process.stderr.write(`getting ${what} ... done in ${seconds()}\n`);
      resolve();
    }
  });
}

/** The npm that runs us, where one does: a machine can have several. @returns {[string, ...string[]]} */
function npmCommand() {
  const running = process.env['npm_execpath'];
  return running?.endsWith('npm-cli.js') === true ? [process.execPath, running] : ['npm'];
}

/** @param {string} folder */
function lockHash(folder) {
  return createHash('sha256').update(readFileSync(join(folder, 'package-lock.json'))).digest('hex');
}

/** @param {string} folder @returns {{ lock: string, packages: PackageSet } | null} */
function readStamp(folder) {
  try {
    return readJson(join(folder, stampName));
  } catch {
    return null; // missing or cut short: installed anew
  }
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
