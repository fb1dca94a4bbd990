/** Frames taken one after the other, with what is mixed into them and written over them. */
import type { JobBlend } from '../../../app/contract/jobs/shared.ts';
import type { Caption } from '../../../app/domain/captions.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import type { JobContext } from '../../worker/job-context.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { BlendedFrames } from './blended-frames.ts';
import { CaptionPainter } from './caption-painter.ts';
import type { ConformedFrames } from './conformed-frames.ts';

export type Finish = { readonly captions?: readonly Caption[] | undefined; readonly blend?: JobBlend | undefined };

export class FinishedFrames implements Disposable {
  readonly #frames: ConformedFrames;
  readonly #blend: BlendedFrames | null;
  readonly #painter: CaptionPainter | null;
  #taken = 0;

  /** `frames` stay the caller's. */
  constructor(frames: ConformedFrames, format: PictureFormat, { captions = [], blend }: Finish, context: Pick<JobContext, 'checkpoint'>) {
    this.#frames = frames;
    this.#blend = blend ? new BlendedFrames(blend, format, context) : null;
    this.#painter = captions.length > 0 ? new CaptionPainter(format, captions) : null;
  }

  async take(rank: number): Promise<FrameHandle> {
    const i = this.#taken++;
    const plain = await this.#frames.take(rank);
    const mixed = this.#blend ? await this.#blend.mix(plain, i) : plain;
    return this.#painter ? this.#painter.paint(mixed, i) : mixed;
  }

  [Symbol.dispose](): void {
    this.#painter?.[Symbol.dispose]();
    this.#blend?.[Symbol.dispose]();
  }
}
