/**
 * The one bridge between page and main process. It runs in the sandbox: Electron's own few modules and nothing else; what it offers are plain
 * functions, never a module or an event of Electron's.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { desktopChannels, type DesktopBridge, type TextPipe } from '../app/contract/editor/desktop.ts';

type Listeners = { message(text: string): void; close(): void };

const pipes = new Map<number, Listeners>();
let lastPipe = 0;

ipcRenderer.on(desktopChannels.receive, (_event, pipe: number, text: string) => { pipes.get(pipe)?.message(text); });
ipcRenderer.on(desktopChannels.closed, (_event, pipe: number) => { end(pipe); });
ipcRenderer.send(desktopChannels.started);

function end(pipe: number): void {
  const listeners = pipes.get(pipe);
  pipes.delete(pipe);
  listeners?.close();
}

function connect(): TextPipe {
  const pipe = ++lastPipe;
  const listeners: Listeners = { message: () => undefined, close: () => undefined };
  pipes.set(pipe, listeners);
  return {
    send: (text) => { if (pipes.has(pipe)) ipcRenderer.send(desktopChannels.send, { pipe, text }); },
    onMessage: (listener) => { listeners.message = listener; },
    onClose: (listener) => { listeners.close = listener; },
    close: () => {
      if (!pipes.has(pipe)) return;
      ipcRenderer.send(desktopChannels.close, { pipe });
      end(pipe);
    },
  };
}

const bridge: DesktopBridge = {
  connect,
  chooseMedia: () => ipcRenderer.invoke(desktopChannels.chooseMedia) as Promise<readonly string[]>,
  chooseFolder: () => ipcRenderer.invoke(desktopChannels.chooseFolder) as Promise<string | null>,
  chooseOutput: (suggested) => ipcRenderer.invoke(desktopChannels.chooseOutput, suggested) as Promise<string | null>,
  chooseTimeline: () => ipcRenderer.invoke(desktopChannels.chooseTimeline) as Promise<string | null>,
  showInFolder: (path) => { ipcRenderer.send(desktopChannels.showInFolder, path); },
  pathOf: (file) => webUtils.getPathForFile(file),
  addressOf: (path) => ipcRenderer.invoke(desktopChannels.addressOf, path) as Promise<string>,
  onCommand: (listener) => {
    const heard = (_event: unknown, id: string): void => { listener(id); };
    ipcRenderer.on(desktopChannels.command, heard);
    return () => { ipcRenderer.off(desktopChannels.command, heard); };
  },
};

contextBridge.exposeInMainWorld('stringout', bridge);
