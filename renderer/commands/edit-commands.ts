/** History, the clipboard, and what is done to selected clips. */
import type { PastedClip } from '../../app/domain/project/edit.ts';
import type { Session } from '../session/session.ts';
import { always, both, canChange, hasClips, hasProgramme, type EditorCommand } from './command.ts';

/** Copied clips; it lives as long as the window. */
let clipboard: readonly PastedClip[] = [];

const hasClipboard = (): boolean => clipboard.length > 0;
const selectedClips = (session: Session): readonly number[] => [...session.selection.getState().clipIds];

function copyClips(session: Session): void {
  const { clips, tracks } = session.project.getState().state;
  const chosen = selectedClips(session).flatMap((id) => clips.get(id) ?? []);
  const first = Math.min(...chosen.map(({ start }) => start));
  clipboard = chosen.flatMap(({ trackId, shotId, start, length, sourceIn, isEnabled, gain, link }): PastedClip[] => {
    const track = tracks.get(trackId);
    return track ? [{ trackKind: track.kind, trackPosition: track.position, shotId, start: start - first, length, sourceIn, isEnabled, gain, link }] : [];
  });
}

function areAllEnabled(session: Session): boolean {
  const { clips } = session.project.getState().state;
  return selectedClips(session).every((id) => clips.get(id)?.isEnabled);
}

const remove = (mode: 'lift' | 'extract') => (session: Session): Promise<unknown> => session.edit({ kind: 'remove', clipIds: selectedClips(session), mode });
const paste = (mode: 'insert' | 'overwrite') => (session: Session): Promise<unknown> => session.edit({ kind: 'paste', clips: clipboard, at: session.playback.frame, mode });
const nudge = (frames: number) => (session: Session): Promise<unknown> => session.edit({ kind: 'move', clipIds: selectedClips(session), frames, tracks: 0, mode: 'overwrite' });
const split = (clipIds: (session: Session) => readonly number[] | null) => (session: Session): Promise<unknown> => (
  session.edit({ kind: 'split', clipIds: clipIds(session), frame: session.playback.frame })
);

const clipsAndChange = both(canChange, hasClips);

export const editCommands: readonly EditorCommand[] = [
  {
    id: 'edit.undo', title: 'command.undo', group: 'edit', keys: ['Mod+Z'], run: (session) => session.change('project.undo', {}),
    isEnabled: both(canChange, (session) => session.project.getState().history.undo !== null),
  },
  {
    id: 'edit.redo', title: 'command.redo', group: 'edit', keys: ['Mod+Shift+Z', 'Mod+Y'], run: (session) => session.change('project.redo', {}),
    isEnabled: both(canChange, (session) => session.project.getState().history.redo !== null),
  },
  {
    id: 'edit.cut', title: 'command.cut', group: 'edit', keys: ['Mod+X'], area: 'timeline', isEnabled: clipsAndChange,
    run: (session) => {
      copyClips(session);
      return remove('lift')(session);
    },
  },
  { id: 'edit.copy', title: 'command.copy', group: 'edit', keys: ['Mod+C'], area: 'timeline', isEnabled: hasClips, run: copyClips },
  { id: 'edit.paste', title: 'command.paste', group: 'edit', keys: ['Mod+V'], area: 'timeline', isEnabled: both(canChange, hasClipboard), run: paste('overwrite') },
  { id: 'edit.pasteInsert', title: 'command.pasteInsert', group: 'edit', keys: ['Mod+Shift+V'], area: 'timeline', isEnabled: both(canChange, hasClipboard), run: paste('insert') },
  {
    id: 'edit.selectAllClips', title: 'command.selectAllClips', group: 'edit', keys: ['Mod+A'], area: 'timeline', isEnabled: hasProgramme,
    run: (session) => { session.selection.setState({ clipIds: new Set(session.project.getState().state.clips.keys()) }); },
  },
  {
    id: 'edit.selectNone', title: 'command.selectNone', group: 'edit', keys: ['Mod+D', 'Escape'], isEnabled: always,
    run: (session) => { session.selection.setState({ clipIds: new Set(), shotIds: new Set(), markerId: null }); },
  },
  { id: 'clip.lift', title: 'command.lift', group: 'timeline', keys: ['Delete', 'Backspace'], area: 'timeline', isEnabled: clipsAndChange, run: remove('lift') },
  { id: 'clip.extract', title: 'command.extract', group: 'timeline', keys: ['Shift+Delete', 'Shift+Backspace'], area: 'timeline', isEnabled: clipsAndChange, run: remove('extract') },
  { id: 'clip.split', title: 'command.split', group: 'timeline', keys: ['Mod+B'], isEnabled: both(canChange, hasProgramme), run: split((session) => (hasClips(session) ? selectedClips(session) : null)) },
  { id: 'clip.splitAll', title: 'command.splitAll', group: 'timeline', keys: ['Mod+Shift+B'], isEnabled: both(canChange, hasProgramme), run: split(() => null) },
  {
    id: 'clip.enable', title: 'command.enable', group: 'timeline', keys: ['Shift+E'], isEnabled: clipsAndChange,
    run: (session) => session.edit({ kind: 'setClips', clipIds: selectedClips(session), isEnabled: !areAllEnabled(session) }),
  },
  { id: 'clip.link', title: 'command.link', group: 'timeline', keys: ['Mod+L'], isEnabled: clipsAndChange, run: (session) => session.edit({ kind: 'link', clipIds: selectedClips(session), isLinked: true }) },
  { id: 'clip.unlink', title: 'command.unlink', group: 'timeline', keys: ['Mod+Shift+L'], isEnabled: clipsAndChange, run: (session) => session.edit({ kind: 'link', clipIds: selectedClips(session), isLinked: false }) },
  { id: 'clip.nudgeLeft', title: 'command.nudgeLeft', group: 'timeline', keys: ['Alt+ArrowLeft'], isEnabled: clipsAndChange, run: nudge(-1) },
  { id: 'clip.nudgeRight', title: 'command.nudgeRight', group: 'timeline', keys: ['Alt+ArrowRight'], isEnabled: clipsAndChange, run: nudge(1) },
  { id: 'timeline.closeGaps', title: 'command.closeGaps', group: 'timeline', keys: ['Shift+G'], isEnabled: both(canChange, hasProgramme), run: (session) => session.edit({ kind: 'closeGaps', trackId: null }) },
];
