/** The whole of a picture job: one pass of decoding, frames conformed, each output encoded to its segment. */
import { withPlace } from '../../../app/base/errors.ts';
import type { PictureEncodeRequest, PictureEncodeResult, PictureSegment } from '../../../app/contract/jobs/picture-encode.ts';
import type { JobContext } from '../../worker/job-context.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { ConformedFrames } from './conformed-frames.ts';
import type { EncoderCache } from './encoder-cache.ts';
import { encodeSegment } from './encode-segment.ts';
import { FinishedFrames } from './finished-frames.ts';

/** Throws `decode.failed`, `encode.failed`, `input.changed`, `output.full`, `cancelled`, with the clip's name. */
export async function encodePicture(request: PictureEncodeRequest, context: JobContext, encoders: EncoderCache): Promise<PictureEncodeResult> {
  try {
    using frames = new ConformedFrames(request, context);
    const segments: PictureSegment[] = [];
    for (const { path, frames: ranks, captions, blend } of request.outputs) {
      using finished = new FinishedFrames(frames, request.format, { captions, blend }, context);
      const frame = (i: number): Promise<FrameHandle> => finished.take(ranks[i] ?? 0);
      segments.push(await encodeSegment(path, { count: ranks.length, frame }, request, encoders));
    }
    return { segments, framesDecoded: frames.decoded };
  } catch (error) {
    throw withPlace(error, { clip: request.clip, file: request.input?.files[0] });
  }
}
