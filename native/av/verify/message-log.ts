/**
 * What FFmpeg has to say while a movie is read back. Its messages arrive in order, but only between two turns of the event loop; marks
 * in the same stream tell those about the movie from those about its sources.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Log } from 'node-av/lib';
import { AV_LOG_ERROR, AV_LOG_WARNING } from 'node-av/constants';

/** Sentences kept; a broken movie has thousands. */
const mostKept = 20;
/** Of timecode at rates that SMPTE does not know. */
const harmless = /^Using non-standard frame rate/;
const aside = '\u0001aside';
const back = '\u0001back';
const end = '\u0001end';

/** One at a time in a process. */
export class MessageLog implements Disposable {
  readonly #messages = new Set<string>();
  #depth = 0;
  #isComplete = false;

  constructor() {
    Log.setCallback((_, message) => { this.#hear(message.trim()); }, { maxLevel: AV_LOG_WARNING });
  }

  /** What is said during `work` is not about the movie. */
  async ignoring<T>(work: () => Promise<T>): Promise<T> {
    Log.log(AV_LOG_ERROR, aside);
    try {
      return await work();
    } finally {
      Log.log(AV_LOG_ERROR, back);
    }
  }

  /** All that was said so far, each sentence once. */
  async close(): Promise<readonly string[]> {
    Log.log(AV_LOG_ERROR, end);
    while (!this.#isComplete) await delay(1);
    return [...this.#messages];
  }

  [Symbol.dispose](): void {
    Log.setCallback(null);
  }

  #hear(message: string): void {
    if (message === aside) this.#depth++;
    else if (message === back) this.#depth--;
    else if (message === end) this.#isComplete = true;
    else if (this.#depth === 0 && message !== '' && !harmless.test(message) && this.#messages.size < mostKept) this.#messages.add(message);
  }
}
