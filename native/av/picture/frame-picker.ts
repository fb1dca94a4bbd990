/** Hands out frames by rank in any order from one pass of decoding: a frame stays while somebody will still ask for it. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { FrameHandle } from '../codec/handles.ts';

export class FramePicker implements Disposable {
  readonly #frames: Iterator<FrameHandle, void>;
  readonly #uses = new Map<number, number>();
  readonly #held = new Map<number, FrameHandle>();
  #decoded = 0;

  /** `outputs`: every rank as often as it will be taken. */
  constructor(frames: Iterator<FrameHandle, void>, outputs: readonly Uint32Array[]) {
    this.#frames = frames;
    for (const ranks of outputs) for (const rank of ranks) this.#uses.set(rank, (this.#uses.get(rank) ?? 0) + 1);
  }

  get decoded(): number {
    return this.#decoded;
  }

  /** The caller's to free. `pause` is awaited after each decoded frame. Throws `decode.failed` where the frame does not come. */
  async take(rank: number, pause: () => Promise<void>): Promise<FrameHandle> {
    while (!this.#held.has(rank)) {
      this.#decodeOne(rank);
      await pause();
    }
    const frame = this.#held.get(rank);
    if (!frame) throw new Error('unreachable');
    const left = (this.#uses.get(rank) ?? 1) - 1;
    this.#uses.set(rank, left);
    if (left > 0) return frame.share();
    this.#held.delete(rank);
    return frame;
  }

  [Symbol.dispose](): void {
    for (const frame of this.#held.values()) frame.free();
    this.#held.clear();
    this.#frames.return?.();
  }

  #decodeOne(wanted: number): void {
    const { value: frame, done } = this.#frames.next();
    if (done || !frame) {
      throw new StringoutError('decode.failed', `picture ${wanted} (counted in order of display) did not come out of the decoder; the file is damaged there`);
    }
    this.#decoded++;
    const rank = frame.pts;
    if (rank !== null && (this.#uses.get(rank) ?? 0) > 0 && !this.#held.has(rank)) this.#held.set(rank, frame);
    else frame.free();
  }
}
