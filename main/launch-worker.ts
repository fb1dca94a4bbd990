/** Workers as Electron's utility processes: Node without a window, apart from this process. Its counterpart for plain Node is app/headless/launch-worker.ts. */
import { utilityProcess, type UtilityProcess } from 'electron';
import type { WorkerEvents, WorkerHandle, WorkerLauncher } from '../app/services/pool/launcher.ts';

/** Kept of what a worker writes to its standard error. */
const stderrBytes = 4096;
/** The name under which the system's crash reports and `child-process-gone` know them. */
export const workerService = 'Stringout worker';

/** `entry`: the built module that the processes run. */
export function workerLauncher(entry: string): WorkerLauncher {
  return { launch: (events) => launch(entry, events) };
}

function launch(entry: string, events: WorkerEvents): WorkerHandle {
  const child = utilityProcess.fork(entry, [], {
    serviceName: workerService,
    stdio: ['ignore', 'ignore', 'pipe'],
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
  let isKilled = false;
  child.stderr?.on('data', (text: Buffer) => { stderr = (stderr + text.toString()).slice(-stderrBytes); });
  child.on('message', (message: unknown) => { if (!isOver) events.message(message); });
  child.once('exit', (code) => {
    isOver = true;
    events.exit({ code, signal: isKilled ? 'SIGKILL' : null, stderr });
  });
  return {
    // Known once it has started.
    get pid() { return child.pid; },
    send: (message) => { if (!isOver) post(child, message); },
    kill: () => {
      isKilled = true;
      killNow(child);
    },
  };
}

/** `kill()` of Electron asks first, and a worker that hangs does not hear it. */
function killNow(child: UtilityProcess): void {
  try {
    if (child.pid === undefined) child.kill();
    else process.kill(child.pid, 'SIGKILL');
  } catch {
    child.kill(); // it ended meanwhile
  }
}

function post(child: UtilityProcess, message: unknown): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  child.postMessage(message);
}
