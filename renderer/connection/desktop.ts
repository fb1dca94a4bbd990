/** The desktop's bridge, where this page runs in it: the part of what the preload script offers as `window.stringout` that the page uses. */
import type { Transport } from '../../app/rpc/transport.ts';

export interface Desktop {
  connect(): Transport;
  showInFolder(path: string): void;
  /** Paths that the user chose; none where they changed their mind. */
  chooseMedia(): Promise<readonly string[]>;
  chooseFolder(): Promise<string | null>;
  chooseOutput(suggested: string): Promise<string | null>;
  /** Where a dropped file lies. */
  pathOf(file: File): string;
  /** Ids of commands that were chosen in the menu bar. */
  onCommand(listener: (id: string) => void): () => void;
}

export function desktopBridge(): Desktop | null {
  return (globalThis as { stringout?: Desktop }).stringout ?? null;
}
