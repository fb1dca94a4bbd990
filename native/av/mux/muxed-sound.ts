/** The programme's sound as packets for a muxer. */
import type { MovieSound } from '../../../app/domain/movie.ts';
import type { SourceFiles } from '../../copy/source-files.ts';
import { aacFrame, soundColumns, type SoundColumns } from '../../isobmff/write/sound-pieces.ts';
import type { MuxPacket } from '../codec/muxer.ts';

export class MuxedSound {
  readonly #columns: SoundColumns;
  readonly #files: SourceFiles;
  readonly #priming: number;
  readonly #isAac: boolean;
  #bytes = Buffer.allocUnsafe(64 * 1024);

  constructor(sound: MovieSound, files: SourceFiles) {
    this.#columns = soundColumns(sound);
    this.#files = files;
    this.#priming = sound.priming;
    this.#isAac = sound.format.codec === 'aac';
  }

  get count(): number {
    return this.#columns.count;
  }

  get bytes(): number {
    return this.#columns.size.reduce((sum, size) => sum + size, 0);
  }

  /** Programme sample at which packet `i` begins. */
  start(i: number): number {
    return (this.#columns.start[i] ?? 0) - this.#priming;
  }

  /** Times in samples; the data is valid until the next call. Throws `input.changed`. */
  packet(i: number): MuxPacket {
    const { file, offset, size, samples } = this.#columns;
    const length = size[i] ?? 0;
    if (this.#bytes.length < length) this.#bytes = Buffer.allocUnsafe(2 * length);
    this.#files.read(file[i] ?? 0, this.#bytes, 0, length, offset[i] ?? 0);
    const start = this.start(i);
    return { data: this.#bytes.subarray(0, length), pts: start, dts: start, duration: this.#isAac ? aacFrame : samples[i] ?? 0, isKey: true };
  }
}
