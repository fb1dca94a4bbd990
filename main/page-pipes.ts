/** The editor's connections of all windows: each pipe of a page is a transport of the protocol. */
import type { BrowserWindow, WebContents } from 'electron';
import { z } from 'zod';
import { desktopChannels } from '../app/contract/editor/desktop.ts';
import type { Transport } from '../app/rpc/transport.ts';
import type { PageMessages } from './messages.ts';

/** A message is an edit or a list of paths; more is no message of ours. */
const longestText = 32 * 1024 * 1024;
const pipeNumber = z.int().min(1);
const textSchema = z.object({ pipe: pipeNumber, text: z.string().max(longestText) });

type Pipe = { message(text: string): void; close(): void };

export class PagePipes {
  readonly #serve: (transport: Transport) => void;
  readonly #pipes = new Map<WebContents, Map<number, Pipe>>();

  constructor(messages: PageMessages, serve: (transport: Transport) => void) {
    this.#serve = serve;
    messages.on(desktopChannels.started, z.undefined(), ({ webContents }) => { this.closeAll(webContents); });
    messages.on(desktopChannels.send, textSchema, (window, { pipe, text }) => { (this.#pipe(window, pipe) ?? this.#open(window, pipe)).message(text); });
    messages.on(desktopChannels.close, z.object({ pipe: pipeNumber }), (window, { pipe }) => { this.#pipe(window, pipe)?.close(); });
  }

  /** The page is gone: closed, loaded anew, crashed. */
  closeAll(contents: WebContents): void {
    this.#pipes.get(contents)?.forEach((pipe) => { pipe.close(); });
    this.#pipes.delete(contents);
  }

  #pipe(window: BrowserWindow, number: number): Pipe | undefined {
    return this.#pipes.get(window.webContents)?.get(number);
  }

  /** The first message opens it. */
  #open({ webContents }: BrowserWindow, number: number): Pipe {
    const own = this.#pipes.get(webContents) ?? new Map<number, Pipe>();
    this.#pipes.set(webContents, own);
    let onMessage: (message: unknown) => void = () => undefined;
    const closed: (() => void)[] = [];
    const tell = (channel: string, ...rest: readonly unknown[]): void => { if (!webContents.isDestroyed()) webContents.send(channel, number, ...rest); };
    const close = (): void => {
      if (!own.delete(number)) return;
      tell(desktopChannels.closed);
      closed.forEach((listener) => { listener(); });
    };
    const pipe: Pipe = { message: (text) => { onMessage(parse(text)); }, close };
    own.set(number, pipe);
    this.#serve({
      send: (message) => { if (own.has(number)) tell(desktopChannels.receive, JSON.stringify(message)); },
      onMessage: (listener) => { onMessage = listener; },
      onClose: (listener) => { closed.push(listener); },
      close,
    });
    return pipe;
  }
}

/** What is no JSON fits no message either, and is refused as such. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
