/** Packets of an input in order. What lies near in the file is read at once, with what is between: a read costs more than the few bytes it saves. */
import type { SoundInput } from '../../../app/contract/jobs/shared.ts';
import type { SourceFiles } from './source-files.ts';

const widestGap = 32 * 1024;
const mostAtOnce = 256 * 1024;

export class PacketReader {
  readonly #input: SoundInput;
  readonly #files: SourceFiles;
  #buffer = new Uint8Array(0);
  /** Packets [first, end) are in the buffer, which begins at `start` of their file. */
  #first = 0;
  #end = 0;
  #start = 0;

  constructor(input: SoundInput, files: SourceFiles) {
    this.#input = input;
    this.#files = files;
  }

  /** Valid until the next call. Throws as `SourceFiles.read`. */
  packet(i: number): Uint8Array {
    if (i < this.#first || i >= this.#end) this.#fill(i);
    const at = (this.#input.offset[i] ?? 0) - this.#start;
    return this.#buffer.subarray(at, at + (this.#input.size[i] ?? 0));
  }

  #fill(i: number): void {
    const { offset, size, file, files } = this.#input;
    const start = offset[i] ?? 0;
    let stop = start + (size[i] ?? 0);
    let end = i + 1;
    for (; end < size.length; end++) {
      const next = offset[end] ?? 0;
      const after = next + (size[end] ?? 0);
      if ((file?.[end] ?? 0) !== (file?.[i] ?? 0) || next < stop || next - stop > widestGap || after - start > mostAtOnce) break;
      stop = after;
    }
    if (this.#buffer.length < stop - start) this.#buffer = new Uint8Array(stop - start);
    this.#files.read(files[file?.[i] ?? 0] ?? '', start, this.#buffer.subarray(0, stop - start));
    this.#first = i;
    this.#end = end;
    this.#start = start;
  }
}
