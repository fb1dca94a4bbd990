/**
 * Pictures of one clip from a frame on, in order: windows are fetched ahead, samples decoded as far as there is room for pictures. What a browser
 * cannot decode is streamed by the host instead. Ends at the clip's last frame.
 */
import { readFrameStream } from '../../app/contract/frame-stream.ts';
import type { PictureWindow } from '../../app/contract/playback.ts';
import { fromBase64 } from '../../app/domain/playback/base64.ts';
import { FrameStore } from './frame-store.ts';
import type { MediaAccess } from './media-access.ts';
import type { PlayedClip } from './player-messages.ts';

/** Frames of the timeline in one window. */
const windowFrames = 96;

export type FeedOptions = {
  readonly access: MediaAccess;
  readonly clip: PlayedClip;
  /** Timeline frame of the first picture. */
  readonly from: number;
  /** Timeline frame after the last one; within the clip. */
  readonly to: number;
  /** Size at which streamed pictures are wanted. */
  readonly size: { readonly width: number; readonly height: number };
  readonly onTrouble: (error: unknown) => void;
};

export class PictureFeed {
  readonly clip: PlayedClip;
  readonly from: number;
  readonly to: number;
  /** Pictures that may wait here. */
  limit = 8;
  readonly #options: FeedOptions;
  readonly #store = new FrameStore();
  /** Number of the picture due at each frame from `from` on, as far as it is known. */
  readonly #keys: number[] = [];
  readonly #controller = new AbortController();
  #rotation = 0;
  #wake: () => void = () => undefined;
  #isFed = false;
  /** Frames before this one are over. */
  #passed: number;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.clip = options.clip;
    this.from = options.from;
    this.to = options.to;
    this.#passed = options.from;
    this.#run().catch((error: unknown) => { if (!this.#controller.signal.aborted) options.onTrouble(error); }).finally(() => { this.#isFed = true; });
  }

  /** Everything has been asked of the decoder: the next clip may begin. */
  get isFed(): boolean {
    return this.#isFed;
  }

  get rotation(): number {
    return this.#rotation;
  }

  get waiting(): number {
    return this.#store.size;
  }

  /** The picture due at a frame of the timeline; it stays this feed's. Null: not there yet. */
  at(frame: number): VideoFrame | null {
    const key = this.#keys[frame - this.from];
    return key === undefined ? null : this.#store.get(key);
  }

  /** The newest picture that is there for a frame not after `frame`. */
  latest(frame: number): { readonly frame: number; readonly picture: VideoFrame } | null {
    for (let at = Math.min(frame, this.from + this.#keys.length - 1); at >= this.#passed; at--) {
      const picture = this.at(at);
      if (picture) return { frame: at, picture };
    }
    return null;
  }

  /** Frames before `frame` will not be asked for any more. */
  pass(frame: number): void {
    if (frame <= this.#passed) return;
    const kept = new Set<number>();
    for (let i = frame - this.from; i < this.#keys.length; i++) kept.add(this.#keys[i] ?? -1);
    for (let i = Math.max(0, this.#passed - this.from); i < frame - this.from; i++) {
      const key = this.#keys[i];
      if (key !== undefined && !kept.has(key)) this.#store.delete(key);
    }
    this.#passed = frame;
    this.#wake();
  }

  more(): void {
    this.#wake();
  }

  close(): void {
    this.#controller.abort();
    this.#store.clear();
    this.#wake();
  }

  async #run(): Promise<void> {
    const first = await this.#window(this.from);
    const isDecoded = first.codec !== null && await canDecode(first);
    this.#rotation = isDecoded ? first.rotation : 0;
    if (isDecoded) await this.#decode(first);
    else await this.#stream(first);
  }

  #window(frame: number): Promise<PictureWindow> {
    const { access, clip } = this.#options;
    return access.picture(clip.shotId, clip.sourceIn + frame - clip.start, Math.min(windowFrames, this.to - frame), this.#controller.signal);
  }

  async #decode(first: PictureWindow): Promise<void> {
    const { access, clip } = this.#options;
    const { signal } = this.#controller;
    let failure: DOMException | null = null;
    const wanted = new Set<number>();
    const decoder = new VideoDecoder({
      output: (picture) => { this.#arrived(picture, wanted); },
      error: (error) => {
        failure = error;
        this.#wake();
      },
    });
    try {
      decoder.configure(configOf(first));
      let fed = -1;
      let window: PictureWindow | null = first;
      for (let frame = this.from; window;) {
        const { samples, primers, ranks, variant }: PictureWindow = window;
        this.#keys.push(...ranks);
        ranks.forEach((rank) => wanted.add(rank));
        frame += ranks.length;
        // A window goes on where the one before ended; what the decoder has had already is left out.
        const begin = fed < 0 ? 0 : Math.max(primers, samples.index.findIndex((index) => index > fed));
        const isAllFed = fed >= 0 && !samples.index.some((index) => index > fed);
        const rest = <Value>(column: readonly Value[]): readonly Value[] => (isAllFed ? [] : column.slice(begin));
        const part = { file: rest(samples.file), offset: rest(samples.offset), size: rest(samples.size) };
        const upcoming: Promise<PictureWindow | null> = frame < this.to ? this.#window(frame) : Promise.resolve(null);
        const bytes = await access.bytes(clip.shotId, variant, part, signal);
        for (const [i, data] of bytes.entries()) {
          const at = begin + i;
          await this.#room(decoder);
          if (signal.aborted) return;
          if (failure !== null) throw new Error('the browser could not decode a picture', { cause: failure });
          const isPrimer = fed < 0 && at < primers;
          const isKey = isPrimer || (samples.isKey[at] ?? false);
          // Numbers, not times: the clock is the timeline's.
          decoder.decode(new EncodedVideoChunk({ type: isKey ? 'key' : 'delta', timestamp: isPrimer ? -1000 : (samples.rank[at] ?? 0) * 1000, data }));
        }
        fed = samples.index.at(-1) ?? fed;
        window = await upcoming;
      }
      await decoder.flush();
    } finally {
      if (decoder.state !== 'closed') decoder.close();
    }
  }

  #arrived(picture: VideoFrame, wanted: ReadonlySet<number>): void {
    const rank = Math.round(picture.timestamp / 1000);
    if (this.#controller.signal.aborted || !wanted.has(rank) || this.#isOver(rank)) picture.close();
    else this.#store.put(rank, picture);
    this.#wake();
  }

  /** Its last moment has passed. */
  #isOver(key: number): boolean {
    return this.#keys.lastIndexOf(key) < this.#passed - this.from;
  }

  async #stream(first: PictureWindow): Promise<void> {
    const { access, clip, size } = this.#options;
    const { signal } = this.#controller;
    for (let window: PictureWindow | null = first, frame = this.from; window;) {
      this.#keys.push(...window.frames);
      frame += window.frames.length;
      const from = Math.min(...window.frames);
      const stream = await access.frames(clip.shotId, from, Math.max(...window.frames) + 1, size, signal);
      for await (const { number, width, height, planes } of readFrameStream(stream)) {
        if (signal.aborted) return;
        const picture = new VideoFrame(planes, {
          format: 'I420', codedWidth: width, codedHeight: height, timestamp: number * 1000, colorSpace: { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false },
        });
        if (this.#isOver(number)) picture.close();
        else this.#store.put(number, picture);
        await this.#room(null);
      }
      window = frame < this.to ? await this.#window(frame) : null;
    }
  }

  /** Until few enough pictures wait, here and in the decoder. */
  async #room(decoder: VideoDecoder | null): Promise<void> {
    const isFull = (): boolean => !this.#controller.signal.aborted && decoder?.state !== 'closed' && this.#store.size + (decoder?.decodeQueueSize ?? 0) >= this.limit;
    while (isFull()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      // The queue falls without an event that all browsers have.
      if ((decoder?.decodeQueueSize ?? 0) > 0) setTimeout(resolve, 4);
      await promise;
    }
  }
}

function configOf({ codec, description, width, height }: PictureWindow): VideoDecoderConfig {
  return {
    codec: codec ?? '', codedWidth: width, codedHeight: height, optimizeForLatency: false,
    ...(description === null ? {} : { description: fromBase64(description) }),
  };
}

const supported = new Map<string, Promise<boolean>>();

function canDecode(window: PictureWindow): Promise<boolean> {
  const config = configOf(window);
  const key = `${config.codec} ${String(window.width)}x${String(window.height)}`;
  const known = supported.get(key) ?? VideoDecoder.isConfigSupported(config).then((answer) => answer.supported === true, () => false);
  supported.set(key, known);
  return known;
}
