/** Shots: brought in, described, found, taken out. */
import { StringoutError } from '../base/errors.ts';
import type { Shot } from '../domain/project/project.ts';
import type { Handlers } from '../rpc/rpc-host.ts';
import { assembleWithSlates } from '../services/project/assemble-slates.ts';
import { bringIn } from '../services/project/bring-in.ts';
import { importTimeline } from '../services/project/import-timeline.ts';
import { makeSample } from '../services/project/make-sample.ts';
import type { OpenProject } from './open-project.ts';
import { editedNow } from './project-handlers.ts';
import type { Roots } from './roots.ts';

type ShotCommands = 'shots.bringIn' | 'timeline.import' | 'shots.set' | 'shots.remove' | 'shots.search' | 'sample.make' | 'assemble.withSlates';

export function shotHandlers({ session, library, jobs, engine }: OpenProject, roots: Roots): Pick<Handlers, ShotCommands> {
  return {
    'shots.bringIn': async ({ paths }) => {
      const allowed = await Promise.all(paths.map((path) => roots.allow(path)));
      return { jobId: jobs.add({ kind: 'bringIn', label: allowed.length === 1 ? `Bring in ${allowed[0] ?? ''}` : `Bring in ${allowed.length} files and folders`, output: null, settings: null }, bringIn(allowed, session, library)) };
    },
    'timeline.import': async ({ path }) => {
      const allowed = await roots.allow(path);
      return { jobId: jobs.add({ kind: 'bringIn', label: `Import ${allowed}`, output: null, settings: null }, importTimeline(allowed, session, library)) };
    },
    'sample.make': () => ({ jobId: jobs.add({ kind: 'bringIn', label: 'Sample project', output: null, settings: null }, makeSample(session, library, engine.jobs)) }),
    'assemble.withSlates': ({ ranges }) => {
      ranges.forEach(({ shotId }) => { shotOf(session, shotId); });
      return { jobId: jobs.add({ kind: 'bringIn', label: `Assemble ${ranges.length} shots with slates`, output: null, settings: null }, assembleWithSlates(ranges, session, library, engine.jobs)) };
    },
    'shots.set': ({ shotIds, fields }) => {
      const put = shotIds.map((id): Shot => ({ ...shotOf(session, id), ...definedOf(fields) }));
      session.commit(put.length === 1 ? `change ${put[0]?.name ?? 'shot'}` : `change ${put.length} shots`, { shots: { put, remove: [] } });
      return editedNow(session);
    },
    'shots.remove': ({ shotIds }) => {
      const gone = new Set(shotIds);
      shotIds.forEach((id) => { shotOf(session, id); });
      const clips = [...session.state.clips.values()].filter(({ shotId }) => gone.has(shotId)).map(({ id }) => id);
      session.commit(gone.size === 1 ? 'remove shot' : `remove ${gone.size} shots`, { shots: { put: [], remove: [...gone] }, clips: { put: [], remove: clips } });
      return editedNow(session);
    },
    'shots.search': ({ text }) => ({ shotIds: session.store.searchShots(text) }),
  };
}

function shotOf(session: OpenProject['session'], id: number): Shot {
  const shot = session.state.shots.get(id);
  if (!shot) throw new StringoutError('usage', `there is no shot ${id}`);
  return shot;
}

/** Fields that are given; zod leaves the others undefined or out. */
function definedOf<Fields extends object>(fields: Fields): { [Name in keyof Fields]-?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof Fields]-?: Exclude<Fields[Name], undefined> };
}
