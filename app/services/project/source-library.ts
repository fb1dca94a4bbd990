/**
 * Sources of a project's shots, indexed when first asked for and kept in memory by size: planning asks for all of them at every edit.
 * What was found is told to the project; files that changed are looked at again by `refresh`.
 */
import { LRUCache } from 'lru-cache';
import { StringoutError, unflattenError, type FlatError } from '../../base/errors.ts';
import type { Rational } from '../../domain/rational.ts';
import type { Source } from '../../domain/source.ts';
import { indexSources, type IndexedSource } from '../assembly/index-sources.ts';
import type { AssemblyHost } from '../assembly/ports.ts';

const mostBytes = 256 * 1024 * 1024;

export class SourceLibrary {
  readonly #host: AssemblyHost;
  readonly #sources = new LRUCache<string, Source>({ maxSize: mostBytes, sizeCalculation: tableBytes });

  constructor(host: AssemblyHost) {
    this.#host = host;
  }

  /** What is in memory. */
  known(path: string): Source | undefined {
    return this.#sources.get(path);
  }

  /** All of them, from memory or the index; errors are values. `sequenceRate` is what image sequences play at. */
  async getMany(paths: readonly string[], sequenceRate: Rational, signal: AbortSignal, onProgress: (done: number, of: number) => void = () => undefined): Promise<ReadonlyMap<string, IndexedSource>> {
    const result = new Map<string, IndexedSource>();
    const missing: string[] = [];
    for (const path of paths) {
      const source = this.#sources.get(path);
      if (source) result.set(path, { source, error: null });
      else missing.push(path);
    }
    if (missing.length === 0) return result;
    const indexed = await indexSources(missing, this.#host, { signal, warnings: [], onProgress, sequenceRate: () => sequenceRate });
    for (const [path, entry] of indexed) {
      result.set(path, entry);
      if (entry.source) this.#sources.set(path, entry.source);
    }
    return result;
  }

  /** Throws what is wrong with the file. */
  async get(path: string, sequenceRate: Rational, signal: AbortSignal): Promise<Source> {
    const entry = (await this.getMany([path], sequenceRate, signal)).get(path);
    if (entry?.source) return entry.source;
    throw unflattenError(entry?.error ?? notFound(path));
  }

  /** The next who asks looks at the file again. */
  forget(paths: Iterable<string>): void {
    for (const path of paths) this.#sources.delete(path);
  }
}

function notFound(path: string): FlatError {
  return new StringoutError('input.missing', 'does not exist', { file: path });
}

/** Roughly: the tables are nearly all of it. */
function tableBytes({ picture, sound }: Source): number {
  return 2000 + (picture?.samples.count ?? 0) * 25 + (sound?.packets.count ?? 0) * 20;
}
