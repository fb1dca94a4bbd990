/** The movie's picture as packets for a muxer, in decode order, and the one decoder configuration they need. */
import type { Movie, MoviePicture } from '../../../app/domain/movie.ts';
import { mergeConfigs, withColour } from '../../bitstream/rewrite/merge-configs.ts';
import { SampleBytes } from '../../copy/sample-bytes.ts';
import type { SourceFiles } from '../../copy/source-files.ts';
import { pictureColumns, type PictureColumns } from '../../isobmff/write/picture-samples.ts';
import type { MuxPacket } from '../codec/muxer.ts';
import { AnnexBWriter } from './annex-b.ts';

export class MuxedPicture {
  /** FFmpeg's extradata for the track. */
  readonly config: Uint8Array;
  readonly #columns: PictureColumns;
  readonly #samples: SampleBytes;
  /** For each sample's run, where sets go in band. */
  readonly #annexB: readonly AnnexBWriter[] | null;
  readonly #configs: Uint32Array;
  /** Frames by which decoding runs ahead of the screen at most. */
  readonly #delay: number;

  /** Reads the heads of samples that get other ids. Throws `input.changed`, `input.damaged`, `plan.impossible`. */
  static async open(movie: Movie, picture: MoviePicture, files: SourceFiles, checkpoint: () => Promise<void>): Promise<MuxedPicture> {
    const { format, configs } = picture;
    if (movie.container === 'mxf' && format.codec === 'h264') {
      const columns = await pictureColumns(picture, configs.map(() => null), files, checkpoint);
      return new MuxedPicture(new Uint8Array(0), columns, files, picture, configs.map((config) => new AnnexBWriter(config, format)));
    }
    const merged = mergeConfigs(format.codec, configs);
    const columns = await pictureColumns(picture, merged.rewrites, files, checkpoint);
    const config = format.codec === 'h264' ? withColour(merged.config, format.colour, format.range) : merged.config;
    return new MuxedPicture(config, columns, files, picture, null);
  }

  private constructor(config: Uint8Array, columns: PictureColumns, files: SourceFiles, picture: MoviePicture, annexB: readonly AnnexBWriter[] | null) {
    // What MP4 calls a configuration of VP9 is none for FFmpeg.
    this.config = picture.format.codec === 'vp9' ? new Uint8Array(0) : config;
    this.#columns = columns;
    this.#samples = new SampleBytes(columns.transforms, files);
    this.#annexB = annexB;
    this.#configs = Uint32Array.from(picture.runs.flatMap((run) => Array.from(run.size, () => run.config)));
    this.#delay = columns.display.reduce((most, shown, i) => Math.max(most, i - shown), 0);
  }

  get count(): number {
    return this.#columns.count;
  }

  /** Bytes of the sources that go in. */
  get bytes(): number {
    return this.#columns.written.reduce((sum, size) => sum + size, 0);
  }

  /** Times in frames; the data is valid until the next call. */
  packet(i: number): MuxPacket {
    const { file, offset, size, written, transform, display, isSync } = this.#columns;
    const sample = this.#samples.read(transform[i] ?? -1, file[i] ?? 0, offset[i] ?? 0, size[i] ?? 0, written[i] ?? 0);
    const isKey = isSync[i] === 1;
    const data = this.#annexB?.[this.#configs[i] ?? 0]?.convert(sample, isKey) ?? sample;
    return { data, pts: display[i] ?? 0, dts: i - this.#delay, duration: 1, isKey };
  }
}
