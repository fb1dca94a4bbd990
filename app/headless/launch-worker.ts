/** Workers as forked Node processes; Node runs their TypeScript as it stands. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WorkerEvents, WorkerHandle, WorkerLauncher } from '../services/pool/launcher.ts';

const workerEntry = new URL('../../native/worker/entry.ts', import.meta.url);
/** Kept of what a worker writes to its standard error. */
const stderrBytes = 4096;

/** `entry`: the module that the processes run. NODE_COMPILE_CACHE, which they inherit, halves their start and saves 30 MB each. */
export function workerLauncher(entry: URL = workerEntry): WorkerLauncher {
  return { launch: (events) => launch(fileURLToPath(entry), events) };
}

function launch(path: string, events: WorkerEvents): WorkerHandle {
  const child = fork(path, [], {
    serialization: 'advanced',
    // Tables of samples come and go: a small nursery keeps a worker small, and costs no time.
    execArgv: ['--max-semi-space-size=2'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      ...process.env,
      // Freed pictures go back to the system: 4K H.264 keeps 108 MB otherwise.
      MALLOC_MMAP_THRESHOLD_: '131072',
      // SVT-AV1 writes to standard error whatever FFmpeg's log level is.
      SVT_LOG: '1',
    },
  });
  let stderr = '';
  let isOver = false;
  const end = (code: number | null, signal: string | null): void => {
    if (isOver) return;
    isOver = true;
    events.exit({ code, signal, stderr });
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { stderr = (stderr + text).slice(-stderrBytes); });
  child.on('message', (message) => { if (!isOver) events.message(message); });
  child.on('error', (error) => {
    stderr += `\n${error.message}`;
    if (child.pid === undefined) end(null, null); // It could not be started, so there will be no exit.
  });
  // Not 'exit': what it said last must be read first.
  child.on('close', end);
  return {
    pid: child.pid,
    send: (message) => post(child, message),
    kill: () => { child.kill('SIGKILL'); },
  };
}

function post(child: ChildProcess, message: unknown): void {
  if (!child.connected) return;
  // A failure to send is the process's end, which is told by 'close'.
  child.send(message as object, () => undefined);
}
