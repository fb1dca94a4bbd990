/** The whole of a picture job: one pass of decoding, frames conformed, each output encoded to its segment. */
import { withPlace } from '../../../app/base/errors.ts';
import type { PictureEncodeRequest, PictureEncodeResult, PictureSegment } from '../../../app/contract/jobs/picture-encode.ts';
import type { JobContext } from '../../worker/job-context.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { CaptionPainter } from './caption-painter.ts';
import { ConformedFrames } from './conformed-frames.ts';
import type { EncoderCache } from './encoder-cache.ts';
import { encodeSegment } from './encode-segment.ts';

/** Throws `decode.failed`, `encode.failed`, `input.changed`, `output.full`, `cancelled`, with the clip's name. */
export async function encodePicture(request: PictureEncodeRequest, context: JobContext, encoders: EncoderCache): Promise<PictureEncodeResult> {
  try {
    using frames = new ConformedFrames(request, context);
    const segments: PictureSegment[] = [];
    for (const { path, frames: ranks, captions = [] } of request.outputs) {
      using painter = captions.length > 0 ? new CaptionPainter(request.format, captions) : null;
      const frame = async (i: number): Promise<FrameHandle> => {
        const plain = await frames.take(ranks[i] ?? 0);
        return painter ? painter.paint(plain, i) : plain;
      };
      segments.push(await encodeSegment(path, { count: ranks.length, frame }, request, encoders));
    }
    return { segments, framesDecoded: frames.decoded };
  } catch (error) {
    throw withPlace(error, { clip: request.clip, file: request.input?.files[0] });
  }
}
