/** Frames of a picture job in the format it asks for, in any order of ranks. */
import type { PictureEncodeRequest } from '../../../app/contract/jobs/picture-encode.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { FrameHandle } from '../codec/handles.ts';
import { SourceFiles } from '../sound/source-files.ts';
import { Conformer } from './conformer.ts';
import { decodeFrames, deinterlace } from './decode-frames.ts';
import { FramePicker } from './frame-picker.ts';

export type ConformRequest = Pick<PictureEncodeRequest, 'input' | 'format' | 'deinterlace'> & { readonly outputs: readonly { readonly frames: Uint32Array }[] };

/** Frames of the request's input by rank, in the request's format. The last one is kept, since stills and slow rates repeat it. */
export class ConformedFrames implements Disposable {
  readonly #context: JobContext;
  readonly #total: number;
  readonly #files = new SourceFiles();
  readonly #picker: FramePicker | null;
  readonly #conformer: Conformer;
  #black: FrameHandle | null = null;
  #last: { readonly rank: number; readonly frame: FrameHandle } | null = null;
  #done = 0;

  constructor(request: ConformRequest, context: JobContext) {
    const { input, format, outputs } = request;
    this.#context = context;
    this.#total = outputs.reduce((sum, { frames }) => sum + frames.length, 0);
    this.#conformer = new Conformer(input?.format ?? blackFormat(format), format);
    if (input) {
      // The deinterlacer looks at the neighbours of what is wanted.
      const wanted = request.deinterlace ? null : new Set(outputs.flatMap(({ frames }) => [...frames]));
      const decoded = decodeFrames(input, this.#files, wanted);
      this.#picker = new FramePicker(request.deinterlace ? deinterlace(decoded, input) : decoded, outputs.map(({ frames }) => frames));
    } else {
      this.#picker = null;
      this.#black = FrameHandle.picture(format.width, format.height, 'gray', new Uint8Array(format.width * format.height));
    }
  }

  get decoded(): number {
    return this.#picker?.decoded ?? 0;
  }

  async take(rank: number): Promise<FrameHandle> {
    const pause = (): Promise<void> => this.#context.checkpoint();
    await pause();
    using raw = this.#picker ? await this.#picker.take(rank, pause) : this.#black?.share();
    if (this.#last?.rank !== rank && raw) {
      const frame = this.#conformer.conform(raw);
      this.#last?.frame.free();
      this.#last = { rank, frame };
    }
    this.#context.progress(++this.#done, this.#total);
    if (!this.#last) throw new Error('no frame');
    return this.#last.frame.share();
  }

  [Symbol.dispose](): void {
    this.#last?.frame.free();
    this.#black?.free();
    this.#picker?.[Symbol.dispose]();
    this.#conformer[Symbol.dispose]();
    this.#files[Symbol.dispose]();
  }
}

/** Black as a grey picture of the target's size: the conversion knows how the target writes black. */
function blackFormat(to: PictureFormat): PictureFormat {
  return { ...to, codec: 'rawvideo', pixelFormat: 'gray', range: 'full', fieldOrder: 'progressive' };
}
