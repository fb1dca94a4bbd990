/** Frames taken one after the other, with text over them. */
import type { Caption } from '../../../app/domain/captions.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { CaptionPainter } from './caption-painter.ts';
import type { ConformedFrames } from './conformed-frames.ts';

export class CaptionedFrames implements Disposable {
  readonly #frames: ConformedFrames;
  readonly #painter: CaptionPainter;
  #taken = 0;

  constructor(frames: ConformedFrames, format: PictureFormat, captions: readonly Caption[]) {
    this.#frames = frames;
    this.#painter = new CaptionPainter(format, captions);
  }

  async take(rank: number): Promise<FrameHandle> {
    return this.#painter.paint(await this.#frames.take(rank), this.#taken++);
  }

  [Symbol.dispose](): void {
    this.#painter[Symbol.dispose]();
    this.#frames[Symbol.dispose]();
  }
}
