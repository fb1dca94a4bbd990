/**
 * The way out, in phases: whoever works may veto; then nothing new is begun; then everything is closed; then the process ends. Closing the last
 * window comes to the same, so that no export dies with it unasked.
 */
import { app } from 'electron';

export type QuittingParts = {
  /** How many jobs would be interrupted. */
  runningJobs(): Promise<number>;
  /** Whether to quit although so many run. */
  confirm(running: number): Promise<boolean>;
  /** Ends what runs and closes what is open. */
  close(): Promise<void>;
  warn(text: string): void;
};

/** A hang guard: what has not closed by then is left to the next start, which repairs it. */
const closeWithinMs = 20_000;

export class Quitting {
  readonly #parts: QuittingParts;
  #phase: 'working' | 'asking' | 'closing' = 'working';

  constructor(parts: QuittingParts) {
    this.#parts = parts;
    app.on('before-quit', (event) => {
      event.preventDefault(); // the end is `exit`, below
      this.begin();
    });
  }

  /** Windows may close now. */
  get isClosing(): boolean { return this.#phase === 'closing'; }

  /** Asks where jobs run. Further calls while it is under way change nothing. */
  begin(): void {
    if (this.#phase !== 'working') return;
    this.#phase = 'asking';
    void this.#askAndClose();
  }

  /** The system shuts down: there is nobody to ask. */
  closeUnasked(): void {
    if (this.#phase === 'closing') return;
    void this.#close();
  }

  async #askAndClose(): Promise<void> {
    try {
      const running = await this.#parts.runningJobs();
      if (running > 0 && !await this.#parts.confirm(running)) {
        this.#phase = 'working';
        return;
      }
    } catch (error) {
      this.#parts.warn(`could not ask before quitting: ${String(error)}`);
    }
    await this.#close();
  }

  async #close(): Promise<void> {
    this.#phase = 'closing';
    const { promise: tooLong, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      this.#parts.warn('closing took too long: the process ends now');
      resolve();
    }, closeWithinMs);
    try {
      await Promise.race([this.#parts.close(), tooLong]);
    } catch (error) {
      this.#parts.warn(`closing failed: ${String(error)}`);
    }
    clearTimeout(timer);
    app.exit(0);
  }
}
