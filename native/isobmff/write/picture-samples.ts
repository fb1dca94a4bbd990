/** All picture samples of a movie in decode order, as columns; and what rewriting does to their sizes. */
import type { SampleRewriter } from '../../bitstream/rewrite/sample-rewriter.ts';
import type { MoviePicture, PictureRun } from '../../../app/domain/movie.ts';
import { sampleFlags } from '../../../app/domain/source.ts';
import type { SourceFiles } from '../../copy/source-files.ts';

/** How the bytes of a sample change on their way; `bla` is the NAL type that takes the place of CRA, 0 for none. */
export type Transform = { readonly rewriter: SampleRewriter | null; readonly bla: number };

export type PictureColumns = {
  readonly count: number;
  readonly file: Uint32Array;
  readonly offset: Float64Array;
  readonly size: Uint32Array;
  /** Size in the movie. */
  readonly written: Uint32Array;
  /** Frame of the movie. */
  readonly display: Uint32Array;
  readonly isSync: Uint8Array;
  /** Index into `transforms`, -1 for none. */
  readonly transform: Int32Array;
  readonly transforms: readonly Transform[];
};

/** Reads the NAL heads of the samples that are rewritten. `checkpoint` is awaited after each run. */
export async function pictureColumns(
  picture: MoviePicture, rewrites: readonly (SampleRewriter | null)[], files: SourceFiles, checkpoint: () => Promise<void>,
): Promise<PictureColumns> {
  const count = picture.runs.reduce((total, run) => total + run.size.length, 0);
  const columns = {
    count, file: new Uint32Array(count), offset: new Float64Array(count), size: new Uint32Array(count), written: new Uint32Array(count),
    display: new Uint32Array(count), isSync: new Uint8Array(count), transform: new Int32Array(count).fill(-1),
  };
  const transforms: Transform[] = [];
  let base = 0;
  for (const run of picture.runs) {
    addRun(columns, run, base, picture.format.codec);
    const rewriter = rewrites[run.config] ?? null;
    if (rewriter) {
      columns.transform.fill(transforms.push({ rewriter, bla: 0 }) - 1, base, base + run.size.length);
      measure(columns, rewriter, base, base + run.size.length, files);
      await checkpoint();
    }
    if (run.craToBla && run.size.length > 0) {
      // With no picture shown before it: BLA_N_LP, else BLA_W_RADL (H.265, table 7-1).
      columns.transform[base] = transforms.push({ rewriter, bla: run.display[0] === 0 ? 18 : 17 }) - 1;
      columns.isSync[base] = 1;
    }
    base += run.size.length;
  }
  return { ...columns, transforms };
}

type Mutable = Omit<PictureColumns, 'transforms'>;

function addRun(columns: Mutable, run: PictureRun, base: number, codec: string): void {
  const syncBits = codec === 'h264' || codec === 'hevc' ? sampleFlags.closed | sampleFlags.cra : sampleFlags.closed | sampleFlags.sync;
  if (typeof run.file === 'number') columns.file.fill(run.file, base, base + run.size.length);
  else columns.file.set(run.file, base);
  columns.offset.set(run.offset, base);
  columns.size.set(run.size, base);
  columns.written.set(run.size, base);
  for (let i = 0; i < run.size.length; i++) {
    columns.display[base + i] = base + (run.display[i] ?? 0);
    columns.isSync[base + i] = (run.flags[i] ?? 0) & syncBits ? 1 : 0;
  }
}

function measure(columns: Mutable, rewriter: SampleRewriter, from: number, to: number, files: SourceFiles): void {
  let scratch = Buffer.allocUnsafe(4096);
  for (let i = from; i < to; i++) {
    const file = columns.file[i] ?? 0;
    const offset = columns.offset[i] ?? 0;
    columns.written[i] = rewriter.measure((at, length) => {
      if (length > scratch.length) scratch = Buffer.allocUnsafe(length);
      files.read(file, scratch, 0, length, offset + at);
      return scratch.subarray(0, length);
    }, columns.size[i] ?? 0);
  }
}
