/**
 * The movie as a list of byte runs of files, without writing it: for players that read it over Range. The header, and samples that are
 * not in the movie as they are in their source, go into one small file of their own.
 */
import type { LayoutMakeRequest, LayoutMakeResult } from '../../../app/contract/jobs/layout-make.ts';
import { OutputFile } from '../../copy/output-file.ts';
import { SampleBytes } from '../../copy/sample-bytes.ts';
import { SourceFiles } from '../../copy/source-files.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { layOutMovie } from './write-movie.ts';

const checkpointEvery = 256;

/** Throws as `writeMovie` does. */
export async function makeLayout({ movie, path, expected }: LayoutMakeRequest, context: JobContext): Promise<LayoutMakeResult> {
  using files = new SourceFiles(movie.files, expected);
  const { layout, transforms } = await layOutMovie(movie, files, null, context);
  const { extents } = layout;
  using output = new OutputFile(path);
  output.write(layout.header);
  const samples = new SampleBytes(transforms, files);
  const own = movie.files.length;
  const file = new Uint32Array(extents.count + 1);
  const offset = new Float64Array(extents.count + 1);
  const length = new Float64Array(extents.count + 1);
  file[0] = own;
  length[0] = layout.header.length;
  for (let i = 0; i < extents.count; i++) {
    const transform = extents.transform[i] ?? -1;
    const written = extents.written[i] ?? 0;
    const source = extents.file[i] ?? 0;
    const from = extents.offset[i] ?? 0;
    length[i + 1] = written;
    if (transform < 0) {
      file[i + 1] = source;
      offset[i + 1] = from;
    } else {
      file[i + 1] = own;
      offset[i + 1] = output.length;
      output.write(samples.read(transform, source, from, extents.length[i] ?? 0, written));
    }
    if (i % checkpointEvery === 0) await context.checkpoint();
  }
  output.finish();
  return { files: [...movie.files, path], file, offset, length, bytes: layout.bytes };
}
