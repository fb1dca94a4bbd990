/** The desktop editor: what it needs beyond the command line (Electron, the built interface) is the business of the clone's own `start`. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StringoutError } from '../../../base/errors.ts';
import { interruption } from '../interruption.ts';

const bootstrap = fileURLToPath(new URL('../../../../scripts/bootstrap.mjs', import.meta.url));

/** Until the editor ends; its exit code. */
export async function openAction(project: string | undefined): Promise<number> {
  if (!existsSync(bootstrap)) throw new StringoutError('usage', 'this installation has no desktop editor: use `stringout serve`');
  const args = project === undefined ? [] : [resolve(project)];
  const child = spawn(process.execPath, [bootstrap, 'start', ...args], { stdio: 'inherit' });
  interruption.signal.addEventListener('abort', () => { child.kill('SIGTERM'); }, { once: true });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => { done(code ?? 1); });
  });
}
