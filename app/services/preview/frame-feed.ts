/**
 * Frames for one reader, as fast as it reads and no faster. A reader that pauses holds no worker, which an export may be waiting for: the job
 * is ended after a while, and begun anew at the frame that is due when the reader goes on.
 */
import { StringoutError } from '../../base/errors.ts';
import { FrameConnection } from './frame-connection.ts';

/** A job that sends these frames, in this order, as records of app/contract/frame-stream.ts. */
export type SendNumbered = (numbers: readonly number[], path: string, signal: AbortSignal) => Promise<unknown>;

export type FeedOptions = {
  readonly numbers: readonly number[];
  readonly send: SendNumbered;
  readonly signal: AbortSignal;
  /** Milliseconds without a read. */
  readonly patience?: number;
};

const usualPatience = 2000;

/**
 * Resolves when the first frame is there; whole records only, two chunks each. Cancelling the stream or aborting the signal ends the job.
 * Throws what the job throws before the first frame; later the stream fails with it.
 */
export async function frameFeed(options: FeedOptions): Promise<ReadableStream<Uint8Array>> {
  const feed = new Feed(options);
  const { signal } = options;
  let first = await feed.next();
  if (signal.aborted) {
    await feed.close();
    throw cancelled();
  }
  let onAbort = (): void => undefined;
  const end = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    await feed.close();
  };
  return new ReadableStream<Uint8Array>({
    start: (stream) => {
      onAbort = () => {
        stream.error(cancelled());
        void end();
      };
      signal.addEventListener('abort', onAbort, { once: true });
    },
    pull: async (stream) => {
      try {
        const record = first ?? await feed.next();
        first = null;
        if (signal.aborted) return;
        for (const part of record ?? []) stream.enqueue(part);
        if (record && !feed.isOver) return;
        await end();
        stream.close();
      } catch (error) {
        await end();
        stream.error(error);
      }
    },
    cancel: end,
  });
}

class Feed {
  readonly #options: FeedOptions;
  #connection: FrameConnection | null = null;
  #delivered = 0;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  get isOver(): boolean {
    return this.#delivered >= this.#options.numbers.length;
  }

  /** One call at a time. Null after the last record. */
  async next(): Promise<readonly [Uint8Array, Uint8Array] | null> {
    clearTimeout(this.#timer);
    if (this.isOver) return null;
    try {
      const { numbers, send, signal } = this.#options;
      const due = numbers.slice(this.#delivered);
      this.#connection ??= await FrameConnection.open((path, ended) => send(due, path, ended), signal);
      if (this.#isClosed) throw cancelled();
      const record = await this.#connection.next();
      this.#delivered++;
      if (this.isOver) await this.#rest();
      else this.#timer = setTimeout(() => { void this.#rest(); }, this.#options.patience ?? usualPatience);
      return record;
    } catch (error) {
      await this.#rest();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#rest();
  }

  async #rest(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.close();
  }
}

function cancelled(): StringoutError {
  return new StringoutError('cancelled', 'cancelled');
}
