/** One sample as it stands in the movie: read, and rewritten where its place asks for it. */
import type { Transform } from '../isobmff/write/picture-samples.ts';
import type { SourceFiles } from './source-files.ts';

export class SampleBytes {
  readonly #transforms: readonly Transform[];
  readonly #files: SourceFiles;
  #sample = Buffer.allocUnsafe(64 * 1024);
  #target = Buffer.allocUnsafe(64 * 1024);

  constructor(transforms: readonly Transform[], files: SourceFiles) {
    this.#transforms = transforms;
    this.#files = files;
  }

  /** `transform` is -1 for a sample that stays as it is; `written` is its size in the movie. Valid until the next call. Throws `input.changed`, `input.damaged`. */
  read(transform: number, file: number, offset: number, length: number, written: number): Buffer {
    if (this.#sample.length < length) this.#sample = Buffer.allocUnsafe(length * 2);
    if (this.#target.length < written) this.#target = Buffer.allocUnsafe(written * 2);
    this.#files.read(file, this.#sample, 0, length, offset);
    const bytes = this.#sample.subarray(0, length);
    const { rewriter, bla } = this.#transforms[transform] ?? { rewriter: null, bla: 0 };
    if (bla > 0) craToBla(bytes, bla);
    if (!rewriter) return bytes;
    const made = rewriter.write(bytes, this.#target);
    if (made !== written) throw new Error(`a sample of ${made} bytes was laid out as ${written}`);
    return this.#target.subarray(0, made);
  }
}

/** NAL type 21 becomes a BLA; nothing else of the slice changes (H.265, 7.3.1.2). Four-byte lengths, as hvcC has them in practice. */
function craToBla(sample: Uint8Array, type: number): void {
  for (let at = 0; at + 6 <= sample.length;) {
    const length = (sample[at] ?? 0) * 2 ** 24 + ((sample[at + 1] ?? 0) << 16) + ((sample[at + 2] ?? 0) << 8) + (sample[at + 3] ?? 0);
    const head = sample[at + 4] ?? 0;
    if (((head >> 1) & 63) === 21) sample[at + 4] = (head & 0x81) | (type << 1);
    at += 4 + length;
  }
}
