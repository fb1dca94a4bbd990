/** The host's end of one connection: checks every message, runs the handlers, cancels what the client no longer wants. */
import { flattenError, StringoutError } from '../base/errors.ts';
import { commands, events, type CommandName, type CommandOutput, type EventName } from '../contract/editor/commands.ts';
import { clientMessageSchema, editorProtocolVersion, type ClientMessage, type HostMessage } from '../contract/editor/protocol.ts';
import type { z } from 'zod';
import type { EventLog } from './event-log.ts';
import type { Transport } from './transport.ts';

export type CallContext = { readonly signal: AbortSignal };

export type Handlers = {
  readonly [Name in CommandName]: (input: z.output<(typeof commands)[Name]['input']>, context: CallContext) => Promise<CommandOutput<Name>> | CommandOutput<Name>;
};

/** A project that a connection works on. */
export type Served = { readonly run: string; readonly handlers: Handlers; readonly log: EventLog; release(): void };

export type ServeOptions = {
  /** Opens the project that the client named; throws where there is none. */
  readonly open: (project: string) => Promise<Served>;
  /** Told of every failure that is no fault of the user's. */
  readonly report: (error: unknown) => void;
};

export function serveConnection(transport: Transport, options: ServeOptions): void {
  const connection = new Connection(transport, options);
  transport.onMessage((message) => { connection.receive(message); });
  transport.onClose(() => { connection.close(); });
}

class Connection {
  readonly #transport: Transport;
  readonly #options: ServeOptions;
  readonly #calls = new Map<number, AbortController>();
  readonly #subscribed = new Set<string>();
  #served: Served | null = null;
  #stopListening: () => void = () => undefined;
  #isOpening = false;
  #isClosed = false;

  constructor(transport: Transport, options: ServeOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  receive(raw: unknown): void {
    const parsed = clientMessageSchema.safeParse(raw);
    if (!parsed.success) {
      this.#refuse(new StringoutError('usage', 'a message does not fit the protocol: reload the page'));
      return;
    }
    const message = parsed.data;
    switch (message.type) {
      case 'hello': this.#greet(message).catch((error: unknown) => { this.#refuse(error); }); return;
      case 'call': this.#call(message).catch(this.#options.report); return;
      case 'cancel': this.#calls.get(message.id)?.abort(new StringoutError('cancelled', 'was cancelled')); return;
      case 'subscribe': if (message.event in events) this.#subscribed.add(message.event); return;
      case 'unsubscribe': this.#subscribed.delete(message.event); return;
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopListening();
    for (const controller of this.#calls.values()) controller.abort(new StringoutError('cancelled', 'the connection ended'));
    this.#served?.release();
  }

  async #greet(hello: Extract<ClientMessage, { type: 'hello' }>): Promise<void> {
    if (this.#isOpening) throw new StringoutError('usage', 'said hello twice');
    this.#isOpening = true;
    if (hello.protocol !== editorProtocolVersion) throw new StringoutError('usage', 'this page is of another version: reload it');
    const served = await this.#options.open(hello.project);
    if (this.#isClosed) {
      served.release();
      return;
    }
    this.#served = served;
    const missed = hello.run === served.run ? served.log.since(hello.lastEvent) : null;
    for (const name of Object.keys(events)) this.#subscribed.add(name);
    this.#send({ type: 'welcome', run: served.run, isResumed: missed !== null });
    for (const event of missed ?? []) this.#send({ type: 'event', ...event });
    this.#stopListening = served.log.onEvent((event) => {
      if (this.#subscribed.has(event.event satisfies EventName)) this.#send({ type: 'event', ...event });
    });
  }

  async #call({ id, command: name, input }: Extract<ClientMessage, { type: 'call' }>): Promise<void> {
    const controller = new AbortController();
    this.#calls.set(id, controller);
    try {
      const output = await this.#run(name, input, controller.signal);
      this.#send({ type: 'answer', id, output });
    } catch (error) {
      const flat = flattenError(error);
      if (flat.code === 'internal') this.#options.report(error);
      this.#send({ type: 'failure', id, error: flat });
    } finally {
      this.#calls.delete(id);
    }
  }

  #run(name: string, input: unknown, signal: AbortSignal): unknown {
    if (!this.#served) throw new StringoutError('usage', 'no project was named yet');
    if (!isCommand(name)) throw new StringoutError('usage', `there is no command ${JSON.stringify(name)}`);
    const parsed = commands[name].input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new StringoutError('usage', `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'does not fit'}`);
    }
    const handler = this.#served.handlers[name] as (input: unknown, context: CallContext) => unknown;
    return handler(parsed.data, { signal });
  }

  #refuse(error: unknown): void {
    this.#send({ type: 'refused', error: flattenError(error) });
    this.#transport.close();
  }

  #send(message: HostMessage): void {
    if (!this.#isClosed) this.#transport.send(message);
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}
