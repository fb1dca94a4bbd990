/** Processes that die or hang, told to the user and survived: a page is loaded anew, the graphics process and workers are started anew by others. */
import { app, Notification, type BrowserWindow } from 'electron';
import { ask } from './dialogs.ts';
import { workerService } from './launch-worker.ts';

/** What the system says of it, in words. */
const reasons: Readonly<Record<string, string>> = {
  crashed: 'crashed', oom: 'ran out of memory', 'memory-eviction': 'ran out of memory', killed: 'was killed', 'launch-failed': 'could not be started', 'abnormal-exit': 'ended by itself',
  'integrity-failure': 'failed its integrity check',
};

export function watchWindow(window: BrowserWindow, warn: (text: string) => void): void {
  let isAsking = false;
  const askOnce = (message: string, detail: string, buttons: readonly [string, string], choose: (response: number) => void): void => {
    if (isAsking) return;
    isAsking = true;
    ask(window, { type: 'warning', message, detail, buttons: [...buttons], defaultId: 0, cancelId: 1, noLink: true })
      .then((response) => { if (!window.isDestroyed()) choose(response); })
      .catch((error: unknown) => { warn(`the question after a crash failed: ${String(error)}`); })
      .finally(() => { isAsking = false; });
  };
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    warn(`the window's process ${reasons[reason] ?? reason} (${exitCode})`);
    askOnce(`The window's process ${reasons[reason] ?? 'ended'}.`, 'No edit is lost: every edit is in the project, and jobs go on.', ['Load again', 'Close the window'], (response) => {
      if (response === 0) window.webContents.reload();
      else window.close();
    });
  });
  window.on('unresponsive', () => {
    warn('the window does not respond');
    askOnce('The window does not respond.', 'Edits are in the project, and jobs go on, whatever becomes of the window.', ['Wait', 'Load again'], (response) => {
      if (response === 1) window.webContents.forcefullyCrashRenderer(); // what hangs cannot load; the question above follows
    });
  });
  window.webContents.on('did-fail-load', (_event, code, description, address, isMainFrame) => {
    if (isMainFrame && code !== -3) warn(`${address} could not be loaded: ${description}`); // -3: another load came instead
  });
}

export function watchProcesses(warn: (text: string) => void): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName, name }) => {
    if (reason === 'clean-exit') return;
    const what = type === 'GPU' ? 'the graphics process' : name ?? serviceName ?? type;
    warn(`${what} ${reasons[reason] ?? reason} (${exitCode})`);
    // A worker's job tells of it itself: it is tried again, or fails with the reason.
    if (name === workerService || !Notification.isSupported()) return;
    new Notification({ title: 'Stringout goes on', body: `A helper of the system's, ${what}, ${reasons[reason] ?? 'ended'} and was started anew.` }).show();
  });
}
