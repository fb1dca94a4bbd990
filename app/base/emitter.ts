/** Listeners of one kind of event. A listener that throws does not keep the others from hearing. */
export class Emitter<Payload> {
  readonly #listeners = new Set<(payload: Payload) => void>();

  /** The returned function takes it off again. */
  on(listener: (payload: Payload) => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Throws the first listener's error once all have heard. */
  emit(payload: Payload): void {
    const failures: unknown[] = [];
    for (const listener of this.#listeners) {
      try {
        listener(payload);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
