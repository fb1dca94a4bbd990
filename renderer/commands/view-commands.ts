/** Files, dialogs, tools and the look of the window. */
import type { DialogName, Tool } from '../session/ui-store.ts';
import type { Session } from '../session/session.ts';
import { askForMedia } from '../bring-in/bring-in.ts';
import { saveStill } from '../viewer/save-still.ts';
import { always, both, canChange, hasProgramme, type EditorCommand } from './command.ts';

const open = (dialog: DialogName) => (session: Session): void => { session.ui.setState({ dialog }); };
const isReady = (session: Session): boolean => session.project.getState().phase === 'ready';

const tool = (name: Tool, keys: readonly string[]): EditorCommand => ({
  id: `tool.${name}`, title: `tool.${name}`, group: 'tools', keys, isEnabled: always, run: ({ ui }) => { ui.setState({ tool: name }); },
});

const flip = (id: string, title: EditorCommand['title'], name: 'isSnapping' | 'isFollowing' | 'showsSafeAreas' | 'isInspectorShown' | 'isMuted' | 'isJobsOpen' | 'showsFrameMeter' | 'isTimelineList', keys: readonly string[]): EditorCommand => ({
  id, title, group: 'view', keys, isEnabled: always, run: ({ ui }) => { ui.setState((state) => ({ [name]: !state[name] })); },
});

export const viewCommands: readonly EditorCommand[] = [
  { id: 'file.bringIn', title: 'command.bringIn', group: 'file', keys: ['Mod+I'], isEnabled: canChange, run: askForMedia },
  { id: 'file.relink', title: 'command.relink', group: 'file', keys: ['Alt+R'], isEnabled: canChange, run: open('relink') },
  { id: 'file.export', title: 'command.export', group: 'file', keys: ['Mod+E'], isEnabled: both(isReady, hasProgramme), run: open('export') },
  { id: 'file.exportTimeline', title: 'command.exportTimeline', group: 'file', keys: ['Mod+Alt+E'], isEnabled: both(isReady, hasProgramme), run: open('exportTimeline') },
  { id: 'file.compare', title: 'command.compare', group: 'file', keys: ['Mod+Shift+D'], isEnabled: isReady, run: open('compare') },
  { id: 'file.reviewLink', title: 'command.reviewLink', group: 'file', keys: ['Mod+Shift+E'], isEnabled: both(isReady, hasProgramme), run: (session) => makeReviewLink(session) },
  {
    id: 'cost.conform', title: 'command.conform', group: 'file', keys: [], isEnabled: both(canChange, (session) => (session.project.getState().cost?.outliers.length ?? 0) > 0),
    run: async (session) => { if (await session.run('outliers.conform', {})) session.ui.setState({ isJobsOpen: true }); },
  },
  { id: 'file.settings', title: 'command.settings', group: 'file', keys: ['Mod+Comma'], isEnabled: always, run: open('settings') },
  { id: 'file.sample', title: 'command.sample', group: 'file', keys: [], isEnabled: canChange, run: (session) => session.run('sample.make', {}) },
  tool('select', ['V']),
  tool('blade', ['B']),
  tool('ripple', ['Q']),
  tool('roll', ['R']),
  tool('slip', ['Y']),
  tool('slide', ['U']),
  tool('hand', ['H']),
  { id: 'timeline.zoomIn', title: 'command.zoomIn', group: 'timeline', keys: ['Plus', 'Shift+Plus', 'Mod+Plus'], isEnabled: hasProgramme, run: ({ timeline }) => { timeline?.zoomIn(); } },
  { id: 'timeline.zoomOut', title: 'command.zoomOut', group: 'timeline', keys: ['Minus', 'Mod+Minus'], isEnabled: hasProgramme, run: ({ timeline }) => { timeline?.zoomOut(); } },
  { id: 'timeline.zoomToFit', title: 'command.zoomToFit', group: 'timeline', keys: ['Backslash', 'Shift+Z'], isEnabled: hasProgramme, run: ({ timeline }) => { timeline?.zoomToFit(); } },
  { id: 'timeline.zoomToFrame', title: 'command.zoomToFrame', group: 'timeline', keys: ['Shift+Backslash'], isEnabled: hasProgramme, run: ({ timeline }) => { timeline?.zoomToFrame(); } },
  flip('timeline.snapping', 'command.snapping', 'isSnapping', ['S', 'N']),
  flip('timeline.follow', 'command.follow', 'isFollowing', ['F']),
  { id: 'timeline.addPictureTrack', title: 'command.addPictureTrack', group: 'timeline', keys: [], isEnabled: canChange, run: (session) => session.edit({ kind: 'addTrack', trackKind: 'picture' }) },
  { id: 'timeline.addSoundTrack', title: 'command.addSoundTrack', group: 'timeline', keys: [], isEnabled: canChange, run: (session) => session.edit({ kind: 'addTrack', trackKind: 'sound' }) },
  flip('view.timelineList', 'command.timelineList', 'isTimelineList', ['Alt+T']),
  flip('view.inspector', 'command.inspector', 'isInspectorShown', ['Mod+Shift+I', 'Mod+4']),
  flip('view.jobs', 'command.jobs', 'isJobsOpen', ['Mod+J']),
  flip('view.safeAreas', 'command.safeAreas', 'showsSafeAreas', ['Shift+S']),
  flip('view.frameMeter', 'command.frameMeter', 'showsFrameMeter', []),
  flip('view.mute', 'command.mute', 'isMuted', ['Shift+U']),
  { id: 'view.fullScreen', title: 'command.fullScreen', group: 'view', keys: ['Shift+F'], isEnabled: hasProgramme, run: () => toggleFullScreen() },
  { id: 'view.still', title: 'command.still', group: 'view', keys: ['Mod+Shift+S'], isEnabled: hasProgramme, run: saveStill },
  {
    id: 'view.proxies', title: 'command.useProxies', group: 'view', keys: ['Shift+P'], isEnabled: isReady,
    run: (session) => session.run('proxies.use', { isOn: !session.project.getState().usesProxies }),
  },
  { id: 'view.list', title: 'command.binList', group: 'bin', keys: ['Mod+1'], isEnabled: always, run: ({ ui }) => { ui.setState({ binView: 'list' }); } },
  { id: 'view.thumbnails', title: 'command.binThumbnails', group: 'bin', keys: ['Mod+2'], isEnabled: always, run: ({ ui }) => { ui.setState({ binView: 'thumbnails' }); } },
  { id: 'help.palette', title: 'command.palette', group: 'help', keys: ['Mod+K', 'Mod+Shift+P'], isEnabled: always, run: open('palette') },
  { id: 'help.shortcuts', title: 'command.shortcuts', group: 'help', keys: ['Shift+Slash', 'Slash'], isEnabled: always, run: open('shortcuts') },
];

async function makeReviewLink(session: Session): Promise<void> {
  const { exportSettings } = session.project.getState();
  if (await session.run('review.link', { settings: exportSettings })) session.ui.setState({ isJobsOpen: true });
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.querySelector('[data-full-screen]')?.requestFullscreen();
}
