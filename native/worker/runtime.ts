/**
 * The worker's side of the protocol: one job at a time, progress, cancellation. The process ends when it is asked to or when its
 * parent is gone; a job that runs then is cancelled first, so that it removes its temporary files.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { flattenError, StringoutError } from '../../app/base/errors.ts';
import type { JobKind, JobRequest, JobResult, WorkerMessage, workerProtocolVersion } from '../../app/contract/worker.ts';
import type { JobContext } from './job-context.ts';
import { parentLink } from './parent-link.ts';
import { parseHostMessage } from './parse-host-message.ts';

/** The module of a job: native/worker/jobs/<kind>.ts. */
export type JobModule<K extends JobKind> = {
  run(request: Extract<JobRequest, { kind: K }>, context: JobContext): Promise<JobResult<K>>;
};
export type JobTable = { readonly [K in JobKind]: () => Promise<JobModule<K>> };

/** Any part of a JobTable; that kinds and modules fit is checked where the table is written. */
export type LooseJobTable = Readonly<Record<string, () => Promise<{ run(request: never, context: JobContext): Promise<unknown> }>>>;

/** The contract's, by type only: importing it would load zod, which costs more than an index job. */
const protocolVersion: typeof workerProtocolVersion = 1;

/** Between two of them the host hears nothing. */
const progressIntervalMs = 100;
/** A job shorter than this never gives up its turn. */
const turnIntervalMs = 40;
/** How long an orphan may clean up. */
const orphanGraceMs = 500;

const host = parentLink();

export function serveJobs(table: LooseJobTable): void {
  let current: RunningJob | null = null;
  let isLeaving = false;
  let handled = Promise.resolve();

  host.onMessage((value) => {
    // In order, though checking a request may have to load its schema first.
    handled = handled.then(() => handle(value)).catch((error: unknown) => {
      send({ type: 'failed', id: messageId(value), error: flattenError(error) });
    });
  });
  host.onGone(leave);
  // Ctrl-C and a closed terminal reach the whole process group; the host decides what ends.
  for (const signal of ['SIGINT', 'SIGHUP']) process.on(signal, () => undefined);
  process.on('SIGTERM', leave);
  send({ type: 'ready', pid: process.pid, protocol: protocolVersion });

  async function handle(value: unknown): Promise<void> {
    const message = await parseHostMessage(value);
    switch (message.type) {
      case 'exit': return leave();
      case 'cancel': return current?.cancel(message.id);
      case 'start': {
        if (current) throw new StringoutError('worker.protocol', 'the worker is busy with another job');
        const job = new RunningJob(message.id);
        current = job;
        void work(table, message.request, job).then((answer) => {
          current = null;
          sendAnswer(answer);
          if (isLeaving) process.exit(0);
        });
      }
    }
  }

  function leave(): void {
    isLeaving = true;
    if (!current) process.exit(0);
    current.cancel(current.id);
    setTimeout(() => process.exit(0), orphanGraceMs);
  }
}

class RunningJob implements JobContext {
  readonly id: number;
  #isCancelled = false;
  #progressAt = performance.now();
  #turnAt = performance.now();

  constructor(id: number) {
    this.id = id;
  }

  /** `id` guards against a message that crossed the end of the job before. */
  cancel(id: number): void {
    if (id === this.id) this.#isCancelled = true;
  }

  progress(done: number, total: number): void {
    const now = performance.now();
    if (now - this.#progressAt < progressIntervalMs) return;
    this.#progressAt = now;
    send({ type: 'progress', id: this.id, progress: { done, total }, ...memory() });
  }

  async checkpoint(): Promise<void> {
    const now = performance.now();
    if (now - this.#turnAt >= turnIntervalMs) {
      await nextTurn();
      this.#turnAt = performance.now();
    }
    if (this.#isCancelled) throw new StringoutError('cancelled', 'cancelled');
  }
}

async function work(table: LooseJobTable, request: JobRequest, job: RunningJob): Promise<WorkerMessage> {
  try {
    const load = table[request.kind];
    if (!load) throw new StringoutError('worker.protocol', `this worker has no job ${request.kind}`);
    const result = await (await load()).run(request as never, job);
    return { type: 'done', id: job.id, result, ...memory() };
  } catch (error) {
    return { type: 'failed', id: job.id, error: flattenError(error) };
  }
}

/** On Linux the host reads /proc itself, which also works while a job is busy. */
function memory(): { rss?: number } {
  return process.platform === 'linux' ? {} : { rss: process.memoryUsage.rss() };
}

/** A result that cannot be cloned is a fault of the job, and must not look like a crash. */
function sendAnswer(answer: WorkerMessage): void {
  try {
    send(answer);
  } catch (error) {
    send({ type: 'failed', id: messageId(answer), error: flattenError(error) });
  }
}

function send(message: WorkerMessage): void {
  host.send(message);
}

function messageId(value: unknown): number {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number' ? value.id : -1;
}
