/** `npm run e2e:electron`: the desktop's specs on real Electron, on a machine where it runs. Elsewhere `npm test` runs them on a stand-in. */
import { join } from 'node:path';
import { electronObstacle, fetchElectron } from './lib/electron-binary.ts';
import { root } from './lib/node24.mjs';
import { runChild } from './lib/run-child.mjs';

const obstacle = electronObstacle();
const electron = obstacle === null ? await fetchElectron() : { why: obstacle };
if ('path' in electron) {
  process.exitCode = await runChild(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'e2e', 'e2e/electron'], {
    cwd: root, env: { ...process.env, STRINGOUT_ELECTRON: electron.path },
  });
} else {
  process.stderr.write(`The specs were not run on Electron: ${electron.why}.\n`);
  process.exitCode = 1;
}
