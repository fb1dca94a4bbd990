/** Stretches of shots' sound, decoded, at the programme's rate; the ones used last are kept. */
import { decodeSound } from './decode-sound.ts';
import type { MediaAccess } from './media-access.ts';
import { resample } from './resample.ts';

const kept = 24;

export class SoundWindows {
  readonly #access: MediaAccess;
  readonly #rate: number;
  readonly #onTrouble: (error: unknown) => void;
  readonly #windows = new Map<string, Promise<Float32Array | null>>();
  /** Not that of whoever asked first: another may be waiting for the same stretch. */
  readonly #controller = new AbortController();

  constructor(access: MediaAccess, sampleRate: number, onTrouble: (error: unknown) => void) {
    this.#access = access;
    this.#rate = sampleRate;
    this.#onTrouble = onTrouble;
  }

  /** Interleaved stereo, `samples` of it; null where it cannot be heard, which is told. Frames are the timeline's, on the shot's clock. */
  get(shotId: number, frame: number, frames: number, samples: number): Promise<Float32Array | null> {
    const key = [shotId, frame, frames, samples].join();
    const made = this.#windows.get(key) ?? this.#make(shotId, frame, frames, samples);
    this.#windows.delete(key);
    this.#windows.set(key, made);
    for (const oldest of this.#windows.keys()) {
      if (this.#windows.size <= kept) break;
      this.#windows.delete(oldest);
    }
    return made;
  }

  close(): void {
    this.#controller.abort();
    this.#windows.clear();
  }

  async #make(shotId: number, frame: number, frames: number, samples: number): Promise<Float32Array | null> {
    const { signal } = this.#controller;
    try {
      const window = await this.#access.sound(shotId, frame, frames, signal);
      const decoded = await decodeSound(shotId, window, this.#access, signal);
      return window.sampleRate === this.#rate ? decoded : resample(decoded, window, this.#rate, samples);
    } catch (error) {
      // One clip that cannot be heard is no reason for the others not to be.
      if (!signal.aborted) this.#onTrouble(error);
      return null;
    }
  }
}
