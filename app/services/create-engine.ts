/** The engine of every host: workers, memory, index and cache put together, and taken apart again at the end. The host gives the launcher of workers. */
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { flattenError } from '../base/errors.ts';
import type { AssemblyHost } from './assembly/ports.ts';
import { defaultCacheFolder } from './cache-folder.ts';
import { CachingService, type CacheStats } from './optimization/caching-service.ts';
import { HardwareAccelerator } from './optimization/hardware-accelerator.ts';
import { MemoryManager } from './optimization/memory-manager.ts';
import { PooledJobRunner } from './pool/job-runner.ts';
import { WorkerPool } from './pool/worker-pool.ts';
import { CacheDatabase } from '../storage/cache-database.ts';
import { CacheIndex } from '../storage/cache-index.ts';
import { MediaIndex } from '../storage/media-index.ts';
import { SegmentStore } from '../storage/segment-store.ts';
import type { WorkerLauncher } from './pool/launcher.ts';
import { readMemory } from './pool/process-tree.ts';

export type EngineOptions = {
  /** Null: $XDG_CACHE_HOME/stringout, or ~/.cache/stringout. */
  readonly cacheDir: string | null;
  /** Use no index, and put segments into a temporary folder that close() removes. */
  readonly keepsNothing: boolean;
  /** Folder for that temporary folder; null: the system's. */
  readonly temporaryBeside: string | null;
  /** Most worker processes; null: one for each processor. */
  readonly workers: number | null;
  /** Budget over the process tree. */
  readonly memoryMegabytes: number;
  readonly warn: (text: string) => void;
  readonly launcher: WorkerLauncher;
};

export type Engine = {
  readonly host: AssemblyHost;
  /** Viewing copies of sources, beside the segments. */
  readonly proxiesFolder: string;
  readonly previewFolder: string;
  cacheStats(): CacheStats & { readonly folder: string; readonly sources: number };
  /** Deletes segments not used for so many seconds; null: all of them, and the index. */
  cacheClear(unusedSeconds: number | null): { readonly segments: number; readonly segmentBytes: number };
  /** Ends the workers and closes the cache; jobs should have ended or been cancelled before. */
  close(): Promise<void>;
};

const megabyte = 1024 * 1024;
const gigabyte = 1024 * megabyte;
const largestQuota = 50 * gigabyte;
const temporaryPrefix = '.stringout-segments-';
const abandonedAfterMs = 24 * 3600 * 1000;
const workerLimits = { handshakeMs: 30_000, graceMs: 2_000 };

/** Nothing is loaded or started that the run does not need: SQLite with the first look into the index, a worker with the first job. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const size = options.workers ?? availableParallelism();
  const cache = (options.keepsNothing ? null : lastingCache(options)) ?? temporaryCache(options.temporaryBeside ?? tmpdir());
  const pool = new WorkerPool(options.launcher, { size, ...workerLimits });
  const memory = new MemoryManager({
    budgetBytes: options.memoryMegabytes * megabyte, leases: size,
    read: () => readMemory(pool.processes()), onPressure: () => { pool.trim(); },
  });
  return {
    host: { jobs: new PooledJobRunner(pool, memory, { workers: size }), index: cache.index ?? noIndex, cache: cache.segments, memory, hardware: new HardwareAccelerator({ cores: size, memoryLimit: options.memoryMegabytes * megabyte }) },
    proxiesFolder: cache.proxiesFolder, previewFolder: cache.previewFolder,
    cacheStats: () => ({ folder: cache.folder, ...cache.segments.stats(), sources: cache.index?.count() ?? 0 }),
    cacheClear: (unusedSeconds) => {
      if (unusedSeconds === null) cache.index?.clear();
      return cache.segments.clear(unusedSeconds);
    },
    close: async () => {
      await pool.close();
      memory.close();
      cache.close();
    },
  };
}

type Cache = {
  readonly folder: string;
  readonly proxiesFolder: string;
  readonly previewFolder: string;
  readonly segments: CachingService;
  readonly index: MediaIndex | null;
  close(): void;
};

const noIndex = { getMany: () => new Map<string, never>(), putMany: () => undefined };

/** Null, with a warning, where the folder cannot be written to: a cache may cost time, never the run. */
function lastingCache({ cacheDir, warn }: EngineOptions): Cache | null {
  const folder = resolve(cacheDir ?? defaultCacheFolder());
  let folders: ReturnType<typeof makeFolders>;
  try {
    folders = makeFolders(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    warn(`the cache folder ${folder} cannot be used (${flattenError(error).message}): this run goes on without it`);
    return null;
  }
  const database = new CacheDatabase(join(folder, 'index.sqlite'), warn);
  const index = new MediaIndex(database, folders.unpackDir);
  const { bsize, blocks } = statfsSync(folder);
  const segments = new CachingService({
    store: folders.store, unpackDir: folders.unpackDir, index: new CacheIndex(database), quotaBytes: Math.min(largestQuota, (bsize * blocks) / 10),
  });
  const close = (): void => {
    index.tidy();
    segments.close();
    database.close();
  };
  return { folder, ...folders.viewing, segments, index, close };
}

function temporaryCache(beside: string): Cache {
  removeAbandoned(beside);
  const folder = mkdtempSync(join(beside, temporaryPrefix));
  const { viewing, ...folders } = makeFolders(folder);
  const segments = new CachingService({ ...folders, index: null, quotaBytes: Infinity });
  return { folder, ...viewing, segments, index: null, close: () => { rmSync(folder, { recursive: true, force: true }); } };
}

type Folders = { readonly store: SegmentStore; readonly unpackDir: string; readonly viewing: { readonly proxiesFolder: string; readonly previewFolder: string } };

function makeFolders(folder: string): Folders {
  const segments = join(folder, 'segments');
  const unpackDir = join(folder, 'unpacked');
  mkdirSync(segments, { recursive: true });
  mkdirSync(unpackDir, { recursive: true });
  const viewing = { proxiesFolder: join(folder, 'proxies'), previewFolder: join(folder, 'preview') };
  mkdirSync(viewing.proxiesFolder, { recursive: true });
  mkdirSync(viewing.previewFolder, { recursive: true });
  return { store: new SegmentStore(segments), unpackDir, viewing };
}

/** Folders of runs that were killed. */
function removeAbandoned(beside: string): void {
  for (const name of readdirSync(beside)) {
    if (!name.startsWith(temporaryPrefix)) continue;
    const path = join(beside, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > abandonedAfterMs) rmSync(path, { recursive: true, force: true });
  }
}
