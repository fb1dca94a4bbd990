/** A codec context that is allocated, set up and opened in one go, or freed again: nothing else ever sees one that is half made. */
import { CodecContext, type Codec } from 'node-av/lib';
import { StringoutError, type ErrorCode } from '../../../app/base/errors.ts';
import { check } from '../library.ts';

export type ContextSetup = {
  readonly codec: Codec;
  /** FFmpeg's options by name, the codec's own included. Never as a dictionary of open2: that ends the process. */
  readonly options: Readonly<Record<string, string>>;
  readonly error: ErrorCode;
  /** After the options, before opening. */
  readonly prepare: (context: CodecContext) => void;
};

export class OpenContext implements Disposable {
  #native: CodecContext | null;
  readonly name: string;

  constructor({ codec, options, error, prepare }: ContextSetup) {
    this.name = codec.name ?? 'codec';
    const context = new CodecContext();
    context.allocContext3(codec);
    try {
      for (const [option, value] of Object.entries(options)) {
        check(context.setOption(option, value), error, `${this.name} has no option ${option}=${value}`);
      }
      prepare(context);
      check(context.open2Sync(codec), error, `${this.name} could not be opened`);
    } catch (failure) {
      context.freeContext();
      throw failure;
    }
    this.#native = context;
  }

  /** Throws once it is closed. */
  get native(): CodecContext {
    if (!this.#native) throw new StringoutError('internal', `${this.name} is already closed`);
    return this.#native;
  }

  [Symbol.dispose](): void {
    this.#native?.freeContext();
    this.#native = null;
  }
}
