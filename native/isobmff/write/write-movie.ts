/** An MP4 or MOV from a Movie: configurations merged, laid out, written, synced. The host renames it. */
import type { MovieWriteRequest, MovieWriteResult } from '../../../app/contract/jobs/movie-write.ts';
import type { Movie } from '../../../app/domain/movie.ts';
import { mergeConfigs, withColour } from '../../bitstream/rewrite/merge-configs.ts';
import { checkSpace } from '../../copy/check-space.ts';
import { OutputFile } from '../../copy/output-file.ts';
import { kernelCopy } from '../../copy/kernel-copy.ts';
import { loadLibc } from '../../copy/libc.ts';
import { shareRange, sharingFiles } from '../../copy/reflink.ts';
import { SourceFiles } from '../../copy/source-files.ts';
import { writeExtents } from '../../copy/write-extents.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { layOut, type Layout } from './layout.ts';
import { pictureColumns, type Transform } from './picture-samples.ts';
import { soundColumns } from './sound-pieces.ts';

export type MovieLayout = { readonly layout: Layout; readonly transforms: readonly Transform[] };

/** `canShare` as for `layOut`. Throws `input.changed`, `input.damaged`, `plan.impossible`. */
export async function layOutMovie(movie: Movie, files: SourceFiles, canShare: ((file: number) => boolean) | null, context: JobContext): Promise<MovieLayout> {
  const format = movie.picture?.format;
  const merged = movie.picture && mergeConfigs(movie.picture.format.codec, movie.picture.configs);
  const config = merged && format?.codec === 'h264' ? withColour(merged.config, format.colour, format.range) : (merged?.config ?? new Uint8Array(0));
  const picture = movie.picture && merged ? await pictureColumns(movie.picture, merged.rewrites, files, () => context.checkpoint()) : null;
  const sound = movie.sound ? soundColumns(movie.sound) : null;
  return { layout: layOut({ movie, config, picture, sound }, canShare), transforms: picture?.transforms ?? [] };
}

/** Throws `input.changed`, `input.damaged`, `output.full`, `output.failed`, `plan.impossible`. */
export async function writeMovie(request: MovieWriteRequest, context: JobContext): Promise<MovieWriteResult> {
  const { movie } = request;
  using files = new SourceFiles(movie.files, request.expected);
  const canShare = sharingFiles(request.path, movie.files);
  const libc = await loadLibc();
  const share = canShare && libc && shareRange(libc);
  const { layout, transforms } = await layOutMovie(movie, files, share && canShare, context);

  if (!share) checkSpace(request.path, layout.bytes);
  using output = new OutputFile(request.path);
  context.progress(0, layout.bytes);
  output.write(layout.header);
  const bytesMoved = await writeExtents(layout, transforms, files, output, { share, kernelCopy: libc && kernelCopy(libc) }, {
    progress: (bytes) => context.progress(bytes, layout.bytes),
    checkpoint: () => context.checkpoint(),
  });
  const syncSeconds = output.finish();
  context.progress(layout.bytes, layout.bytes);
  return { bytes: layout.bytes, bytesMoved, syncSeconds };
}
