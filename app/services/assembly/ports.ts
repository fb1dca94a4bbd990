/** What the assembly needs from its host. The composition root (app/headless, later main/) fills it in. */
import type { JobKind, JobProgress, JobRequest, JobResult } from '../../contract/worker.ts';
import type { Source } from '../../domain/source.ts';
import type { OptimalConfig } from '../optimization/hardware-accelerator.ts';

export type RunOptions = {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: JobProgress) => void;
};

/** Runs jobs in worker processes under leases of memory; retries what crashed or hung, then fails with a clear error. */
export interface JobRunner {
  run<K extends JobKind>(request: Extract<JobRequest, { kind: K }>, options: RunOptions): Promise<JobResult<K>>;
  /** Only one job at a time comes from here on: memory of the other workers is given back. */
  narrow(): void;
  /** Jobs that may usefully be waiting at once. */
  readonly concurrency: number;
}

/** What was indexed before. Misses and a broken index cost time, never the run. */
export interface SourceIndex {
  getMany(stats: readonly FileStat[]): ReadonlyMap<string, Source>;
  putMany(sources: readonly Source[]): void;
}

export type FileStat = { readonly path: string; readonly size: number; readonly modifiedMs: number };

/** Segments by content key. */
export interface SegmentCache {
  has(key: string): boolean;
  /** Where the segment lies or is to be written; its folder exists. */
  pathFor(key: string): string;
  /** A worker has finished the segment. */
  commit(key: string): void;
  /** What has() promised turned out to be damaged: forget and delete it. */
  discard(key: string): void;
  /** Keep these from eviction until the returned function is called. */
  pin(keys: Iterable<string>): () => void;
  /** False: everything goes when the run ends. */
  readonly isKept: boolean;
  /** Folder for unpacked streams. */
  readonly unpackDir: string;
}

export interface MemoryReport {
  /** Highest sum over the process tree, in bytes. */
  readonly peakRssBytes: number;
}

export interface HardwareReport {
  /** What encodes each profile, and why. */
  readonly all: readonly OptimalConfig[];
}

export type AssemblyHost = {
  readonly jobs: JobRunner;
  readonly index: SourceIndex;
  readonly cache: SegmentCache;
  readonly memory: MemoryReport;
  readonly hardware: HardwareReport;
};
