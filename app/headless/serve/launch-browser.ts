/** Opens an address in the user's browser, where there is one: a server in a rack has none, and that is no error. */
import { spawn } from 'node:child_process';

export async function launchBrowser(address: string): Promise<boolean> {
  const [command, ...args] = process.platform === 'darwin' ? ['open', address]
    : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : ['xdg-open', address];
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return false;
  return new Promise((resolve) => {
    const child = spawn(command ?? '', args, { stdio: 'ignore', detached: true });
    child.once('error', () => { resolve(false); });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
