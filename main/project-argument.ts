/** The project that a command line names, as the system gives it for a double click and `stringout open` passes it on. */
import { resolve } from 'node:path';

/**
 * Null where none is named. `argv` holds the program, in development also the application's folder; switches of Chromium may stand anywhere.
 * Only names that end in .stringout count, so that no switch's value is taken for one.
 */
export function projectArgument(argv: readonly string[], folder: string): string | null {
  const named = argv.slice(1).find((argument) => !argument.startsWith('-') && argument.endsWith('.stringout'));
  return named === undefined ? null : resolve(folder, named);
}
