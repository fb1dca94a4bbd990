/** The job `sound.render`. Progress counts samples. */
import type { SoundRenderRequest, SoundRenderResult, SoundSegment } from '../../../app/contract/jobs/sound-render.ts';
import { renderSound } from '../../av/sound/render-sound.ts';
import { SoundTools } from '../../av/sound/sound-tools.ts';
import { SegmentWriter } from '../../segment/segment-writer.ts';
import type { JobContext } from '../job-context.ts';

/** All pieces or none: those of a job that fails are not there. */
export async function run({ format, bitRate, isKept, pieces }: SoundRenderRequest, context: JobContext): Promise<SoundRenderResult> {
  const total = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  let before = 0;
  const checkpoint = (): Promise<void> => context.checkpoint();
  using tools = new SoundTools();
  using writers = new DisposableStack();
  const sealed: SegmentWriter[] = [];
  const segments: SoundSegment[] = [];
  for (const { path, from, to, parts } of pieces) {
    const writer = writers.use(new SegmentWriter(path));
    const share = to - from;
    const progress = (done: number, of: number): void => { context.progress(before + Math.floor((share * done) / Math.max(1, of)), total); };
    const { config, priming, size, warnings } = await renderSound({ format, bitRate, from, to, parts }, (bytes) => writer.write(bytes), { checkpoint, progress }, tools);
    const told = { config, priming, size, warnings };
    writer.seal({ kind: 'sound', ...told });
    sealed.push(writer);
    segments.push({ path, offset: 0, ...told });
    before += share;
  }
  for (const writer of sealed) writer.publish(isKept);
  return { segments };
}
