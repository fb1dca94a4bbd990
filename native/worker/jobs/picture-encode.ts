/** The job `picture.encode`. Encoders outlive it: the next job of the same movie uses them again. */
import type { PictureEncodeRequest, PictureEncodeResult } from '../../../app/contract/jobs/picture-encode.ts';
import { EncoderCache } from '../../av/picture/encoder-cache.ts';
import { encodePicture } from '../../av/picture/encode-picture.ts';
import type { JobContext } from '../job-context.ts';

const encoders = new EncoderCache();

export function run(request: PictureEncodeRequest, context: JobContext): Promise<PictureEncodeResult> {
  return encodePicture(request, context, encoders);
}
