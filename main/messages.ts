/** Messages of pages: first who is calling (our page, in the frame of one of our windows), then what they sent. All else is refused and logged. */
import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import { StringoutError } from '../app/base/errors.ts';
import { isOwn } from './own-address.ts';

export class PageMessages {
  readonly #warn: (text: string) => void;

  constructor(warn: (text: string) => void) {
    this.#warn = warn;
  }

  /** A message without an answer. */
  on<Schema extends z.ZodType>(channel: string, schema: Schema, handle: (window: BrowserWindow, input: z.output<Schema>) => void): void {
    ipcMain.on(channel, (event, raw: unknown) => {
      const window = senderWindow(event);
      const parsed = schema.safeParse(raw);
      if (window && parsed.success) handle(window, parsed.data);
      else this.#warn(refusal(channel, event));
    });
  }

  /** A question; the page is told no more of a failure than its sentence. */
  answer<Schema extends z.ZodType>(channel: string, schema: Schema, handle: (window: BrowserWindow, input: z.output<Schema>) => Promise<unknown>): void {
    ipcMain.handle(channel, (event, raw: unknown) => {
      const window = senderWindow(event);
      const parsed = schema.safeParse(raw);
      if (window && parsed.success) return handle(window, parsed.data);
      this.#warn(refusal(channel, event));
      throw new StringoutError('usage', `this page may not ask for ${channel}`);
    });
  }
}

function senderWindow({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null {
  // A frame that navigated meanwhile is null.
  const isOurs = senderFrame !== null && senderFrame.parent === null && isOwn(senderFrame.url);
  return isOurs ? BrowserWindow.fromWebContents(sender) : null;
}

function refusal(channel: string, { senderFrame }: IpcMainEvent | IpcMainInvokeEvent): string {
  return `a message on ${channel} from ${senderFrame?.url ?? 'a frame that is gone'} was refused`;
}
