/** Runs a command: its errors flattened once, its exit code set, interruption told. */
import { describeError, flattenError } from '../../base/errors.ts';
import { interruption } from './interruption.ts';

/** Whoever reads may stop reading, as `head` does: the work goes on, and what it says goes nowhere. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Ends the process with the action's own code, or with what its error calls for. */
export async function runAction(action: () => Promise<number>): Promise<void> {
  process.exitCode = await action().catch((error: unknown) => {
    const signal = interruption.signalNumber;
    if (signal !== null) {
      process.stderr.write(`interrupted: ${interruption.state}\n`);
      return 128 + signal;
    }
    const flat = flattenError(error);
    process.stderr.write(`stringout: ${describeError(flat)}\n`);
    if (flat.code === 'internal' && process.env['STRINGOUT_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return flat.code === 'usage' ? 2 : 1;
  });
}
