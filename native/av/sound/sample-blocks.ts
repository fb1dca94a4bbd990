/** The programme as blocks of equal length: what is written is placed at its sample, all else is silence. */

/** Memory of one block: one element a plane; packed samples have one plane. */
export type Planes = readonly Uint8Array[];

/** Samples are opaque bytes of which all zeros are silence. */
export class SampleBlocks {
  readonly #end: number;
  readonly #length: number;
  readonly #stride: number;
  readonly #planes: () => Planes;
  readonly #take: (samples: number) => void;
  #blockStart: number;
  #filled = 0;
  #current: Planes;

  /**
   * Programme samples [start, end) in blocks of `length`, each filled into what `planes()` gives, with `stride` bytes a sample in every
   * plane, and handed to `take`. The last block is padded with silence; `samples` says how many of a block belong to the programme.
   */
  constructor(range: { start: number; end: number }, length: number, stride: number, planes: () => Planes, take: (samples: number) => void) {
    this.#blockStart = range.start;
    this.#end = range.end;
    this.#length = length;
    this.#stride = stride;
    this.#planes = planes;
    this.#take = take;
    this.#current = planes();
  }

  /** Programme sample that comes next. */
  get position(): number {
    return this.#blockStart + this.#filled;
  }

  /** Samples [offset, offset + length) of `planes` are heard at programme sample `at`. What lies before `position` or past the end is dropped. */
  write(at: number, planes: Planes, offset: number, length: number): void {
    const from = Math.max(at, this.position);
    const to = Math.min(at + length, this.#end);
    if (from >= to) return;
    this.silenceUntil(from);
    this.#fill(planes, offset + from - at, to - from);
  }

  silenceUntil(at: number): void {
    const to = Math.min(at, this.#end);
    if (this.position < to) this.#fill(null, 0, to - this.position);
  }

  /** Silence up to the end, and the last block. */
  finish(): void {
    this.silenceUntil(this.#end);
    if (this.#filled === 0) return;
    for (const plane of this.#current) plane.fill(0, this.#filled * this.#stride, this.#length * this.#stride);
    this.#emit();
  }

  #fill(planes: Planes | null, offset: number, length: number): void {
    const stride = this.#stride;
    for (let done = 0; done < length;) {
      const count = Math.min(length - done, this.#length - this.#filled);
      const target = this.#filled * stride;
      for (let p = 0; p < this.#current.length; p++) {
        const plane = this.#current[p];
        const source = planes?.[p];
        if (source) plane?.set(source.subarray((offset + done) * stride, (offset + done + count) * stride), target);
        else plane?.fill(0, target, target + count * stride);
      }
      done += count;
      this.#filled += count;
      if (this.#filled === this.#length) this.#emit();
    }
  }

  #emit(): void {
    const samples = this.#filled;
    this.#take(samples);
    this.#blockStart += samples;
    this.#filled = 0;
    if (this.#blockStart < this.#end) this.#current = this.#planes();
  }
}
