/** What went wrong, for who looks afterwards: one text file beside the settings, started anew when it has grown. Never fails. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const largestBytes = 1024 * 1024;

export function fileLog(path: string): (text: string) => void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(path, `${path}.old`);
  } catch (error) {
    process.stderr.write(`no log can be kept: ${String(error)}\n`);
  }
  return (text) => {
    process.stderr.write(`${text}\n`);
    try {
      appendFileSync(path, `${new Date().toISOString()} ${text}\n`);
    } catch {
      return; // it was said on standard error
    }
  };
}
