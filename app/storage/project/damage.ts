/** What the user is told when a project file cannot be read: where the last good copy lies, and how to go on with it. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { StringoutError } from '../../base/errors.ts';

export function backupPath(path: string): string {
  return `${path}.backup`;
}

export function damaged(path: string, detail: string, cause?: unknown): StringoutError {
  const backup = statSync(backupPath(path), { throwIfNoEntry: false });
  const way = backup
    ? `Its last good copy, of ${backup.mtime.toLocaleString('sv-SE')}, is ${backupPath(path)}. `
      + `Rename the damaged file, rename the copy to ${JSON.stringify(basename(path))}, and open it.`
    : 'There is no backup beside it; go back to a copy that you made, or to the backup of your disk.';
  return new StringoutError('storage.corrupt', `the project file is damaged (${detail}) and was left as it is. ${way}`, { file: path }, { cause });
}
