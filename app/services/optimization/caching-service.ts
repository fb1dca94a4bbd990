/**
 * The segment cache: files under content keys, evicted by last use when they outgrow their quota. What this process pins, and what any
 * process used within the last hour, is never evicted.
 */
import { rmSync } from 'node:fs';
import type { CacheIndex, SegmentUse } from '../../storage/cache-index.ts';
import { listFiles, type SegmentStore } from '../../storage/segment-store.ts';

export type CachingOptions = {
  readonly store: SegmentStore;
  /** Null: nothing is kept after this run, so nothing is counted. */
  readonly index: CacheIndex | null;
  readonly unpackDir: string;
  readonly quotaBytes: number;
  /** Seconds since 1970. */
  readonly now?: () => number;
};

export type CacheStats = {
  readonly segments: number;
  readonly segmentBytes: number;
  readonly unpackedBytes: number;
  /** Segments that runs found made already, since the index was made. */
  readonly hits: number;
};

type Candidate = { readonly used: number; readonly bytes: number; readonly key: string | null; remove(): void };

const safeSeconds = 3600;
/** Eviction goes on down to this share of the quota, so that it is rare. */
const afterEviction = 0.9;
const notedAtOnce = 64;

export class CachingService {
  readonly #options: CachingOptions;
  readonly #now: () => number;
  readonly #pins = new Map<string, number>();
  readonly #hits = new Set<string>();
  #notes: SegmentUse[] = [];

  constructor(options: CachingOptions) {
    this.#options = options;
    this.#now = options.now ?? ((): number => Date.now() / 1000);
  }

  get isKept(): boolean { return this.#options.index !== null; }
  get unpackDir(): string { return this.#options.unpackDir; }

  has(key: string): boolean {
    if (!this.#options.store.has(key)) return false;
    if (!this.#hits.has(key)) {
      this.#hits.add(key);
      this.#note(key, 1);
    }
    return true;
  }

  pathFor(key: string): string {
    return this.#options.store.pathFor(key);
  }

  commit(key: string): void {
    this.#note(key, 0);
  }

  discard(key: string): void {
    this.#options.store.remove(key);
    this.#hits.delete(key);
    this.#notes = this.#notes.filter((note) => note.key !== key);
    this.#options.index?.forget([key]);
  }

  pin(keys: Iterable<string>): () => void {
    const pinned = [...keys];
    for (const key of pinned) this.#pins.set(key, (this.#pins.get(key) ?? 0) + 1);
    return () => {
      for (const key of pinned.splice(0)) {
        const count = (this.#pins.get(key) ?? 1) - 1;
        if (count > 0) this.#pins.set(key, count);
        else this.#pins.delete(key);
      }
    };
  }

  /** Counts files, not rows. */
  stats(): CacheStats {
    this.#flush();
    const segments = this.#options.store.segments();
    return {
      segments: segments.length,
      segmentBytes: sum(segments),
      unpackedBytes: sum(listFiles(this.#options.unpackDir)),
      hits: this.#options.index?.totals().hits ?? 0,
    };
  }

  /** Deletes what was not used for `seconds` (null: everything), but for what is pinned. */
  clear(seconds: number | null): { readonly segments: number; readonly segmentBytes: number } {
    const before = seconds === null ? Infinity : this.#now() - seconds;
    this.#flush();
    const removed = this.#remove(this.#candidates(before), Infinity).filter(({ key }) => key !== null);
    return { segments: removed.length, segmentBytes: sum(removed) };
  }

  /** For the end of a run: notes what was used and evicts what is too much. */
  close(): void {
    this.#flush();
    const { index, quotaBytes, unpackDir } = this.#options;
    if (!index) return;
    if (index.isNew) index.note(this.#options.store.segments().map(({ name, bytes }) => ({ key: name, bytes, hits: 0 })), 0);
    const bytes = index.totals().bytes + sum(listFiles(unpackDir));
    if (bytes > quotaBytes) this.#remove(this.#candidates(this.#now() - safeSeconds), bytes - afterEviction * quotaBytes);
  }

  #note(key: string, hits: number): void {
    if (!this.#options.index) return;
    this.#notes.push({ key, bytes: this.#options.store.bytes(key) ?? 0, hits });
    if (this.#notes.length >= notedAtOnce) this.#flush();
  }

  #flush(): void {
    if (this.#notes.length > 0) this.#options.index?.note(this.#notes, this.#now());
    this.#notes = [];
  }

  /** Last used before `seconds`, the longest unused first: segments that are not pinned, unpacked streams, leftovers of killed workers. */
  #candidates(seconds: number): Candidate[] {
    const { store, index, unpackDir } = this.#options;
    const uses = index?.uses() ?? new Map<string, number>();
    const segments = store.segments().filter(({ name }) => !this.#pins.has(name)).map(({ name, bytes, modifiedSeconds }): Candidate => ({
      used: Math.max(modifiedSeconds, uses.get(name) ?? 0), bytes, key: name, remove: () => { store.remove(name); },
    }));
    const others = [...store.leftovers(), ...listFiles(unpackDir)].map(({ path, bytes, modifiedSeconds }): Candidate => ({
      used: modifiedSeconds, bytes, key: null, remove: () => { rmSync(path, { force: true }); },
    }));
    return [...segments, ...others].filter(({ used }) => used < seconds).toSorted((a, b) => a.used - b.used);
  }

  #remove(candidates: readonly Candidate[], enough: number): Candidate[] {
    const removed: Candidate[] = [];
    let bytes = 0;
    for (const candidate of candidates) {
      if (bytes >= enough) break;
      candidate.remove();
      bytes += candidate.bytes;
      removed.push(candidate);
    }
    this.#options.index?.forget(removed.flatMap(({ key }) => key ?? []));
    return removed;
  }
}

function sum(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
