/** One window a project. A project that is open already comes to the front. */
import { basename, join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { addressFor } from './own-address.ts';
import { visibleBounds, type Remembered } from './remembered.ts';
import { lockedPreferences } from './security.ts';

export type WindowFiles = { readonly preload: string; readonly icon: string };
export type WindowEvents = {
  opened(window: BrowserWindow, project: string): void;
  /** Before a window closes; false keeps it. */
  mayClose(window: BrowserWindow): boolean;
};

/** The page's own ground (renderer/styles/tokens.css), so that no white flashes up before it is drawn. */
const ground = '#16181c';
const firstSize = { width: 1440, height: 900 };
/** Each further window lies a little lower, so that it does not hide the first. */
const cascade = 32;

export class ProjectWindows {
  readonly #files: WindowFiles;
  readonly #remembered: Remembered;
  readonly #events: WindowEvents;
  readonly #projects = new Map<BrowserWindow, string>();

  constructor(files: WindowFiles, remembered: Remembered, events: WindowEvents) {
    this.#files = files;
    this.#remembered = remembered;
    this.#events = events;
  }

  open(project: string): void {
    const known = [...this.#projects].find(([, path]) => path === project)?.[0];
    if (known) {
      bringForward(known);
      return;
    }
    this.#create(project);
  }

  projectOf(window: BrowserWindow): string | undefined {
    return this.#projects.get(window);
  }

  #create(project: string): void {
    const { bounds, isMaximized } = this.#remembered.values;
    const place = visibleBounds(bounds, screen.getAllDisplays().map(({ workArea }) => workArea));
    const offset = cascade * this.#projects.size;
    const window = new BrowserWindow({
      ...(place ? { ...place, x: place.x + offset, y: place.y + offset } : firstSize),
      minWidth: 800, minHeight: 520, show: false, backgroundColor: ground, title: basename(project), icon: this.#files.icon,
      webPreferences: { ...lockedPreferences, preload: this.#files.preload },
    });
    this.#projects.set(window, project);
    if (isMaximized && this.#projects.size === 1) window.maximize();
    window.setRepresentedFilename(project);
    window.once('ready-to-show', () => { window.show(); });
    window.webContents.once('did-fail-load', () => { window.show(); }); // rather an empty window than none
    window.on('page-title-updated', (event) => { event.preventDefault(); }); // it is the project's name
    window.on('close', (event) => {
      this.#remembered.setWindow(window.getNormalBounds(), window.isMaximized());
      if (!this.#events.mayClose(window)) event.preventDefault();
    });
    window.on('closed', () => { this.#projects.delete(window); });
    this.#events.opened(window, project);
    void window.loadURL(addressFor(project)).catch(() => undefined); // told by 'did-fail-load'
  }
}

/** Out of the task bar and to the front. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

export function windowFiles(outFolder: string): WindowFiles {
  return { preload: join(outFolder, 'main/preload.cjs'), icon: join(outFolder, 'main/icon.png') };
}
