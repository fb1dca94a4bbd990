/** Samples from the worker to the audio thread through shared memory: stereo floats in a ring, one writer, one reader, no locks. */
const heldFrames = 48_000;
/** Int32: frames written, frames read, whether the reader plays. Counters wrap at 2^31: a ring is made anew long before. */
const headBytes = 16;
const written = 0;
const read = 1;
const isPlaying = 2;

export function makeRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(headBytes + heldFrames * 2 * 4);
}

export class SoundRing {
  readonly #head: Int32Array;
  readonly #samples: Float32Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#head = new Int32Array(buffer, 0, headBytes / 4);
    this.#samples = new Float32Array(buffer, headBytes);
  }

  /** Frames that the reader has taken since `reset`. */
  get played(): number {
    return Atomics.load(this.#head, read);
  }

  get room(): number {
    return heldFrames - (Atomics.load(this.#head, written) - Atomics.load(this.#head, read));
  }

  get filled(): number {
    return heldFrames - this.room;
  }

  /** At most `room` frames of interleaved stereo. */
  write(interleaved: Float32Array): void {
    const at = Atomics.load(this.#head, written);
    const frames = interleaved.length / 2;
    for (let i = 0; i < frames; i++) {
      const slot = ((at + i) % heldFrames) * 2;
      this.#samples[slot] = interleaved[2 * i] ?? 0;
      this.#samples[slot + 1] = interleaved[2 * i + 1] ?? 0;
    }
    Atomics.store(this.#head, written, at + frames);
  }

  /** Fills both channels; what is not there yet is silence, and is not counted as played. */
  read(left: Float32Array, right: Float32Array): void {
    const at = Atomics.load(this.#head, read);
    const frames = Atomics.load(this.#head, isPlaying) === 1 ? Math.min(left.length, Atomics.load(this.#head, written) - at) : 0;
    for (let i = 0; i < frames; i++) {
      const slot = ((at + i) % heldFrames) * 2;
      left[i] = this.#samples[slot] ?? 0;
      right[i] = this.#samples[slot + 1] ?? 0;
    }
    left.fill(0, frames);
    right.fill(0, frames);
    if (frames > 0) Atomics.store(this.#head, read, at + frames);
  }

  play(): void {
    Atomics.store(this.#head, isPlaying, 1);
  }

  /** Stops and empties it. */
  reset(): void {
    Atomics.store(this.#head, isPlaying, 0);
    Atomics.store(this.#head, written, 0);
    Atomics.store(this.#head, read, 0);
  }
}
