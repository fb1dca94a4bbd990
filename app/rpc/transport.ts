/** What a transport is to the protocol: messages go out, messages come in, it ends once. */
export interface Transport {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, whoever ended it. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Two ends in one process; messages are structured clones and arrive in later turns, as over a wire. */
export function transportPair(): readonly [Transport, Transport] {
  const first = new MemoryEnd();
  const second = new MemoryEnd();
  first.other = second;
  second.other = first;
  return [first, second];
}

class MemoryEnd implements Transport {
  other: MemoryEnd | null = null;
  #message: (message: unknown) => void = () => undefined;
  readonly #closed: (() => void)[] = [];
  #isClosed = false;

  send(message: unknown): void {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => { if (this.other && !this.other.#isClosed) this.other.#message(copy); });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#message = listener;
  }

  onClose(listener: () => void): void {
    this.#closed.push(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.forEach((listener) => { listener(); });
    queueMicrotask(() => { this.other?.close(); }); // what was sent before arrives before
  }
}
