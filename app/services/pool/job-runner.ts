/**
 * Runs jobs: a slot of its kind, a lease of memory, a worker. A worker that died or hung costs its job one retry on a fresh process,
 * then an error that names the clip.
 */
import { StringoutError, withPlace, type ErrorPlace } from '../../base/errors.ts';
import type { JobKind, JobProgress, JobRequest, JobResult } from '../../contract/worker.ts';
import type { MemoryManager } from '../optimization/memory-manager.ts';
import { memoryNeeded, silenceMs } from './job-needs.ts';
import { checkResult } from './job-result.ts';
import { Slots } from './slots.ts';
import type { WorkerPool } from './worker-pool.ts';

export type RunnerOptions = {
  /** Most workers at once. */
  readonly workers: number;
  /** One deadline for all kinds in place of the usual ones. */
  readonly silenceMs?: number;
};

type RunOptions = { readonly signal: AbortSignal; readonly onProgress?: (progress: JobProgress) => void };

/** Indexing is short work: more processes than this cost more memory than they save time. */
const indexersAtMost = 4;

export class PooledJobRunner {
  readonly #pool: WorkerPool;
  readonly #memory: MemoryManager;
  readonly #silenceMs: (kind: JobKind) => number;
  readonly #indexers: Slots;
  /** Twice the workers, so that none waits for the next job to be thought of. */
  readonly concurrency: number;

  constructor(pool: WorkerPool, memory: MemoryManager, options: RunnerOptions) {
    this.#pool = pool;
    this.#memory = memory;
    this.#silenceMs = (kind) => options.silenceMs ?? silenceMs(kind);
    this.concurrency = 2 * options.workers;
    this.#indexers = new Slots(Math.min(indexersAtMost, options.workers));
  }

  narrow(): void {
    this.#pool.trim(1);
  }

  async run<K extends JobKind>(request: Extract<JobRequest, { kind: K }>, options: RunOptions): Promise<JobResult<K>> {
    const giveBack = request.kind === 'source.index' || request.kind === 'sources.index' ? await this.#indexers.take(options.signal) : () => undefined;
    try {
      const result = await this.#attempt(request, options, false).catch((error: unknown) => {
        if (!isWorkerFault(error) || options.signal.aborted) throw error;
        return this.#attempt(request, options, true);
      });
      return await checkResult<K>(request.kind, result);
    } catch (error) {
      const place = placeOf(request);
      throw withPlace(isWorkerFault(error) ? afterRetry(error, place) : error, place);
    } finally {
      giveBack();
    }
  }

  async #attempt(request: JobRequest, { signal, onProgress }: RunOptions, onFreshWorker: boolean): Promise<unknown> {
    const lease = await this.#memory.acquire(memoryNeeded(request), signal);
    try {
      return await this.#pool.run(request, {
        signal, onProgress, onFreshWorker, silenceMs: this.#silenceMs(request.kind),
        isOutgrown: (pid) => this.#memory.hasOutgrown(pid, lease),
      });
    } finally {
      lease.release();
    }
  }
}

function isWorkerFault(error: unknown): error is StringoutError {
  return error instanceof StringoutError && (error.code === 'worker.crashed' || error.code === 'worker.timeout');
}

function afterRetry(error: StringoutError, { file, clip }: ErrorPlace): StringoutError {
  const isOfMedia = file !== undefined || clip !== undefined;
  const advice = isOfMedia ? ': the media may be damaged, so transcode or replace it, or leave it out' : '';
  return new StringoutError(error.code, `${error.message}; it was tried twice${advice}`, error.place, { cause: error });
}

/** Sound of several clips names the first one. */
function placeOf(request: JobRequest): ErrorPlace {
  switch (request.kind) {
    case 'source.index': return { file: request.path };
    case 'picture.encode': return { clip: request.clip };
    case 'sound.render': return { clip: request.pieces[0]?.parts[0]?.clip };
    default: return {};
  }
}
