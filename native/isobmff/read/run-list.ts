/** Runs of sample frames in a file, those that continue each other as one. */
import type { SoundPackets } from '../../../app/domain/source.ts';
import { damaged } from './cursor.ts';

/** A run's size must fit 32 bits; whole frames of up to 64 channels of 8 bytes. */
const longestRun = 2 ** 31;
const mostRuns = 1 << 22;

export class RunList {
  readonly #frameBytes: number;
  #offset = new Float64Array(64);
  #frames = new Float64Array(64);
  #count = 0;

  /** `frameBytes`: one sample of all channels. */
  constructor(frameBytes: number) {
    this.#frameBytes = frameBytes;
  }

  add(offset: number, frames: number): void {
    if (frames <= 0) return;
    const last = this.#count - 1;
    const lastFrames = this.#frames[last] ?? 0;
    if (last >= 0 && (this.#offset[last] ?? 0) + lastFrames * this.#frameBytes === offset) {
      this.#frames[last] = lastFrames + frames;
      return;
    }
    if (this.#count === this.#offset.length) {
      if (this.#count >= mostRuns) throw damaged('its sound lies in impossibly many pieces');
      this.#offset = grown(this.#offset);
      this.#frames = grown(this.#frames);
    }
    this.#offset[this.#count] = offset;
    this.#frames[this.#count++] = frames;
  }

  packets(): SoundPackets {
    const most = Math.floor(longestRun / this.#frameBytes);
    let count = 0;
    for (let i = 0; i < this.#count; i++) count += Math.ceil((this.#frames[i] ?? 0) / most);
    const packets = { count, file: null, offset: new Float64Array(count), size: new Uint32Array(count), position: new Float64Array(count + 1) };
    let n = 0;
    let position = 0;
    for (let i = 0; i < this.#count; i++) {
      const frames = this.#frames[i] ?? 0;
      for (let done = 0; done < frames; done += most, n++) {
        const length = Math.min(most, frames - done);
        packets.offset[n] = (this.#offset[i] ?? 0) + done * this.#frameBytes;
        packets.size[n] = length * this.#frameBytes;
        packets.position[n] = position;
        position += length;
      }
    }
    packets.position[n] = position;
    return packets;
  }
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * array.length);
  larger.set(array);
  return larger;
}
