/** Work that many ask for at once is done once; it is given up when nobody waits for it any more. */
import { StringoutError } from '../../base/errors.ts';

type Running<Value> = { readonly result: Promise<Value>; readonly controller: AbortController; waiting: number };

export class SharedWork<Value> {
  readonly #running = new Map<string, Running<Value>>();

  /** Throws `cancelled` as soon as `signal` aborts, and what `work` throws. The signal that `work` is given aborts when the last one has left. */
  async get(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    if (signal.aborted) throw cancelled();
    const running = this.#running.get(key) ?? this.#start(key, work);
    running.waiting++;
    const left = Promise.withResolvers<never>();
    const onAbort = (): void => { left.reject(cancelled()); };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([running.result, left.promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      running.waiting--;
      if (running.waiting === 0) {
        this.#forget(key, running);
        running.controller.abort();
      }
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<Value>): Running<Value> {
    const controller = new AbortController();
    const running: Running<Value> = { result: work(controller.signal), controller, waiting: 0 };
    this.#running.set(key, running);
    const forget = (): void => { this.#forget(key, running); };
    running.result.then(forget, forget);
    return running;
  }

  /** Who comes next must not join what was given up. */
  #forget(key: string, running: Running<Value>): void {
    if (this.#running.get(key) === running) this.#running.delete(key);
  }
}

function cancelled(): StringoutError {
  return new StringoutError('cancelled', 'cancelled');
}
