/**
 * Samples from the worker to the audio thread through shared memory: stereo floats in a ring, one writer, one reader, no locks. Each counter has one
 * side that writes it, so that stopping and starting anew lose no count; they wrap, and only their differences mean anything.
 */
const heldFrames = 48_000;
/** Int32: frames written, frames read, the frame before which all is to be dropped, whether the reader plays. */
const headBytes = 16;
const written = 0;
const read = 1;
const dropped = 2;
const isPlaying = 3;
/** Frames that the reader may be taking at this moment: more than the largest buffer of a sound card. */
const taking = 4800;

export function makeRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(headBytes + heldFrames * 2 * 4);
}

export class SoundRing {
  readonly #head: Int32Array;
  readonly #samples: Float32Array;
  #base = 0;

  constructor(buffer: SharedArrayBuffer) {
    this.#head = new Int32Array(buffer, 0, headBytes / 4);
    this.#samples = new Float32Array(buffer, headBytes);
  }

  /** Frames that the reader has taken since `reset`. */
  get played(): number {
    return Math.max(0, (Atomics.load(this.#head, read) - this.#base) | 0);
  }

  /** Frames that were written since `reset`. */
  get end(): number {
    return (Atomics.load(this.#head, written) - this.#base) | 0;
  }

  get filled(): number {
    return this.end - this.played;
  }

  get room(): number {
    return heldFrames - this.filled;
  }

  /** At most `room` frames of interleaved stereo. */
  write(interleaved: Float32Array): void {
    const at = Atomics.load(this.#head, written);
    const frames = interleaved.length / 2;
    for (let i = 0; i < frames; i++) {
      const slot = slotOf(at + i);
      this.#samples[slot] = interleaved[2 * i] ?? 0;
      this.#samples[slot + 1] = interleaved[2 * i + 1] ?? 0;
    }
    Atomics.store(this.#head, written, (at + frames) | 0);
  }

  /** Fills both channels; what is not there yet is silence, and is not counted as played. */
  read(left: Float32Array, right: Float32Array): void {
    const from = Atomics.load(this.#head, read);
    const start = Atomics.load(this.#head, dropped);
    const at = ((start - from) | 0) > 0 ? start : from;
    const there = (Atomics.load(this.#head, written) - at) | 0;
    const frames = Atomics.load(this.#head, isPlaying) === 1 ? Math.max(0, Math.min(left.length, there)) : 0;
    for (let i = 0; i < frames; i++) {
      const slot = slotOf(at + i);
      left[i] = this.#samples[slot] ?? 0;
      right[i] = this.#samples[slot + 1] ?? 0;
    }
    left.fill(0, frames);
    right.fill(0, frames);
    if (frames > 0) Atomics.store(this.#head, read, (at + frames) | 0);
  }

  play(): void {
    Atomics.store(this.#head, isPlaying, 1);
  }

  /** Takes back what is not about to be heard; writing goes on at `end`. */
  takeBack(): void {
    const kept = Math.min(this.end, this.played + taking);
    Atomics.store(this.#head, written, (this.#base + kept) | 0);
  }

  /** Stops and empties it. */
  reset(): void {
    Atomics.store(this.#head, isPlaying, 0);
    this.#base = Atomics.load(this.#head, written);
    Atomics.store(this.#head, dropped, this.#base);
  }
}

function slotOf(frame: number): number {
  // 2^32 is no multiple of the ring's length: frames are counted from nought where they wrap, after a day of playing.
  return ((frame >>> 0) % heldFrames) * 2;
}
