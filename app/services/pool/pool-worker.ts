/**
 * One worker process as a state machine: starting -> idle <-> busy -> closing -> gone. Only an idle worker takes a job; one that failed
 * its handshake, hung or spoke nonsense is killed and can never come back. A job settles on exactly one of result, failure or exit.
 */
import { StringoutError, unflattenError } from '../../base/errors.ts';
import type { HostMessage, JobProgress, JobRequest, workerProtocolVersion } from '../../contract/worker.ts';
import type { WorkerExit, WorkerHandle, WorkerLauncher } from './launcher.ts';
import { crashError } from './worker-exit.ts';
import { parseWorkerMessage } from './worker-message.ts';

/** The contract's, by type only: importing it would load zod. */
const protocolVersion: typeof workerProtocolVersion = 1;

export type WorkerLimits = {
  /** From launch to `ready`. */
  readonly handshakeMs: number;
  /** From `cancel` or `exit` to the kill. */
  readonly graceMs: number;
};

export type WorkerRun = {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  /** A job that makes no progress for so long is killed: worker.timeout. */
  readonly silenceMs: number;
};

type State = 'starting' | 'idle' | 'busy' | 'closing' | 'gone';

type Job = {
  readonly id: number;
  readonly run: WorkerRun;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: StringoutError) => void;
  done: number;
};

export class PoolWorker {
  readonly #handle: WorkerHandle;
  readonly #limits: WorkerLimits;
  readonly #ready = Promise.withResolvers<void>();
  readonly #exited = Promise.withResolvers<void>();
  #state: State = 'starting';
  #job: Job | null = null;
  /** Why it is gone. */
  #end: StringoutError | null = null;
  #nextId = 1;
  /** Handshake, silence or grace: only one of them runs at a time. */
  #timer: NodeJS.Timeout | undefined;
  /** Last resident size it told of itself, bytes; 0 unknown. */
  reportedRss = 0;

  constructor(launcher: WorkerLauncher, limits: WorkerLimits) {
    this.#limits = limits;
    this.#ready.promise.catch(() => undefined); // Whoever runs a job sees it; an unused worker's failure concerns nobody.
    this.#handle = launcher.launch({ message: (value) => this.#onMessage(value), exit: (exit) => this.#onExit(exit) });
    this.#arm(limits.handshakeMs, () => this.#fail(new StringoutError('worker.timeout', 'the worker process did not start in time')));
  }

  get pid(): number | undefined { return this.#handle.pid; }
  get isIdle(): boolean { return this.#state === 'idle' || this.#state === 'starting'; }
  get isGone(): boolean { return this.#state === 'gone'; }

  /** Throws worker.crashed, worker.timeout, cancelled, or what the job failed with. One job at a time. */
  async run(request: JobRequest, run: WorkerRun): Promise<unknown> {
    await this.#ready.promise;
    if (this.#end) throw this.#end; // It died in idleness.
    if (run.signal.aborted) throw cancelled();
    if (this.#state !== 'idle') throw new StringoutError('internal', `a job was given to a worker that is ${this.#state}`);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const job: Job = { id: this.#nextId++, run, resolve, reject, done: -1 };
    const onAbort = (): void => this.#cancel(job);
    this.#state = 'busy';
    this.#job = job;
    this.#watch(job);
    run.signal.addEventListener('abort', onAbort, { once: true });
    this.#send({ type: 'start', id: job.id, request });
    try {
      return await promise;
    } finally {
      run.signal.removeEventListener('abort', onAbort);
    }
  }

  /** Asks politely, then kills; resolves when the process is gone. */
  async close(): Promise<void> {
    if (this.#state !== 'gone' && this.#state !== 'closing') {
      this.#state = 'closing';
      this.#send({ type: 'exit' });
      this.#arm(this.#limits.graceMs, () => this.#handle.kill());
    }
    await this.#exited.promise;
  }

  #onMessage(value: unknown): void {
    const message = parseWorkerMessage(value);
    if (!message) return this.#fail(new StringoutError('worker.protocol', 'the worker sent what is no message of the protocol'));
    if (message.type === 'ready') return this.#onReady(message.protocol);
    const job = this.#job;
    if (!job || message.id !== job.id) return;
    if ('rss' in message && message.rss !== undefined) this.reportedRss = message.rss;
    switch (message.type) {
      case 'progress': return this.#onProgress(job, message.progress);
      case 'done': return this.#settle((settled) => settled.resolve(message.result));
      case 'failed': return this.#settle((settled) => settled.reject(unflattenError(message.error)));
    }
  }

  #onReady(protocol: number): void {
    if (this.#state !== 'starting') return;
    if (protocol !== protocolVersion) {
      return this.#fail(new StringoutError('worker.protocol', `the worker speaks version ${protocol} of the protocol, not ${protocolVersion}: install Stringout again`));
    }
    clearTimeout(this.#timer);
    this.#state = 'idle';
    this.#ready.resolve();
  }

  #onProgress(job: Job, progress: JobProgress): void {
    if (progress.done <= job.done) return;
    job.done = progress.done;
    if (!job.run.signal.aborted) this.#watch(job);
    job.run.onProgress?.(progress);
  }

  /** The deadline starts anew. */
  #watch(job: Job): void {
    const { silenceMs } = job.run;
    this.#arm(silenceMs, () => this.#fail(new StringoutError('worker.timeout', `made no progress for ${Math.round(silenceMs / 1000)} s and was stopped`)));
  }

  #cancel(job: Job): void {
    if (this.#job !== job) return;
    this.#send({ type: 'cancel', id: job.id });
    this.#arm(this.#limits.graceMs, () => this.#fail(cancelled()));
  }

  #settle(how: (job: Job) => void): void {
    const job = this.#job;
    if (!job) return;
    clearTimeout(this.#timer);
    this.#job = null;
    if (this.#state === 'busy') this.#state = 'idle';
    how(job);
  }

  /** The process is not to be trusted any more: kill it, and tell the one who waits why. */
  #fail(error: StringoutError): void {
    this.#over(error);
    this.#handle.kill();
  }

  #onExit(exit: WorkerExit): void {
    this.#over(this.#job?.run.signal.aborted ? cancelled() : crashError(exit));
    this.#exited.resolve();
  }

  #over(error: StringoutError): void {
    clearTimeout(this.#timer);
    this.#state = 'gone';
    this.#end ??= error;
    this.#ready.reject(error);
    this.#settle((job) => job.reject(error));
  }

  #send(message: HostMessage): void {
    this.#handle.send(message);
  }

  #arm(milliseconds: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, milliseconds);
  }
}

function cancelled(): StringoutError {
  return new StringoutError('cancelled', 'cancelled');
}
