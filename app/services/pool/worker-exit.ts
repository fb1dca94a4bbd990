/** Why a worker process ended, in words: a crash, a kill and an exit are told apart. */
import { StringoutError } from '../../base/errors.ts';
import type { WorkerExit } from './launcher.ts';

const outOfMemory = /heap out of memory|allocation failed|bad_alloc|cannot allocate memory|ENOMEM/i;

export function crashError(exit: WorkerExit): StringoutError {
  return new StringoutError('worker.crashed', `the worker process ${describeExit(exit)}`);
}

function describeExit({ code, signal, stderr }: WorkerExit): string {
  if (outOfMemory.test(stderr)) return 'ran out of memory';
  if (signal === 'SIGKILL') return 'was killed (SIGKILL), by the system if memory was short';
  const lastLine = stderr.trim().split('\n').findLast((line) => /error/i.test(line))?.trim();
  const detail = lastLine ? `: ${lastLine.slice(0, 300)}` : '';
  return signal ? `crashed (${signal})${detail}` : `ended with exit code ${code}${detail}`;
}
