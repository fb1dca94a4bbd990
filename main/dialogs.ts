/** The system's dialogs, as the page and the menu ask for them. */
import { extname, join } from 'node:path';
import { app, dialog, shell, type BrowserWindow, type MessageBoxOptions } from 'electron';
import { z } from 'zod';
import { containers } from '../app/domain/profile.ts';
import { isTimelineFile, timelineExtensions } from '../app/domain/timeline-files.ts';
import { desktopChannels } from '../app/contract/editor/desktop.ts';
import type { PageMessages } from './messages.ts';

const projectFilter = { name: 'Stringout project', extensions: ['stringout'] };
const pathSchema = z.string().min(1).max(10_000);

export function answerDialogs(messages: PageMessages): void {
  messages.answer(desktopChannels.chooseMedia, z.undefined(), chooseMedia);
  messages.answer(desktopChannels.chooseFolder, z.undefined(), (window) => chooseFolder(window));
  messages.answer(desktopChannels.chooseOutput, pathSchema, chooseOutput);
  messages.answer(desktopChannels.chooseTimeline, z.undefined(), chooseTimeline);
  messages.on(desktopChannels.showInFolder, pathSchema, (_window, path) => { shell.showItemInFolder(path); });
}

/** Files, or a folder with all that lies below it. Only a Mac's dialog offers both at once. */
async function chooseMedia(window: BrowserWindow): Promise<readonly string[]> {
  const both = process.platform === 'darwin';
  const { response } = both ? { response: 1 } : await dialog.showMessageBox(window, {
    type: 'question', message: 'Bring in a folder, or single files?', detail: 'A folder is searched to the bottom.', buttons: ['Folder…', 'Files…', 'Cancel'], defaultId: 0, cancelId: 2,
  });
  if (response === 2) return [];
  const kind = response === 0 ? ['openDirectory' as const] : ['openFile' as const, ...(both ? ['openDirectory' as const] : [])];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Bring in footage', buttonLabel: 'Bring in', properties: [...kind, 'multiSelections'] });
  return canceled ? [] : filePaths;
}

async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openDirectory', 'createDirectory'] });
  return canceled ? null : filePaths[0] ?? null;
}

async function chooseOutput(window: BrowserWindow, suggested: string): Promise<string | null> {
  const isTimeline = isTimelineFile(suggested);
  const filters = isTimeline ? [{ name: 'Timeline', extensions: [extname(suggested).slice(1)] }] : [{ name: 'Movie', extensions: [...containers] }];
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title: isTimeline ? 'Export timeline' : 'Export movie', defaultPath: suggested, filters, properties: ['createDirectory', 'showOverwriteConfirmation'] });
  return canceled || filePath === '' ? null : filePath;
}

/** A bundle that is a folder is a file to a Mac's dialog only: elsewhere what it holds is chosen. */
async function chooseTimeline(window: BrowserWindow): Promise<string | null> {
  const filters = [{ name: 'Timelines and shot lists', extensions: [...timelineExtensions] }];
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Choose a timeline', buttonLabel: 'Choose', filters, properties: ['openFile'] });
  return canceled ? null : filePaths[0] ?? null;
}

export async function chooseProject(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title: 'Open project', filters: [projectFilter], properties: ['openFile'] });
  return canceled ? null : filePaths[0] ?? null;
}

export async function chooseNewProject(): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({ title: 'New project', defaultPath: join(app.getPath('documents'), 'Untitled.stringout'), filters: [projectFilter], properties: ['createDirectory'] });
  if (canceled || filePath === '') return null;
  return filePath.endsWith('.stringout') ? filePath : `${filePath}.stringout`;
}

/** The number of the button that was chosen. */
export async function ask(window: BrowserWindow | null, options: MessageBoxOptions): Promise<number> {
  const { response } = window && !window.isDestroyed() ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options);
  return response;
}
