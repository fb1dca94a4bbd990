/** The desktop editor: the editor's host, windows on it, and what the system offers around them, put together. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme, powerMonitor, protocol, session, shell } from 'electron';
import { z } from 'zod';
import { flattenError } from '../app/base/errors.ts';
import { desktopChannels } from '../app/contract/editor/desktop.ts';
import { EditorHost } from '../app/handlers/editor-host.ts';
import { Activity } from './activity.ts';
import { watchProcesses, watchWindow } from './crashes.ts';
import { answerDialogs, ask, chooseNewProject, chooseProject } from './dialogs.ts';
import { workerLauncher } from './launch-worker.ts';
import { menuTemplate } from './menu.ts';
import { PageMessages } from './messages.ts';
import { isOwn, scheme } from './own-address.ts';
import { PagePipes } from './page-pipes.ts';
import { PlayerServer } from './player-server.ts';
import { bringForward, ProjectWindows, windowFiles } from './project-windows.ts';
import { Quitting } from './quitting.ts';
import { Remembered } from './remembered.ts';
import { lockSession } from './security.ts';

export type DesktopOptions = {
  /** Where main/, worker/ and renderer/ were built. */
  readonly outFolder: string;
  readonly warn: (text: string) => void;
};

const memoryMegabytes = 2048;

export class Desktop {
  readonly #warn: (text: string) => void;
  readonly #editor: EditorHost;
  readonly #remembered: Remembered;
  readonly #windows: ProjectWindows;
  readonly #pipes: PagePipes;
  readonly #players: PlayerServer;
  readonly #activity = new Activity();
  readonly #quitting: Quitting;

  /** Once Electron is ready. */
  static async start({ outFolder, warn }: DesktopOptions): Promise<Desktop> {
    const editor = await EditorHost.start({
      launcher: workerLauncher(join(outFolder, 'worker/entry.js')), cacheDir: null, workers: null, memoryMegabytes, warn,
      host: 'desktop', roots: null, interfaceFolder: join(outFolder, 'renderer'),
    });
    return new Desktop(editor, outFolder, warn);
  }

  private constructor(editor: EditorHost, outFolder: string, warn: (text: string) => void) {
    this.#editor = editor;
    this.#warn = warn;
    this.#remembered = new Remembered(join(app.getPath('userData'), 'desktop.json'), warn);
    this.#players = new PlayerServer((request) => editor.fetch(request));
    this.#windows = new ProjectWindows(windowFiles(outFolder), this.#remembered, {
      opened: (window, project) => { this.#opened(window, project); },
      mayClose: () => this.#mayClose(),
    });
    const messages = new PageMessages(warn);
    this.#pipes = new PagePipes(messages, (transport) => {
      if (this.#quitting.isClosing) transport.close();
      else editor.serve(transport);
    });
    answerDialogs(messages);
    messages.answer(desktopChannels.addressOf, z.string().startsWith('/review/').max(2000), (_window, path) => this.#players.addressOf(path));
    this.#quitting = new Quitting({
      runningJobs: async () => (await editor.runningJobs()).length, confirm: (running) => this.#confirmQuit(running), close: () => this.#close(), warn,
    });
    editor.jobTold.on((job) => { this.#activity.tell(job); });
    editor.jobEnded.on((job) => { this.#activity.ended(job); });
    nativeTheme.themeSource = 'dark';
    lockSession(session.defaultSession);
    watchProcesses(warn);
    protocol.handle(scheme, (request) => this.#answer(request));
    app.on('window-all-closed', () => { if (process.platform !== 'darwin') this.#quitting.begin(); });
    app.on('activate', () => { if (BrowserWindow.getAllWindows().length === 0) this.openFirst([]); });
    powerMonitor.on('shutdown', (...given: readonly unknown[]) => {
      (given[0] as Partial<Electron.Event> | undefined)?.preventDefault?.(); // the types leave it out: the system waits a moment
      this.#quitting.closeUnasked();
    });
    this.#showMenu();
  }

  /** What was asked for; else what was open last; else a new project among the user's documents. */
  openFirst(asked: readonly string[]): void {
    const last = this.#remembered.values.recent.find((path) => existsSync(path));
    const fresh = join(app.getPath('documents'), 'Stringout', 'Untitled.stringout');
    for (const project of asked.length > 0 ? asked : [last ?? fresh]) this.open(project);
  }

  open(project: string): void {
    if (this.#quitting.isClosing) return;
    mkdir(dirname(project), { recursive: true }).catch(() => undefined) // the host says what is wrong with the place, in the window
      .then(() => { this.#windows.open(project); })
      .catch((error: unknown) => { this.#warn(`${project} could not be opened: ${flattenError(error).message}`); });
  }

  bringForward(): void {
    const [window] = BrowserWindow.getAllWindows();
    if (window) bringForward(window);
  }

  #opened(window: BrowserWindow, project: string): void {
    watchWindow(window, this.#warn);
    const { webContents } = window;
    const endPipes = (): void => { this.#pipes.closeAll(webContents); };
    webContents.on('render-process-gone', endPipes);
    webContents.on('destroyed', endPipes);
    window.on('session-end', () => { this.#quitting.closeUnasked(); }); // of Windows, which knows no 'shutdown'
    this.#remembered.addRecent(project);
    app.addRecentDocument(project);
    this.#showMenu();
  }

  /** The last window takes the application with it, which may have to ask first. */
  #mayClose(): boolean {
    if (this.#quitting.isClosing || process.platform === 'darwin' || BrowserWindow.getAllWindows().length > 1) return true;
    this.#quitting.begin();
    return false;
  }

  async #confirmQuit(running: number): Promise<boolean> {
    const what = running === 1 ? 'A job is running.' : `${running} jobs are running.`;
    const response = await ask(BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0] ?? null, {
      type: 'question', message: what, detail: 'What is finished of them is kept, and they can be resumed when the project is opened again.',
      buttons: ['Keep working', 'Quit'], defaultId: 0, cancelId: 0, noLink: true,
    });
    return response === 1;
  }

  async #close(): Promise<void> {
    for (const window of BrowserWindow.getAllWindows()) this.#pipes.closeAll(window.webContents);
    this.#players.close();
    await this.#editor.close();
    this.#activity.clear();
    for (const window of BrowserWindow.getAllWindows()) window.close();
  }

  async #answer(request: Request): Promise<Response> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return isRead && isOwn(request.url) ? this.#editor.fetch(request) : new Response('not found\n', { status: 404 });
  }

  #showMenu(): void {
    const after = (choice: Promise<string | null>): void => {
      choice.then((project) => { if (project !== null) this.open(project); }).catch((error: unknown) => { this.#warn(`the dialog failed: ${flattenError(error).message}`); });
    };
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({
      isMac: process.platform === 'darwin', recent: this.#remembered.values.recent, isPackaged: app.isPackaged,
      actions: {
        newProject: () => { after(chooseNewProject()); },
        openProject: () => { after(chooseProject()); },
        open: (project) => { this.open(project); },
        clearRecent: () => {
          this.#remembered.clearRecent();
          app.clearRecentDocuments();
          this.#showMenu();
        },
        command: (id) => { (BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0])?.webContents.send(desktopChannels.command, id); },
        showLog: () => { shell.showItemInFolder(join(app.getPath('userData'), 'logs', 'main.log')); },
      },
    })));
  }
}
