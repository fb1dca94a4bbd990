/** The programme's sound alone as a Broadcast Wave file, under the movie's start timecode. The host renames it. */
import { StringoutError } from '../../app/base/errors.ts';
import type { MovieWriteRequest, MovieWriteResult } from '../../app/contract/jobs/movie-write.ts';
import type { Movie, MovieSound } from '../../app/domain/movie.ts';
import { scaleRound } from '../../app/domain/rational.ts';
import { checkSpace } from '../copy/check-space.ts';
import { OutputFile } from '../copy/output-file.ts';
import { SourceFiles } from '../copy/source-files.ts';
import { soundColumns } from '../isobmff/write/sound-pieces.ts';
import type { JobContext } from '../worker/job-context.ts';
import { waveHeader } from './wave-header.ts';

/** Throws `plan.impossible`, `input.changed`, `output.full`, `output.failed`. */
export async function writeWave(request: MovieWriteRequest, context: JobContext): Promise<MovieWriteResult> {
  const { movie } = request;
  const { sound } = movie;
  if (!sound) throw new StringoutError('plan.impossible', 'there is no sound to write: choose a movie instead of .wav', { file: request.path });
  using files = new SourceFiles(movie.files, request.expected);
  const { count, file, offset, size } = soundColumns(sound);
  const bytes = size.subarray(0, count).reduce((sum, length) => sum + length, 0);
  const header = waveHeader({ format: sound.format, bytes, timeReference: samplesFromMidnight(movie, sound), description: movie.timecode?.reel ?? '' });
  const whole = header.length + bytes + (bytes & 1);
  checkSpace(request.path, whole);
  using output = new OutputFile(request.path);
  output.write(header);
  for (let i = 0; i < count; i++) {
    output.fill(size[i] ?? 0, (target, to, part, filled) => files.read(file[i] ?? 0, target, to, part, (offset[i] ?? 0) + filled));
    context.progress(output.length, whole);
    await context.checkpoint();
  }
  output.zeros(bytes & 1);
  return { bytes: whole, bytesMoved: whole, syncSeconds: output.finish() };
}

function samplesFromMidnight({ timecode }: Movie, { format }: MovieSound): number {
  return timecode ? scaleRound(timecode.frame, format.sampleRate * timecode.rate.den, timecode.rate.num) : 0;
}
