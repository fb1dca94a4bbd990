/** Decoded pictures that wait for their moment, by number. Every one is closed once; how many are open is counted over all of them. */
export const openFrames = { count: 0 };

export class FrameStore {
  readonly #frames = new Map<number, VideoFrame>();

  get size(): number {
    return this.#frames.size;
  }

  has(key: number): boolean {
    return this.#frames.has(key);
  }

  get(key: number): VideoFrame | null {
    return this.#frames.get(key) ?? null;
  }

  /** Takes the frame over. */
  put(key: number, frame: VideoFrame): void {
    this.delete(key);
    openFrames.count++;
    this.#frames.set(key, frame);
  }

  delete(key: number): void {
    const frame = this.#frames.get(key);
    if (!frame) return;
    this.#frames.delete(key);
    openFrames.count--;
    frame.close();
  }

  keys(): readonly number[] {
    return [...this.#frames.keys()];
  }

  clear(): void {
    for (const key of this.keys()) this.delete(key);
  }
}
