/** Slates as PNG files: lines of text on black. */
import type { SlatesMakeRequest } from '../../../app/contract/jobs/preview.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { FrameHandle } from '../codec/handles.ts';
import { CaptionPainter } from '../picture/caption-painter.ts';
import { writePicture } from './picture-file.ts';
import { pngFormat, screenFormat } from './small-formats.ts';

/** Throws `encode.failed`, `output.failed`, `output.full`. */
export async function makeSlates({ slates, width, height }: SlatesMakeRequest, context: JobContext): Promise<void> {
  const format = pngFormat(screenFormat(width, height));
  for (const [index, { path, lines }] of slates.entries()) {
    using painter = new CaptionPainter(format, [{ place: 'middle', text: [lines.join('\n')] }]);
    using slate = painter.paint(FrameHandle.picture(width, height, format.pixelFormat, new Uint8Array(width * height * 3)), 0);
    await writePicture(path, slate, format);
    context.progress(index + 1, slates.length);
    await context.checkpoint();
  }
}
