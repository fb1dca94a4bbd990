/** `npm run e2e:electron`: the desktop's specs on real Electron, on a machine with a display where it runs. `npm test` runs them on a stand-in. */
import { join } from 'node:path';
import { electronBinary, fetchElectron } from './lib/electron-binary.ts';
import { root } from './lib/node24.mjs';
import { runChild } from './lib/run-child.mjs';

const obstacle = electronBinary() === null ? await fetchElectron((line) => { process.stdout.write(`${line}\n`); }) : null;
const path = electronBinary();
if (path === null) {
  process.stderr.write(`The specs were not run on Electron: ${obstacle ?? 'its program is not here'}.\n`);
  process.exitCode = 1;
} else {
  process.exitCode = await runChild(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', 'e2e/electron'], {
    cwd: root, env: { ...process.env, STRINGOUT_ELECTRON: path },
  });
}
