/**
 * The menu bar as data. An item either runs one of the page's commands by its id (renderer/commands), which also shows the keys that the page
 * itself listens to; or an action of the desktop; or a role of the system's.
 */
import { basename } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';

export type MenuActions = {
  readonly newProject: () => void;
  readonly openProject: () => void;
  readonly open: (project: string) => void;
  readonly clearRecent: () => void;
  /** One of the page's commands, in the window at the front. */
  readonly command: (id: string) => void;
  readonly showLog: () => void;
};

export type MenuContext = { readonly isMac: boolean; readonly recent: readonly string[]; readonly isPackaged: boolean; readonly actions: MenuActions };

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

export function menuTemplate({ isMac, recent, isPackaged, actions }: MenuContext): Item[] {
  const command = (id: string, label: string, keys?: string): Item => ({
    // The keys are only shown: the page hears them itself, and knows whether a text field wants them.
    id, label, ...(keys !== undefined && !isMac && { accelerator: keys, registerAccelerator: false }), click: () => { actions.command(id); },
  });
  const file: Item[] = [
    { id: 'project.new', label: 'New project…', accelerator: 'CmdOrCtrl+N', click: actions.newProject },
    { id: 'project.open', label: 'Open project…', accelerator: 'CmdOrCtrl+O', click: actions.openProject },
    { label: 'Open recent', enabled: recent.length > 0, submenu: recentItems(recent, actions) },
    separator,
    command('file.bringIn', 'Bring in footage…', 'CmdOrCtrl+I'), command('shot.assemble', 'Assemble…'), command('file.relink', 'Relink media…'), command('file.compare', 'Compare cuts…'),
    separator,
    command('file.export', 'Export movie…', 'CmdOrCtrl+E'), command('file.exportTimeline', 'Export timeline…'), command('file.reviewLink', 'Make a review link', 'CmdOrCtrl+Shift+E'), command('cost.conform', 'Conform outliers'),
    command('view.still', 'Save a still', 'CmdOrCtrl+Shift+S'),
    separator,
    command('file.settings', 'Settings…', 'CmdOrCtrl+,'),
    { role: 'close' },
    ...(isMac ? [] : [separator, { role: 'quit' } satisfies Item]),
  ];
  const edit: Item[] = [
    command('edit.undo', 'Undo', 'CmdOrCtrl+Z'), command('edit.redo', 'Redo', 'CmdOrCtrl+Shift+Z'),
    separator,
    // On a Mac text fields cut and copy only through these; clips are cut by the page, which hears the keys first.
    { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' },
    separator,
    command('edit.selectAllClips', 'Select all clips'), command('edit.selectNone', 'Select nothing'),
  ];
  const clip: Item[] = [
    command('clip.split', 'Split', isMac ? undefined : 'CmdOrCtrl+B'), command('clip.lift', 'Lift'), command('clip.extract', 'Extract'), command('timeline.closeGaps', 'Close gaps'),
    separator,
    command('clip.enable', 'Enable or disable'), command('clip.link', 'Link'), command('clip.unlink', 'Unlink'),
    separator,
    command('version.up', 'Step version up'), command('version.down', 'Step version down'), command('version.newest', 'Newest version'), command('version.allNewest', 'All clips to their newest versions'),
    separator,
    command('marker.add', 'Add a marker'), command('timeline.addPictureTrack', 'Add a picture track'), command('timeline.addSoundTrack', 'Add a sound track'),
  ];
  const view: Item[] = [
    command('view.list', 'Bin as list'), command('view.thumbnails', 'Bin as thumbnails'), command('view.timelineList', 'Timeline as list'),
    separator,
    command('view.inspector', 'Inspector'), command('view.jobs', 'Jobs'), command('view.proxies', 'Use proxies'), command('view.safeAreas', 'Safe areas'), command('view.frameMeter', 'Frame-time meter'),
    separator,
    command('timeline.zoomToFit', 'Whole timeline'), command('timeline.zoomToFrame', 'Zoom to the frame'),
    separator,
    { role: 'togglefullscreen' },
    ...(isPackaged ? [] : [{ role: 'reload' } satisfies Item, { role: 'toggleDevTools' } satisfies Item]),
  ];
  const help: Item[] = [
    command('help.palette', 'Command palette', 'CmdOrCtrl+K'), command('help.shortcuts', 'Keyboard shortcuts'),
    separator,
    { id: 'help.log', label: 'Show the log', click: actions.showLog },
    ...(isMac ? [] : [{ role: 'about' } satisfies Item]),
  ];
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies Item] : []),
    { label: 'File', submenu: file }, { label: 'Edit', submenu: edit }, { label: 'Clip', submenu: clip }, { label: 'View', submenu: view },
    { role: 'windowMenu' }, { label: 'Help', role: 'help', submenu: help },
  ];
}

function recentItems(recent: readonly string[], actions: MenuActions): Item[] {
  return [
    ...recent.map((path, index): Item => ({ id: `recent.${index}`, label: basename(path), toolTip: path, click: () => { actions.open(path); } })),
    separator,
    { id: 'recent.clear', label: 'Clear', click: actions.clearRecent },
  ];
}
