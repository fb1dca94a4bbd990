/** What is done to selected shots. */
import { shotRanges } from '../bin/shot-ranges.ts';
import { plural, text } from '../texts/text.ts';
import type { Session } from '../session/session.ts';
import { both, canChange, hasShots, type EditorCommand } from './command.ts';

const selectedShots = (session: Session): readonly number[] => [...session.selection.getState().shotIds];

async function place(session: Session, mode: 'insert' | 'overwrite' | 'append'): Promise<void> {
  const { state } = session.project.getState();
  const ranges = shotRanges(selectedShots(session).flatMap((id) => state.shots.get(id) ?? []), state.sequence);
  if (ranges.length === 0) {
    session.notices.show('warning', text('assemble.nothing'));
    return;
  }
  const end = session.playback.length;
  const isDone = await session.edit({ kind: 'place', mode, at: mode === 'append' ? end : session.playback.frame, pictureTrackId: null, soundTrackId: null, ranges });
  if (isDone) session.notices.show('info', plural('assemble.done', ranges.length));
}

function areAllCircled(session: Session): boolean {
  const { shots } = session.project.getState().state;
  return selectedShots(session).every((id) => shots.get(id)?.isCircled);
}

const shotsAndChange = both(canChange, hasShots);

const rate = (rating: number): EditorCommand => ({
  id: `shot.rate${rating}`, title: `command.rate${rating as 0 | 1 | 2 | 3 | 4 | 5}`, group: 'bin', keys: [`Alt+${rating}`], isEnabled: shotsAndChange,
  run: (session) => session.change('shots.set', { shotIds: selectedShots(session), fields: { rating } }),
});

export const binCommands: readonly EditorCommand[] = [
  { id: 'shot.append', title: 'command.append', group: 'bin', keys: ['E', 'Mod+Enter'], isEnabled: shotsAndChange, run: (session) => place(session, 'append') },
  { id: 'shot.insert', title: 'command.insert', group: 'bin', keys: ['Comma'], isEnabled: shotsAndChange, run: (session) => place(session, 'insert') },
  { id: 'shot.overwrite', title: 'command.overwrite', group: 'bin', keys: ['Period'], isEnabled: shotsAndChange, run: (session) => place(session, 'overwrite') },
  { id: 'shot.assemble', title: 'command.assemble', group: 'bin', keys: ['Mod+Shift+A'], isEnabled: canChange, run: ({ ui }) => { ui.setState({ dialog: 'assemble' }); } },
  {
    id: 'shot.circle', title: 'command.circle', group: 'bin', keys: ['C'], isEnabled: shotsAndChange,
    run: (session) => session.change('shots.set', { shotIds: selectedShots(session), fields: { isCircled: !areAllCircled(session) } }),
  },
  ...[0, 1, 2, 3, 4, 5].map(rate),
  {
    id: 'shot.replace', title: 'command.replaceClips', group: 'bin', keys: ['Shift+R'],
    isEnabled: both(shotsAndChange, ({ selection }) => selection.getState().shotIds.size === 1 && selection.getState().clipIds.size > 0),
    run: (session) => {
      const [shotId] = selectedShots(session);
      return shotId === undefined ? undefined : session.edit({ kind: 'replaceShot', clipIds: [...session.selection.getState().clipIds], shotId });
    },
  },
  {
    id: 'shot.proxies', title: 'command.makeProxies', group: 'bin', keys: ['Alt+P'], isEnabled: shotsAndChange,
    run: async (session) => { if (await session.run('proxies.make', { shotIds: selectedShots(session) })) session.ui.setState({ isJobsOpen: true }); },
  },
  {
    id: 'shot.remove', title: 'command.removeShots', group: 'bin', keys: ['Delete', 'Backspace'], area: 'bin', isEnabled: shotsAndChange,
    run: (session) => session.change('shots.remove', { shotIds: selectedShots(session) }),
  },
  {
    id: 'shot.selectAll', title: 'command.selectAllShots', group: 'bin', keys: ['Mod+A'], area: 'bin', isEnabled: (session) => session.project.getState().state.shots.size > 0,
    run: (session) => { session.selection.setState({ shotIds: new Set(session.project.getState().state.shots.keys()), clipIds: new Set(), markerId: null }); },
  },
  { id: 'bin.search', title: 'command.searchShots', group: 'bin', keys: ['Mod+F'], isEnabled: () => true, run: () => { document.querySelector<HTMLElement>('[data-bin-search]')?.focus(); } },
];
