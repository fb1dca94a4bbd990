/** The audio thread's end: whatever the ring holds is played. */
import { SoundRing } from './sound-ring.ts';

// The audio thread's globals are in no library of TypeScript's.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new (options: { readonly processorOptions: { readonly ring: SharedArrayBuffer } }) => AudioWorkletProcessor): void;

class RingPlayer extends AudioWorkletProcessor {
  readonly #ring: SoundRing;

  constructor(options: { readonly processorOptions: { readonly ring: SharedArrayBuffer } }) {
    super();
    this.#ring = new SoundRing(options.processorOptions.ring);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const [left, right] = outputs[0] ?? [];
    if (left && right) this.#ring.read(left, right);
    return true;
  }
}

registerProcessor('ring-player', RingPlayer);
