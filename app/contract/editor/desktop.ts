/**
 * What the desktop adds to a browser: the bridge that the preload script puts into the page as `window.stringout`, and the channels under it.
 * The editor's own messages go through one pipe as text, the same as over a web socket.
 */

export interface TextPipe {
  send(text: string): void;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

export interface DesktopBridge {
  connect(): TextPipe;
  /** Paths that the user chose; none where they changed their mind. */
  chooseMedia(): Promise<readonly string[]>;
  chooseFolder(): Promise<string | null>;
  /** For a movie or a timeline, as the ending of the suggested name says. */
  chooseOutput(suggested: string): Promise<string | null>;
  chooseTimeline(): Promise<string | null>;
  showInFolder(path: string): void;
  /** Where a dropped file lies; "" for one that lies nowhere. */
  pathOf(file: File): string;
  /** The address under which players elsewhere on this machine reach a path of ours ("/review/..."). */
  addressOf(path: string): Promise<string>;
  /** Ids of commands that were chosen in the menu bar. The returned function ends it. */
  onCommand(listener: (id: string) => void): () => void;
}

/** Channels between page and main process; nothing else is listened to. */
export const desktopChannels = {
  /** A page begins: the pipes of the one before are over. */
  started: 'page.started',
  send: 'pipe.send',
  close: 'pipe.close',
  receive: 'pipe.receive',
  closed: 'pipe.closed',
  chooseMedia: 'dialog.media',
  chooseFolder: 'dialog.folder',
  chooseOutput: 'dialog.output',
  chooseTimeline: 'dialog.timeline',
  showInFolder: 'shell.show',
  addressOf: 'address.of',
  command: 'menu.command',
} as const;
