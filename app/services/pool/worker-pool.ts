/**
 * Worker processes, started when a job needs one and used again. How many run at once is not decided here: who calls run() holds a
 * lease of the MemoryManager, so there are never more workers than leases were ever out at one time.
 */
import { StringoutError } from '../../base/errors.ts';
import type { JobRequest } from '../../contract/worker.ts';
import type { WorkerLauncher } from './launcher.ts';
import { PoolWorker, type WorkerLimits, type WorkerRun } from './pool-worker.ts';

export type PoolOptions = WorkerLimits & {
  /** Most processes at once. */
  readonly size: number;
};

export type PoolRun = WorkerRun & {
  /** Idle workers are ended first: a job that has just crashed one gets a process with no past. */
  readonly onFreshWorker: boolean;
  /** Asked after the job: is the process to be replaced? */
  readonly isOutgrown: (pid: number) => boolean;
};

export class WorkerPool {
  readonly #launcher: WorkerLauncher;
  readonly #options: PoolOptions;
  readonly #workers = new Set<PoolWorker>();
  readonly #busy = new Set<PoolWorker>();
  #isClosed = false;

  constructor(launcher: WorkerLauncher, options: PoolOptions) {
    this.#launcher = launcher;
    this.#options = options;
  }

  /** Process ids with the resident bytes that the worker told of itself (0: nothing told). */
  processes(): { readonly pid: number; readonly reportedRss: number }[] {
    return [...this.#workers].flatMap(({ pid, reportedRss }) => (pid === undefined ? [] : [{ pid, reportedRss }]));
  }

  /** Runs the job on an idle worker or a new one. */
  async run(request: JobRequest, run: PoolRun): Promise<unknown> {
    if (this.#isClosed) throw new StringoutError('cancelled', 'the program is ending');
    if (run.onFreshWorker) this.trim();
    const worker = this.#take();
    try {
      return await worker.run(request, run);
    } finally {
      this.#busy.delete(worker);
      if (worker.isGone) this.#workers.delete(worker);
      else if (worker.pid === undefined || run.isOutgrown(worker.pid)) void this.#retire(worker);
    }
  }

  /** Ends idle workers but for `kept` of them, to give their memory back. */
  trim(kept = 0): void {
    const idle = [...this.#workers].filter((worker) => !this.#busy.has(worker));
    for (const worker of idle.slice(kept)) void this.#retire(worker);
  }

  /** No new jobs; running ones should have been cancelled by their signals. Resolves when every process is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#workers].map((worker) => this.#retire(worker)));
  }

  #take(): PoolWorker {
    for (const worker of this.#workers) {
      if (worker.isGone) this.#workers.delete(worker);
    }
    let worker = [...this.#workers].find((candidate) => candidate.isIdle && !this.#busy.has(candidate));
    if (!worker) {
      if (this.#busy.size >= this.#options.size) throw new StringoutError('internal', 'more jobs than workers: a job ran without a lease');
      worker = new PoolWorker(this.#launcher, this.#options);
      this.#workers.add(worker);
    }
    this.#busy.add(worker);
    return worker;
  }

  async #retire(worker: PoolWorker): Promise<void> {
    await worker.close();
    this.#workers.delete(worker);
  }
}
