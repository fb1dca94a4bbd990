/** Hands out frames by rank in any order from one pass of decoding: a frame stays while somebody will still ask for it. */
import { StringoutError } from '../../../app/base/errors.ts';
import { mostHeld } from '../../../app/domain/plan/held-frames.ts';
import type { FrameHandle } from '../codec/handles.ts';

/** Frames that wait beyond those expected, before one is taken to be missing: more than any decoder reorders. */
const patience = 20;

export class FramePicker implements Disposable {
  readonly #frames: Iterator<FrameHandle, void>;
  readonly #uses = new Map<number, number>();
  readonly #held = new Map<number, FrameHandle>();
  readonly #most: number;
  #decoded = 0;

  /** `outputs`: every rank as often as it will be taken. */
  constructor(frames: Iterator<FrameHandle, void>, outputs: readonly Uint32Array[]) {
    this.#frames = frames;
    this.#most = mostHeld(outputs) + patience;
    for (const ranks of outputs) for (const rank of ranks) this.#uses.set(rank, (this.#uses.get(rank) ?? 0) + 1);
  }

  get decoded(): number {
    return this.#decoded;
  }

  /** The caller's to free. `pause` is awaited after each decoded frame. Throws `decode.failed` where the frame does not come. */
  async take(rank: number, pause: () => Promise<void>): Promise<FrameHandle> {
    while (!this.#held.has(rank)) {
      // Else all frames after a damaged one would be kept in memory.
      if (this.#held.size > this.#most) throw missing(rank);
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
    if (done || !frame) throw missing(wanted);
    this.#decoded++;
    const rank = frame.pts;
    if (rank !== null && (this.#uses.get(rank) ?? 0) > 0 && !this.#held.has(rank)) this.#held.set(rank, frame);
    else frame.free();
  }
}

function missing(rank: number): StringoutError {
  return new StringoutError('decode.failed', `picture ${rank} (counted in order of display) did not come out of the decoder; the file is damaged there`);
}
