/** Where what can be made again is kept, unless the user says otherwise. */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export function defaultCacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  // The XDG base directory specification: a relative path is to be ignored.
  return join(base && isAbsolute(base) ? base : join(homedir(), '.cache'), 'stringout');
}
