/** Every media file of a timeline indexed once: from the index where it is known, by a worker where it is not. */
import { stat } from 'node:fs/promises';
import { flattenError, withPlace, type FlatError } from '../../base/errors.ts';
import { forEachLimited } from '../../base/for-each-limited.ts';
import type { Rational } from '../../domain/rational.ts';
import type { Source } from '../../domain/source.ts';
import { describeHoles, listSequence } from '../inputs/list-sequence.ts';
import type { AssemblyHost, FileStat } from './ports.ts';

export type IndexedSource = { readonly source: Source; readonly error: null } | { readonly source: null; readonly error: FlatError };

export type IndexOptions = {
  readonly signal: AbortSignal;
  readonly sequenceRate: Rational;
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
  const made: Source[] = [];
  let done = unique.length - missing.length;
  options.onProgress(done, unique.length);
  await forEachLimited(missing, host.jobs.concurrency, async (path) => {
    const files = sequences.get(path);
    try {
      const source = await host.jobs.run<'source.index'>({
        kind: 'source.index', path, unpackDir: host.cache.unpackDir,
        sequence: files ? { files, rate: options.sequenceRate } : null,
      }, { signal: options.signal });
      indexed.set(path, { source, error: null });
      if (!files) made.push(source);
    } catch (error) {
      options.signal.throwIfAborted();
      indexed.set(path, { source: null, error: flattenError(withPlace(error, { file: path })) });
    }
    options.onProgress(++done, unique.length);
  });
  host.index.putMany(made);
  return indexed;
}

const statsAtOnce = 16;

function describeMissing(error: unknown, path: string): FlatError {
  const flat = flattenError(error);
  const message = flat.code === 'input.missing' ? 'does not exist' : flat.message;
  return { ...flat, message, place: { ...flat.place, file: path } };
}
