/** Proxies, watched folders and review links. */
import { StringoutError } from '../base/errors.ts';
import type { Handlers } from '../rpc/rpc-host.ts';
import type { OpenProject } from './open-project.ts';
import type { Roots } from './roots.ts';

export function mediaHandlers({ session, settings, jobs, library, engine, proxies, watched, reviews }: OpenProject, roots: Roots): Pick<Handlers, 'proxies.make' | 'proxies.use' | 'watch.set' | 'review.link'> {
  return {
    'proxies.make': ({ shotIds }) => {
      const shots = shotIds.map((id) => {
        const shot = session.state.shots.get(id);
        if (!shot) throw new StringoutError('usage', `there is no shot ${id}`);
        return shot;
      });
      return { jobId: jobs.add({ kind: 'proxies', label: `Proxies of ${shots.length} shots`, output: null, settings: null }, proxies.make(shots, library, engine)) };
    },
    'proxies.use': ({ isOn }) => {
      settings.set({ usesProxies: isOn });
      return {};
    },
    'watch.set': async ({ folders }) => {
      const allowed = await Promise.all(folders.map((folder) => roots.allow(folder)));
      settings.set({ watched: allowed });
      watched.watch(allowed);
      return {};
    },
    'review.link': ({ settings: exportSettings }) => (
      { jobId: jobs.add({ kind: 'review', label: 'Review link', output: null, settings: exportSettings }, reviews.make(session, exportSettings, engine)) }
    ),
  };
}
