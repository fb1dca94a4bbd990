/** Ctrl-C and kill: the first asks everything to stop and clean up, the second ends at once. */
const signals = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

class Interruption {
  readonly #controller = new AbortController();
  #signalNumber: number | null = null;
  #state = 'nothing was changed, and what was finished is kept for the next run';

  constructor() {
    for (const [name, number] of Object.entries(signals)) {
      process.on(name, () => {
        if (this.#signalNumber !== null) process.exit(128 + number);
        this.#signalNumber = number;
        this.#controller.abort();
      });
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** What whoever interrupts now is to be told. */
  get state(): string {
    return this.#state;
  }

  note(state: string): void {
    this.#state = state;
  }

  /** 2 for SIGINT, 15 for SIGTERM, or null. */
  get signalNumber(): number | null {
    return this.#signalNumber;
  }
}

export const interruption = new Interruption();
