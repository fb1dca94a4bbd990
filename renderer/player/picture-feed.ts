/**
 * Pictures of one clip from a frame on, in order, as many as may wait. Decoded by the browser; what it cannot decode, or gives up on, is streamed by
 * the host instead. Ends with the last frame asked for.
 */
import { canDecode, decodePictures, UndecodableError } from './decode-pictures.ts';
import { FrameStore } from './frame-store.ts';
import type { MediaAccess } from './media-access.ts';
import type { PictureSink } from './picture-sink.ts';
import { PictureWindows } from './picture-windows.ts';
import type { PlayedClip } from './player-messages.ts';
import { streamPictures } from './stream-pictures.ts';

export type FeedOptions = {
  readonly access: MediaAccess;
  readonly clip: PlayedClip;
  /** Timeline frame of the first picture. */
  readonly from: number;
  /** Timeline frame after the last one; within the clip. */
  readonly to: number;
  /** Pictures that may wait. */
  readonly limit: number;
  /** Only every so many frames, the first one among them, or backward the last: more would not be seen when it plays fast. */
  readonly every: number;
  readonly isBackward: boolean;
  /** Size at which streamed pictures are wanted. */
  readonly size: { readonly width: number; readonly height: number };
  readonly onTrouble: (error: unknown) => void;
};

export class PictureFeed implements PictureSink {
  readonly clip: PlayedClip;
  readonly from: number;
  readonly to: number;
  readonly #options: FeedOptions;
  readonly #store = new FrameStore();
  /** Number of the picture due at each frame from `from` on, as far as it is known; -1: will not come. */
  #keys: number[] = [];
  /** Those that are wanted still, with the last frame of each. */
  readonly #wanted = new Map<number, number>();
  readonly #controller = new AbortController();
  #limit: number;
  #isRunning = false;
  #rotation = 0;
  #wake: () => void = () => undefined;
  #isFed = false;
  #passed: number;
  #due: number;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.clip = options.clip;
    this.from = options.from;
    this.to = options.to;
    this.#limit = options.limit;
    this.#passed = options.from;
    this.#due = options.from;
    this.#run().catch((error: unknown) => { if (!this.signal.aborted) options.onTrouble(error); }).finally(() => { this.#isFed = true; });
  }

  get signal(): AbortSignal { return this.#controller.signal; }
  get isRunning(): boolean { return this.#isRunning; }
  /** Everything has been asked of the decoder: the next clip may begin. */
  get isFed(): boolean { return this.#isFed; }
  get rotation(): number { return this.#rotation; }
  /** Frames before this one are over. */
  get passed(): number { return this.#passed; }

  /** Its pictures will be shown one after the other from now on, so many may wait. */
  run(isRunning: boolean, limit: number): void {
    this.#isRunning = isRunning;
    this.#limit = limit;
    this.#wake();
  }

  /** The picture due at a frame of the timeline; it stays this feed's. Null: not there yet. */
  at(frame: number): VideoFrame | null {
    const key = this.#keys[this.#grid(frame) - this.from];
    return key === undefined ? null : this.#store.get(key);
  }

  /** The newest picture that is there for a frame not after `frame`. */
  latest(frame: number): { readonly frame: number; readonly picture: VideoFrame } | null {
    for (let at = Math.min(frame, this.from + this.#keys.length - 1); at >= this.#passed; at--) {
      const picture = this.#store.get(this.#keys[at - this.from] ?? -1);
      if (picture) return { frame: at, picture };
    }
    return null;
  }

  /** The clock has come to `frame`: pictures from before it are late, and not decoded where no other needs them. */
  due(frame: number): void {
    this.#due = frame;
  }

  /** Frames before `frame` will not be asked for any more. */
  pass(frame: number): void {
    if (frame <= this.#passed) return;
    const over = this.#keys.slice(this.#passed - this.from, frame - this.from);
    const kept = new Set(this.#keys.slice(frame - this.from));
    this.#passed = frame;
    for (const key of over) {
      if (kept.has(key)) continue;
      this.#wanted.delete(key);
      this.#store.delete(key);
    }
    this.#wake();
  }

  close(): void {
    this.#controller.abort();
    this.#store.clear();
    this.#wake();
  }

  expect(keys: readonly number[]): void {
    for (const key of keys) {
      const frame = this.from + this.#keys.length;
      if (frame >= this.#passed && frame === this.#grid(frame)) this.#wanted.set(key, frame);
      this.#keys.push(key);
    }
    // Kept because they might have been wanted.
    const last = this.#keys.at(-1) ?? -1;
    for (const key of this.#store.keys()) if (key <= last && !this.#wanted.has(key)) this.#store.delete(key);
  }

  wants(key: number): boolean {
    return (this.#wanted.get(key) ?? -1) >= this.#due;
  }

  take(key: number, picture: VideoFrame): void {
    // What lies after all that is known may be wanted by the window that is on its way.
    const isAhead = key > (this.#keys.at(-1) ?? -1) && this.from + this.#keys.length < this.to;
    if (this.signal.aborted || !(this.#wanted.has(key) || isAhead)) picture.close();
    else this.#store.put(key, picture);
    this.#wake();
  }

  async room(queued: () => number): Promise<void> {
    while (!this.signal.aborted && this.#store.size + queued() >= this.#limit) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      // The decoder's queue falls without an event that all browsers have.
      if (queued() > 0) setTimeout(resolve, 4);
      await promise;
    }
  }

  async #run(): Promise<void> {
    const { access, clip } = this.#options;
    const windows = new PictureWindows(access, clip, this.to, this.signal);
    const first = await windows.tables(this.from);
    if (!access.isUndecodable(clip.shotId) && await canDecode(first)) {
      this.#rotation = first.rotation;
      try {
        await decodePictures(windows, windows.first(this.from, first), this);
        return;
      } catch (error) {
        if (!(error instanceof UndecodableError)) throw error;
        access.noteUndecodable(clip.shotId);
      }
    }
    await this.#stream(windows);
  }

  async #stream(windows: PictureWindows): Promise<void> {
    const { access, clip, size } = this.#options;
    // Streamed pictures are numbered otherwise than decoded ones, and come upright.
    this.#store.clear();
    this.#wanted.clear();
    this.#rotation = 0;
    const from = this.#passed;
    this.#keys = Array.from({ length: from - this.from }, () => -1);
    await streamPictures({ access, windows, clip, from, to: this.to, size }, this);
  }

  /** The frame whose picture stands for `frame`: the one that comes before it on the way. */
  #grid(frame: number): number {
    const { every, isBackward } = this.#options;
    return isBackward ? frame + ((this.to - 1 - frame) % every) : frame - ((frame - this.from) % every);
  }
}
