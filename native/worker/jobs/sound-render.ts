/** The job `sound.render`. Progress counts samples. */
import type { SoundRenderRequest, SoundSegment } from '../../../app/contract/jobs/sound-render.ts';
import { renderSound } from '../../av/sound/render-sound.ts';
import { SegmentWriter } from '../../segment/segment-writer.ts';
import type { JobContext } from '../job-context.ts';

export async function run(request: SoundRenderRequest, context: JobContext): Promise<SoundSegment> {
  using writer = new SegmentWriter(request.path);
  const { config, priming, size, warnings } = await renderSound(request, (bytes) => writer.write(bytes), context);
  const told = { config, priming, size, warnings };
  writer.finish({ kind: 'sound', ...told });
  return { path: request.path, offset: 0, ...told };
}
