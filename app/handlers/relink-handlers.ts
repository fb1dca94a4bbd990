/** Media of missing shots: looked for, chosen among, taken. */
import { StringoutError } from '../base/errors.ts';
import { relinkShots } from '../domain/edits/relink-shots.ts';
import type { Handlers } from '../rpc/rpc-host.ts';
import { RelinkSearch } from '../services/project/relink-search.ts';
import { relinkedShots } from '../services/project/relinked-shots.ts';
import type { OpenProject } from './open-project.ts';
import { editedNow } from './project-handlers.ts';
import type { Roots } from './roots.ts';

export function relinkHandlers({ session, library, jobs, engine, relinkSearches }: OpenProject, roots: Roots): Pick<Handlers, 'relink.search' | 'relink.links' | 'relink.apply'> {
  return {
    'relink.search': async ({ folder }) => {
      const allowed = await roots.allow(folder);
      const search = new RelinkSearch(allowed, session, engine);
      const jobId = jobs.add({ kind: 'relink', label: `Look for missing media in ${allowed}`, output: null, settings: null }, search.work);
      relinkSearches.keep(jobId, search);
      return { jobId };
    },
    'relink.links': async ({ jobId, answers }) => {
      const search = relinkSearches.get(jobId);
      if (!search) throw new StringoutError('usage', 'what this search found is not kept any more: search again');
      return search.links(new Map(await Promise.all(answers.map(async ({ shotId, path }) => [shotId, await roots.allow(path)] as const))));
    },
    'relink.apply': async ({ links }, { signal }) => {
      const allowed = new Map(await Promise.all(links.map(async ({ shotId, path }) => [shotId, await roots.allow(path)] as const)));
      const shots = await relinkedShots(allowed, session, library, signal);
      session.commit(shots.length === 1 ? `relink ${shots[0]?.name ?? 'shot'}` : `relink ${shots.length} shots`, relinkShots(session.state, shots));
      return editedNow(session);
    },
  };
}
