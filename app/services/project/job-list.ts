/** The project's jobs: what runs, what waits, what ended. Told to every window, kept in the project, found again after a restart. */
import { Emitter } from '../../base/emitter.ts';
import { flattenError, describeError, StringoutError } from '../../base/errors.ts';
import type { ExportSettings, Job, JobState } from '../../contract/editor/export-settings.ts';
import type { ProjectSession } from './project-session.ts';
import type { StoredJob } from './ports.ts';

/** Does the work; what it returns are sentences of its report. */
export type JobWork = (run: JobRun) => Promise<{ readonly lines: readonly string[]; readonly warnings: readonly string[] }>;

export type JobRun = {
  readonly signal: AbortSignal;
  /** `progress` 0..1; what falls is ignored. */
  readonly tell: (part: { readonly phase?: string; readonly progress?: number; readonly etaSeconds?: number | null; readonly throughput?: string }) => void;
};

export type NewJob = Pick<Job, 'kind' | 'label' | 'output'> & { readonly settings: ExportSettings | null };

type Entry = { stored: StoredJob; work: JobWork | null; controller: AbortController | null; ending: JobState | null };

/** Bringing in and proxies go beside an export; exports wait for each other. */
const lanes: Readonly<Record<Job['kind'], string>> = { export: 'export', pulls: 'export', stems: 'export', bringIn: 'media', proxies: 'proxies', review: 'export', conform: 'export', relink: 'relink' };

export class JobList {
  readonly #session: ProjectSession;
  readonly #entries = new Map<number, Entry>();
  readonly #running = new Map<string, Promise<void>>();
  /** Makes the work of a job that was found in the project; null where it cannot be started again. */
  readonly #restore: (stored: StoredJob) => JobWork | null;
  readonly ended = new Emitter<Job>();
  readonly told = new Emitter<Job>();

  constructor(session: ProjectSession, restore: (stored: StoredJob) => JobWork | null) {
    this.#session = session;
    this.#restore = restore;
    for (const stored of session.store.jobs()) {
      const wasAlive = stored.job.state === 'running' || stored.job.state === 'queued';
      const entry: Entry = { stored, work: null, controller: null, ending: null };
      this.#entries.set(stored.job.id, entry);
      if (wasAlive) this.#update(entry, { state: 'interrupted', phase: 'the program ended; start it again to go on', ended: Date.now() });
    }
  }

  list(): readonly Job[] {
    return [...this.#entries.values()].map(({ stored }) => stored.job);
  }

  running(): readonly Job[] {
    return this.list().filter(({ state }) => state === 'running' || state === 'queued');
  }

  add({ settings, ...job }: NewJob, work: JobWork): number {
    const id = this.#session.store.newId();
    const entry: Entry = {
      stored: {
        settings,
        job: { ...job, id, state: 'queued', phase: 'waiting', progress: 0, etaSeconds: null, throughput: '', problem: null, warnings: [], result: [], created: Date.now(), ended: null },
      },
      work, controller: null, ending: null,
    };
    this.#entries.set(id, entry);
    this.#update(entry, {});
    this.#startNext(lanes[job.kind]);
    return id;
  }

  /** Throws `usage` where the job is not in a state for it. */
  control(id: number, order: 'cancel' | 'pause' | 'resume' | 'forget'): void {
    const entry = this.#entries.get(id);
    if (!entry) throw new StringoutError('usage', 'there is no such job');
    const { state } = entry.stored.job;
    const isAlive = state === 'running' || state === 'queued';
    switch (order) {
      case 'cancel': case 'pause': {
        const ending = order === 'cancel' ? 'cancelled' : 'paused';
        if (order === 'cancel' && (state === 'paused' || state === 'interrupted')) this.#update(entry, { state: 'cancelled', phase: '', ended: Date.now() });
        else if (isAlive) this.#stop(entry, ending);
        return;
      }
      case 'resume': {
        if (isAlive) return;
        entry.work ??= this.#restore(entry.stored);
        if (!entry.work) throw new StringoutError('usage', 'this job cannot be started again: start a new one');
        this.#update(entry, { state: 'queued', phase: 'waiting', progress: 0, problem: null, warnings: [], result: [], ended: null });
        this.#startNext(lanes[entry.stored.job.kind]);
        return;
      }
      case 'forget':
        if (isAlive) throw new StringoutError('usage', 'the job still runs: cancel it first');
        this.#entries.delete(id);
        if (this.#isWritable) this.#session.store.removeJob(id);
        this.#session.log.publish('job.forgotten', { jobId: id });
    }
  }

  /** Ends all; they are found as interrupted at the next start. */
  async close(): Promise<void> {
    for (const entry of this.#entries.values()) {
      if (entry.stored.job.state === 'running' || entry.stored.job.state === 'queued') this.#stop(entry, 'interrupted');
    }
    await Promise.all(this.#running.values());
  }

  #stop(entry: Entry, ending: JobState): void {
    if (entry.stored.job.state === 'queued') {
      this.#update(entry, { state: ending, phase: '', ended: Date.now() });
      return;
    }
    entry.ending = ending;
    entry.controller?.abort(new StringoutError('cancelled', 'was stopped'));
  }

  #startNext(lane: string): void {
    if (this.#running.has(lane)) return;
    const next = [...this.#entries.values()].find(({ stored, work }) => stored.job.state === 'queued' && work !== null && lanes[stored.job.kind] === lane);
    if (!next) return;
    this.#running.set(lane, this.#run(next).finally(() => {
      this.#running.delete(lane);
      this.#startNext(lane);
    }));
  }

  async #run(entry: Entry): Promise<void> {
    const controller = new AbortController();
    entry.controller = controller;
    entry.ending = null;
    this.#update(entry, { state: 'running', phase: 'starting' });
    try {
      const { lines, warnings } = await (entry.work as JobWork)({
        signal: controller.signal,
        tell: (part) => {
          const { job } = entry.stored;
          this.#tell(entry, { ...part, ...(part.progress === undefined ? {} : { progress: Math.min(1, Math.max(job.progress, part.progress)) }) });
        },
      });
      this.#update(entry, { state: 'done', phase: '', progress: 1, etaSeconds: null, result: lines, warnings, ended: Date.now() });
    } catch (error) {
      const ending = entry.ending;
      if (ending !== null) this.#update(entry, { state: ending, phase: '', etaSeconds: null, throughput: '', ended: Date.now() });
      else this.#update(entry, { state: 'failed', phase: '', etaSeconds: null, throughput: '', problem: describeError(flattenError(error)), ended: Date.now() });
    }
    entry.controller = null;
    this.ended.emit(entry.stored.job);
  }

  /** Progress: told, but not kept. */
  #tell(entry: Entry, part: Partial<Job>): void {
    entry.stored = { ...entry.stored, job: { ...entry.stored.job, ...part } };
    this.#session.log.publish('job.changed', entry.stored.job, String(entry.stored.job.id));
    this.told.emit(entry.stored.job);
  }

  #update(entry: Entry, part: Partial<Job>): void {
    this.#tell(entry, part);
    if (this.#isWritable) this.#session.store.putJob(entry.stored);
  }

  get #isWritable(): boolean {
    return this.#session.store.whyReadOnly === null;
  }
}
