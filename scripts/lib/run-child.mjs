// A child process that stands in for this one: same terminal, same signals, same exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs the command to its end and resolves to the exit code this process should leave with: the child's own, or
 * 128 + the signal's number (130 for Ctrl-C, 143 for SIGTERM) as shells count.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
export function runChild(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    // A terminal sends Ctrl-C to the whole group: passing it on as well would count as a second, impatient one.
    const onTerminal = process.stdin.isTTY || process.stderr.isTTY;
    process.on('SIGINT', () => onTerminal || child.kill('SIGINT'));
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}
