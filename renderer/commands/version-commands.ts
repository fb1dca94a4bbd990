/** Clips to other versions of their shots. What is lost is said at once: undo takes it back. */
import type { VersionChoice } from '../../app/domain/project/edit.ts';
import { stepVersions, type VersionPlan } from '../../app/domain/versions/step-versions.ts';
import type { Session } from '../session/session.ts';
import { plural, text } from '../texts/text.ts';
import { both, canChange, hasClips, hasProgramme, type EditorCommand } from './command.ts';

const mostNamed = 3;

/** `clipIds` null: every clip on a track that is not locked. */
async function stepClips(session: Session, clipIds: readonly number[] | null, step: VersionChoice): Promise<void> {
  const { state } = session.project.getState();
  const open = clipIds ?? [...state.clips.values()].filter(({ trackId }) => !state.tracks.get(trackId)?.isLocked).map(({ id }) => id);
  const plan = stepVersions(state, open, step);
  if (plan.steps.length === 0) {
    session.notices.show('info', clipIds === null ? text('versions.allNewest') : text('versions.none', { reason: plan.staying[0]?.reason ?? '' }));
    return;
  }
  if (!await session.edit({ kind: 'stepVersions', clipIds: clipIds === null ? null : [...clipIds], step })) return;
  session.notices.show('info', plural('versions.done', plan.steps.length));
  for (const warning of warningsOf(plan)) session.notices.show('warning', warning);
}

function warningsOf({ steps }: VersionPlan): string[] {
  const warned = steps.flatMap(({ to, warnings }) => (warnings.length > 0 ? [text('versions.warning', { shot: to.name, warning: warnings.join('; ') })] : []));
  const more = warned.length - mostNamed;
  return [...warned.slice(0, mostNamed - (more > 0 ? 1 : 0)), ...(more > 0 ? [plural('versions.more', more + 1)] : [])];
}

const selected = (step: VersionChoice) => (session: Session): Promise<void> => stepClips(session, [...session.selection.getState().clipIds], step);
const clipsAndChange = both(canChange, hasClips);

export const versionCommands: readonly EditorCommand[] = [
  { id: 'version.up', title: 'command.versionUp', group: 'timeline', keys: ['Alt+ArrowUp'], isEnabled: clipsAndChange, run: selected('up') },
  { id: 'version.down', title: 'command.versionDown', group: 'timeline', keys: ['Alt+ArrowDown'], isEnabled: clipsAndChange, run: selected('down') },
  { id: 'version.newest', title: 'command.versionNewest', group: 'timeline', keys: ['Alt+Shift+ArrowUp'], isEnabled: clipsAndChange, run: selected('newest') },
  { id: 'version.allNewest', title: 'command.versionAllNewest', group: 'timeline', keys: [], isEnabled: both(canChange, hasProgramme), run: (session) => stepClips(session, null, 'newest') },
];
