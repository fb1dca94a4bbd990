/** Frames taken one after the other, each mixed with the one that comes. */
import type { JobBlend } from '../../../app/contract/jobs/shared.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import type { JobContext } from '../../worker/job-context.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { blendFrames } from './blend-frames.ts';
import { ConformedFrames } from './conformed-frames.ts';

export class BlendedFrames implements Disposable {
  readonly #blend: JobBlend;
  readonly #format: PictureFormat;
  readonly #coming: ConformedFrames;

  constructor(blend: JobBlend, format: PictureFormat, context: Pick<JobContext, 'checkpoint'>) {
    this.#blend = blend;
    this.#format = format;
    const { input, deinterlace, frames } = blend;
    this.#coming = new ConformedFrames({ input, format, deinterlace, outputs: [{ frames }] }, { progress: () => undefined, checkpoint: () => context.checkpoint() });
  }

  /** Frame `i`; takes `going` over. */
  async mix(going: FrameHandle, i: number): Promise<FrameHandle> {
    using from = going;
    const { frames, style, done, of } = this.#blend;
    using to = await this.#coming.take(frames[i] ?? 0);
    const mixed = blendFrames(from, to, this.#format, style, done + i + 1, of + 1);
    if (from.pts !== null) mixed.pts = from.pts;
    return mixed;
  }

  [Symbol.dispose](): void {
    this.#coming[Symbol.dispose]();
  }
}
