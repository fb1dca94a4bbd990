/** What the candidates hold: from the index, or read in batches, of which only the facts are kept. */
import type { Rational } from '../../domain/rational.ts';
import type { MediaCandidate } from '../../domain/relink/model.ts';
import type { ListedMedia } from '../../domain/relink/name-index.ts';
import { indexSources } from '../assembly/index-sources.ts';
import type { AssemblyHost } from '../assembly/ports.ts';
import { shotMedia } from '../project/shot-media.ts';

/** The tables of so many sources are held at once. */
const batch = 128;

export type ReaderOptions = {
  readonly signal: AbortSignal;
  /** What image sequences play at. */
  readonly sequenceRate: Rational;
  readonly onProgress: (done: number, of: number) => void;
};

export class CandidateReader {
  readonly #host: AssemblyHost;
  readonly #options: ReaderOptions;
  readonly #read = new Map<string, MediaCandidate>();

  constructor(host: AssemblyHost, options: ReaderOptions) {
    this.#host = host;
    this.#options = options;
  }

  get count(): number {
    return this.#read.size;
  }

  async read(listed: Iterable<ListedMedia>): Promise<void> {
    const { signal, sequenceRate, onProgress } = this.#options;
    const wanted = [...new Map([...listed].map((media) => [media.path, media])).values()].filter(({ path }) => !this.#read.has(path));
    for (let at = 0; at < wanted.length; at += batch) {
      const part = wanted.slice(at, at + batch);
      const indexed = await indexSources(part.map(({ path }) => path), this.#host, {
        signal, warnings: [], sequenceRate: () => sequenceRate, onProgress: (done) => { onProgress(at + done, wanted.length); },
      });
      for (const { path, first } of part) {
        const entry = indexed.get(path);
        const source = entry?.source ?? null;
        const problem = entry?.error?.message ?? (source ? null : 'it was lost on its way to the index');
        this.#read.set(path, { path, first, media: source && shotMedia(source), reel: source?.reel ?? null, problem });
      }
    }
  }

  /** As read, or as not looked into. */
  get({ path, first }: ListedMedia): MediaCandidate {
    return this.#read.get(path) ?? { path, first, media: null, reel: null, problem: null };
  }
}
