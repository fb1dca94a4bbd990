/** Electron's program: npm's package fetches it when it is first wanted, from its makers' releases, which cannot be reached everywhere. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const packageFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
/** About 120 MB: a hang guard for slow lines. */
const fetchWithinMs = 5 * 60_000;
/** No answer by then is none. */
const answerWithinMs = 10_000;

/** What keeps it from running here, as the rest of a sentence; null: nothing that can be told before. */
export function electronObstacle(): string | null {
  if (process.platform !== 'linux') return null;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display';
  return process.getuid?.() === 0 ? 'its sandbox does not work for root' : null;
}

/** Its path, fetched if it is not there yet; or why it is not to be had, as the rest of a sentence. */
export async function fetchElectron(): Promise<{ readonly path: string } | { readonly why: string }> {
  const known = installedPath();
  if (known !== null) return { path: known };
  const source = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? 'https://github.com';
  if (!isBehindProxy() && !await answers(source)) return { why: `${URL.parse(source)?.host ?? source} does not answer` };
  process.stdout.write('fetching Electron (about 120 MB, once) ...\n');
  const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'], timeout: fetchWithinMs });
  const [complaint, code] = await Promise.all([text(child.stderr), new Promise<number | null>((resolve) => {
    child.once('error', () => { resolve(1); });
    child.once('exit', resolve);
  })]);
  const path = installedPath();
  if (path !== null) return { path };
  return { why: code === null ? 'fetching it took too long' : complaint.split('\n').find((line) => line.trim() !== '')?.trim() ?? 'it could not be fetched' };
}

function installedPath(): string | null {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist'), readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

/** Any answer at all will do. */
async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(answerWithinMs) });
    return true;
  } catch {
    return false;
  }
}

/** Then only the package itself knows the way. */
function isBehindProxy(): boolean {
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'GLOBAL_AGENT_HTTPS_PROXY'].some((name) => process.env[name]);
}
