/** Every media file of a timeline indexed once: from the index where it is known, by a worker where it is not. */
import { stat } from 'node:fs/promises';
import { flattenError, withPlace, type FlatError } from '../../base/errors.ts';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { IndexedFile } from '../../contract/jobs/sources-index.ts';
import type { Rational } from '../../domain/rational.ts';
import { describeHoles, listSequence } from '../inputs/list-sequence.ts';
import type { AssemblyHost, FileStat } from './ports.ts';

export type IndexedSource = IndexedFile;

export type IndexOptions = {
  readonly signal: AbortSignal;
  /** Asked once all other files are indexed: what rate image sequences play at, which tell none themselves. */
  readonly sequenceRate: (indexed: ReadonlyMap<string, IndexedSource>) => Rational;
  readonly warnings: string[];
  readonly onProgress: (done: number, of: number) => void;
};

/** Errors are values here, one per file, so that one broken file does not hide the others. */
export async function indexSources(paths: Iterable<string>, host: AssemblyHost, options: IndexOptions): Promise<Map<string, IndexedSource>> {
  const unique = [...new Set(paths)];
  const indexed = new Map<string, IndexedSource>();
  const stats: FileStat[] = [];
  const sequences = new Map<string, readonly string[]>();
  await forEachLimited(unique, statsAtOnce, async (path) => {
    try {
      const sequence = await listSequence(path);
      if (sequence) {
        sequences.set(path, sequence.files);
        if (sequence.holes.length > 0) options.warnings.push(`${path}: frames ${describeHoles(sequence.holes)} are missing; the frame before is held`);
        return;
      }
      const { size, mtimeMs } = await stat(path);
      stats.push({ path, size, modifiedMs: mtimeMs });
    } catch (error) {
      indexed.set(path, { source: null, error: describeMissing(error, path) });
    }
  });
  for (const [path, source] of host.index.getMany(stats)) indexed.set(path, { source, error: null });

  const missing = unique.filter((path) => !indexed.has(path));
  const indexer = new Indexer(host, options, indexed, unique.length - missing.length, unique.length);
  options.onProgress(unique.length - missing.length, unique.length);
  const files = missing.filter((path) => !sequences.has(path));
  await forEachLimited(batches(files), host.jobs.concurrency, (batch) => indexer.files(batch));
  const rate = options.sequenceRate(indexed);
  await forEachLimited([...sequences], host.jobs.concurrency, ([path, names]) => indexer.one(path, { files: names, rate }));
  host.index.putMany(files.flatMap((path) => indexed.get(path)?.source ?? []));
  return indexed;
}

/** Files in one job: many where there are many, so that all workers have some. */
const mostInBatch = 32;
const leastBatches = 8;

function batches(files: readonly string[]): string[][] {
  const size = Math.min(mostInBatch, Math.max(1, Math.ceil(files.length / leastBatches)));
  return Array.from({ length: Math.ceil(files.length / size) }, (_, i) => files.slice(i * size, (i + 1) * size));
}

class Indexer {
  readonly #host: AssemblyHost;
  readonly #options: IndexOptions;
  readonly #indexed: Map<string, IndexedSource>;
  readonly #total: number;
  #done: number;

  constructor(host: AssemblyHost, options: IndexOptions, indexed: Map<string, IndexedSource>, done: number, total: number) {
    this.#host = host;
    this.#options = options;
    this.#indexed = indexed;
    this.#done = done;
    this.#total = total;
  }

  /** A batch whose worker died is done again file by file, so that the one to blame is found. */
  async files(paths: readonly string[]): Promise<void> {
    const { signal } = this.#options;
    try {
      const results = await this.#host.jobs.run<'sources.index'>({ kind: 'sources.index', paths, unpackDir: this.#host.cache.unpackDir }, { signal });
      paths.forEach((path, i) => { this.#settle(path, results[i] ?? lost(path)); });
    } catch {
      signal.throwIfAborted();
      for (const path of paths) await this.one(path, null);
    }
  }

  async one(path: string, sequence: { readonly files: readonly string[]; readonly rate: Rational } | null): Promise<void> {
    const { signal } = this.#options;
    try {
      const source = await this.#host.jobs.run<'source.index'>({
        kind: 'source.index', path, unpackDir: this.#host.cache.unpackDir, sequence,
      }, { signal });
      this.#settle(path, { source, error: null });
    } catch (error) {
      signal.throwIfAborted();
      const placed = withPlace(error, { file: path });
      // No file's fault: with the next one it would be the same.
      if (placed.code === 'memory.exhausted') throw placed;
      this.#settle(path, { source: null, error: flattenError(placed) });
    }
  }

  #settle(path: string, result: IndexedSource): void {
    this.#indexed.set(path, result);
    this.#options.onProgress(++this.#done, this.#total);
  }
}

function lost(path: string): IndexedSource {
  return { source: null, error: { code: 'internal', message: 'was lost on its way to the index: run again', place: { file: path } } };
}

const statsAtOnce = 16;

function describeMissing(error: unknown, path: string): FlatError {
  const flat = flattenError(error);
  const message = flat.code === 'input.missing' ? 'does not exist' : flat.message;
  return { ...flat, message, place: { ...flat.place, file: path } };
}
