/** One frame as a PNG, as it is shown: upright, square pixels, tone-mapped where it must be. */
import type { StillMakeRequest } from '../../../app/contract/jobs/preview.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { ConformedFrames } from '../picture/conformed-frames.ts';
import { writePicture } from './picture-file.ts';
import { pngFormat } from './small-formats.ts';

/** Throws `decode.failed`, `encode.failed`. */
export async function makeStill({ input, rank, path }: StillMakeRequest, context: JobContext): Promise<void> {
  const format = pngFormat(input.format);
  using frames = new ConformedFrames({ input, format, deinterlace: false, outputs: [{ frames: Uint32Array.of(rank) }] }, context);
  using frame = await frames.take(rank);
  await writePicture(path, frame, format);
}
