/** Strips and waveforms for drawing: fetched when a clip that needs them is first drawn, a few at once, kept within a bound, the latest used last to go. */
import { readPeaks, type Peaks } from '../../app/contract/peaks-file.ts';

const atOnce = 4;
const mostStrips = 400;
const mostPeaks = 400;

class MediaCache<Value> {
  readonly #load: (shotId: number, signal: AbortSignal) => Promise<Value | null>;
  readonly #most: number;
  readonly #drop: (value: Value) => void;
  readonly #onReady: () => void;
  readonly #kept = new Map<number, Value | null>();
  readonly #wanted: number[] = [];
  readonly #controller = new AbortController();
  #running = 0;

  constructor(most: number, load: (shotId: number, signal: AbortSignal) => Promise<Value | null>, drop: (value: Value) => void, onReady: () => void) {
    this.#most = most;
    this.#load = load;
    this.#drop = drop;
    this.#onReady = onReady;
  }

  /** Null: not here yet, or there is none. */
  get(shotId: number): Value | null {
    const known = this.#kept.get(shotId);
    if (known === undefined) {
      if (!this.#wanted.includes(shotId)) this.#wanted.push(shotId);
      this.#next();
      return null;
    }
    this.#kept.delete(shotId);
    this.#kept.set(shotId, known);
    return known;
  }

  forget(shotIds: readonly number[]): void {
    for (const id of shotIds) {
      const value = this.#kept.get(id) ?? null;
      if (value !== null) this.#drop(value);
      this.#kept.delete(id);
    }
  }

  clear(): void {
    this.#controller.abort();
    for (const value of this.#kept.values()) if (value !== null) this.#drop(value);
    this.#kept.clear();
  }

  #next(): void {
    while (this.#running < atOnce) {
      // What was asked for last is what is seen now.
      const shotId = this.#wanted.pop();
      if (shotId === undefined) return;
      this.#running++;
      void this.#fetch(shotId);
      if (this.#wanted.length > this.#most) this.#wanted.shift();
    }
  }

  /** What cannot be had is drawn without; it never rejects. */
  async #fetch(shotId: number): Promise<void> {
    const value = await this.#load(shotId, this.#controller.signal).catch(() => null);
    this.#keep(shotId, value);
    this.#running--;
    this.#next();
  }

  #keep(shotId: number, value: Value | null): void {
    if (this.#controller.signal.aborted) {
      if (value !== null) this.#drop(value);
      return;
    }
    this.#kept.set(shotId, value);
    for (const [oldest, old] of this.#kept) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
      if (old !== null) this.#drop(old);
    }
    this.#onReady();
  }
}

export class ClipMedia {
  readonly strips: Pick<MediaCache<ImageBitmap>, 'get' | 'forget' | 'clear'>;
  readonly peaks: Pick<MediaCache<Peaks>, 'get' | 'forget' | 'clear'>;

  /** `mediaBase` as host.info tells it; `onReady`: something new can be drawn. */
  constructor(mediaBase: string, onReady: () => void) {
    const fetched = async (shotId: number, what: string, signal: AbortSignal): Promise<Response | null> => {
      const response = await fetch(`${mediaBase}/shots/${String(shotId)}/${what}`, { signal });
      return response.status === 200 ? response : null;
    };
    this.strips = new MediaCache(mostStrips, async (shotId, signal) => {
      const response = await fetched(shotId, 'strip', signal);
      return response && createImageBitmap(await response.blob());
    }, (strip) => { strip.close(); }, onReady);
    this.peaks = new MediaCache(mostPeaks, async (shotId, signal) => {
      const response = await fetched(shotId, 'peaks', signal);
      return response && readPeaks(await response.arrayBuffer());
    }, () => undefined, onReady);
  }

  /** Shots that have other files now. */
  forget(shotIds: readonly number[]): void {
    this.strips.forget(shotIds);
    this.peaks.forget(shotIds);
  }

  clear(): void {
    this.strips.clear();
    this.peaks.clear();
  }
}
