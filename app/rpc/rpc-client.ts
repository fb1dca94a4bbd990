/**
 * The interface's end: calls with answers, events, cancellation, and a connection that is made anew when it breaks. A call that was under
 * way when it broke fails with `cancelled`: whether it was done is told by the project's revision.
 */
import { StringoutError, unflattenError } from '../base/errors.ts';
import { Emitter } from '../base/emitter.ts';
import { commands, events, type CommandInput, type CommandName, type CommandOutput, type EventName, type EventPayload } from '../contract/editor/commands.ts';
import { editorProtocolVersion, hostMessageSchema, type ClientMessage, type HostMessage } from '../contract/editor/protocol.ts';
import type { Transport } from './transport.ts';

export type ConnectionState =
  /** `isResumed` false: events may have been lost, load the project again. */
  | { readonly kind: 'connected'; readonly isResumed: boolean }
  | { readonly kind: 'lost' }
  /** For good: another version, no such project. */
  | { readonly kind: 'refused'; readonly error: StringoutError };

type Pending = { resolve(output: unknown): void; reject(error: unknown): void };

const firstRetryMs = 250;
const longestRetryMs = 5000;

export class RpcClient {
  readonly #connect: () => Transport;
  readonly #project: string;
  readonly #pending = new Map<number, Pending>();
  readonly #waiting: ClientMessage[] = [];
  readonly #listeners = new Map<EventName, Emitter<unknown>>();
  readonly connection = new Emitter<ConnectionState>();
  #transport: Transport | null = null;
  #isReady = false;
  #isClosed = false;
  #nextId = 1;
  #run: string | null = null;
  #lastEvent = 0;
  #retryMs = firstRetryMs;

  /** `connect` makes a new transport each time it is called. */
  constructor(connect: () => Transport, project: string) {
    this.#connect = connect;
    this.#project = project;
  }

  open(): void {
    const transport = this.#connect();
    this.#transport = transport;
    transport.onMessage((message) => { this.#receive(message); });
    transport.onClose(() => { this.#lost(); });
    transport.send({ type: 'hello', protocol: editorProtocolVersion, project: this.#project, run: this.#run, lastEvent: this.#lastEvent } satisfies ClientMessage);
  }

  /** Rejects with a StringoutError; an aborted signal cancels the call at the host. */
  call<Name extends CommandName>(command: Name, input: CommandInput<Name>, signal?: AbortSignal): Promise<CommandOutput<Name>> {
    if (signal?.aborted) return Promise.reject(new StringoutError('cancelled', 'was cancelled'));
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<CommandOutput<Name>>();
    const cancel = (): void => { this.#send({ type: 'cancel', id }); };
    this.#pending.set(id, {
      resolve: (output) => {
        signal?.removeEventListener('abort', cancel);
        const parsed = commands[command].output.safeParse(output);
        if (parsed.success) resolve(parsed.data as CommandOutput<Name>);
        else reject(new StringoutError('internal', `the answer to ${command} does not fit the contract`));
      },
      reject: (error) => {
        signal?.removeEventListener('abort', cancel);
        reject(error instanceof Error ? error : new StringoutError('internal', String(error)));
      },
    });
    signal?.addEventListener('abort', cancel, { once: true });
    this.#send({ type: 'call', id, command, input });
    return promise;
  }

  on<Name extends EventName>(event: Name, listener: (payload: EventPayload<Name>) => void): () => void {
    const emitter = this.#listeners.get(event) ?? new Emitter<unknown>();
    this.#listeners.set(event, emitter);
    return emitter.on((payload) => { listener(payload as EventPayload<Name>); });
  }

  close(): void {
    this.#isClosed = true;
    this.#transport?.close();
  }

  #send(message: ClientMessage): void {
    if (this.#isReady) this.#transport?.send(message);
    else this.#waiting.push(message);
  }

  #receive(raw: unknown): void {
    const parsed = hostMessageSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'welcome': this.#welcome(message); return;
      case 'refused': this.#refused(unflattenError(message.error)); return;
      case 'answer': this.#settle(message.id)?.resolve(message.output); return;
      case 'failure': this.#settle(message.id)?.reject(unflattenError(message.error)); return;
      case 'event': this.#event(message); return;
    }
  }

  #welcome({ run, isResumed }: Extract<HostMessage, { type: 'welcome' }>): void {
    this.#isReady = true;
    this.#retryMs = firstRetryMs;
    if (!isResumed) this.#lastEvent = 0;
    this.#run = run;
    for (const waiting of this.#waiting.splice(0)) this.#transport?.send(waiting);
    this.connection.emit({ kind: 'connected', isResumed });
  }

  #refused(error: StringoutError): void {
    this.#isClosed = true;
    this.connection.emit({ kind: 'refused', error });
  }

  #event({ number, event, payload }: Extract<HostMessage, { type: 'event' }>): void {
    this.#lastEvent = number;
    if (!Object.hasOwn(events, event)) return;
    const parsed = events[event as EventName].payload.safeParse(payload);
    if (parsed.success) this.#listeners.get(event as EventName)?.emit(parsed.data);
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #lost(): void {
    this.#isReady = false;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#waiting.length = 0;
    for (const call of pending) call.reject(new StringoutError('cancelled', 'the connection to the host was lost'));
    if (this.#isClosed) return;
    this.connection.emit({ kind: 'lost' });
    setTimeout(() => { if (!this.#isClosed) this.open(); }, this.#retryMs);
    this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2);
  }
}
