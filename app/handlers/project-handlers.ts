/** The project as a whole: loading, editing, undoing. */
import { basename } from 'node:path';
import { editTimeline } from '../domain/edits/edit-timeline.ts';
import { describeEdit } from '../domain/edits/describe-edit.ts';
import type { z } from 'zod';
import type { edited } from '../contract/editor/commands.ts';
import type { Handlers } from '../rpc/rpc-host.ts';
import type { OpenProject } from './open-project.ts';

type Edited = z.output<typeof edited>;

export function projectHandlers({ session, settings, jobs, cost }: OpenProject): Pick<Handlers, 'project.load' | 'project.edit' | 'project.undo' | 'project.redo' | 'cost.get'> {
  return {
    'project.load': () => {
      const { state, store } = session;
      return {
        path: store.path, name: basename(store.path, '.stringout'), revision: session.revision, history: session.history, readOnly: store.whyReadOnly,
        sequence: state.sequence, shots: [...state.shots.values()], tracks: [...state.tracks.values()], clips: [...state.clips.values()],
        markers: [...state.markers.values()], jobs: jobs.list(), ...settings.all,
      };
    },
    'project.edit': ({ edit }) => {
      session.commit(describeEdit(edit), editTimeline(session.state, edit, () => session.store.newId()));
      return editedNow(session);
    },
    'project.undo': () => {
      session.undo();
      return editedNow(session);
    },
    'project.redo': () => {
      session.redo();
      return editedNow(session);
    },
    'cost.get': () => cost.current(),
  };
}

export function editedNow(session: OpenProject['session']): Edited {
  return { revision: session.revision, history: session.history };
}
