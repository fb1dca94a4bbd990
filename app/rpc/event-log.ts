/**
 * Events of one project on their way to its interfaces: numbered, kept for a while so that a connection that broke can go on where it was,
 * and coalesced where only the newest of a kind counts.
 */
import { Emitter } from '../base/emitter.ts';
import { events, type EventName, type EventPayload } from '../contract/editor/commands.ts';

export type LoggedEvent = { readonly number: number; readonly event: EventName; readonly payload: unknown };

const keptEvents = 2000;
const latestEveryMs = 100;

export class EventLog {
  readonly #published = new Emitter<LoggedEvent>();
  readonly #kept: LoggedEvent[] = [];
  /** The newest payload of each coalesced event that has not been told yet. */
  readonly #waiting = new Map<string, { readonly event: EventName; readonly payload: unknown }>();
  readonly #toldAt = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #number = 0;

  /** `key` tells coalesced events of one name apart, as in one a job. */
  publish<Name extends EventName>(event: Name, payload: EventPayload<Name>, key = ''): void {
    if (events[event].delivery === 'every') {
      this.#tell(event, payload);
      return;
    }
    const slot = `${event} ${key}`;
    this.#waiting.set(slot, { event, payload });
    if (performance.now() - (this.#toldAt.get(slot) ?? -Infinity) >= latestEveryMs) this.#flush(slot);
    else this.#timer ??= setTimeout(() => { this.#flushAll(); }, latestEveryMs);
  }

  onEvent(listener: (event: LoggedEvent) => void): () => void {
    return this.#published.on(listener);
  }

  get lastNumber(): number {
    return this.#number;
  }

  /** What came after `number`; null where some of it is no longer kept. */
  since(number: number): readonly LoggedEvent[] | null {
    const missed = this.#number - number;
    if (missed < 0 || missed > this.#kept.length) return null;
    return missed === 0 ? [] : this.#kept.slice(-missed);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #flushAll(): void {
    this.#timer = null;
    for (const slot of this.#waiting.keys()) this.#flush(slot);
  }

  #flush(slot: string): void {
    const waiting = this.#waiting.get(slot);
    if (!waiting) return;
    this.#waiting.delete(slot);
    this.#toldAt.set(slot, performance.now());
    this.#tell(waiting.event, waiting.payload);
  }

  #tell(event: EventName, payload: unknown): void {
    const logged: LoggedEvent = { number: ++this.#number, event, payload };
    this.#kept.push(logged);
    if (this.#kept.length > keptEvents) this.#kept.splice(0, keptEvents / 2);
    this.#published.emit(logged);
  }
}
