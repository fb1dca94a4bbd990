/** A limit on how many may be at work at once; first come, first served. */
import { StringoutError } from '../../base/errors.ts';

export class Slots {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves to the function that gives the slot back, to be called once. Throws `cancelled` on abort. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new StringoutError('cancelled', 'cancelled');
    if (this.#free > 0) {
      this.#free--;
    } else {
      await this.#wait(signal);
    }
    return () => this.#giveBack();
  }

  #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = (): void => {
      this.#queue.splice(this.#queue.indexOf(proceed), 1);
      reject(new StringoutError('cancelled', 'cancelled'));
    };
    const proceed = (): void => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#queue.push(proceed);
    return promise;
  }

  #giveBack(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#free++;
  }
}
