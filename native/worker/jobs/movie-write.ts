/** Writes the movie by its container: MP4 and MOV and WAV by our own layout, the others through the libraries' muxers. */
import type { MovieWriteRequest, MovieWriteResult } from '../../../app/contract/jobs/movie-write.ts';
import { writeMovie } from '../../isobmff/write/write-movie.ts';
import type { JobContext } from '../job-context.ts';

export async function run(request: MovieWriteRequest, context: JobContext): Promise<MovieWriteResult> {
  const { container } = request.movie;
  if (container === 'mp4' || container === 'mov') return writeMovie(request, context);
  if (container === 'wav') {
    const { writeWave } = await import('../../riff/write-wave.ts');
    return writeWave(request, context);
  }
  const { writeMuxedMovie } = await import('../../av/mux/write-muxed-movie.ts');
  return writeMuxedMovie(request, context);
}
