/** Exports and other jobs. */
import { basename } from 'node:path';
import type { Handlers } from '../rpc/rpc-host.ts';
import { checkTarget } from '../services/assembly/target.ts';
import { conformOutliers } from '../services/project/conform-outliers.ts';
import { exportClips } from '../services/project/export-clips.ts';
import { exportMovie } from '../services/project/export-movie.ts';
import { exportStems } from '../services/project/export-stems.ts';
import type { OpenProject } from './open-project.ts';
import type { Roots } from './roots.ts';

export function exportHandlers({ session, settings, jobs, cost, engine }: OpenProject, roots: Roots): Pick<Handlers, 'export.settings' | 'export.start' | 'outliers.conform' | 'jobs.control'> {
  return {
    'export.settings': ({ settings: exportSettings }) => {
      settings.set({ exportSettings });
      cost.refresh();
      return {};
    },
    'export.start': async ({ settings: exportSettings, output }) => {
      const path = await roots.allow(output);
      if (exportSettings.form === 'clips') {
        const folder = path.replace(/\.[^./\\]+$/, '');
        return { jobId: jobs.add({ kind: 'pulls', label: `${basename(folder)}: clips`, output: folder, settings: exportSettings }, exportClips(session, exportSettings, folder, engine)) };
      }
      if (exportSettings.form === 'stems') {
        const folder = `${path.replace(/\.[^./\\]+$/, '')} stems`;
        return { jobId: jobs.add({ kind: 'stems', label: basename(folder), output: folder, settings: exportSettings }, exportStems(session, exportSettings, folder, engine)) };
      }
      const target = await checkTarget(path); // what cannot be written is said now, not when its turn comes
      const chosen = { ...exportSettings, container: target.container };
      return { jobId: jobs.add({ kind: 'export', label: basename(path), output: path, settings: chosen }, exportMovie(session, chosen, path, engine)) };
    },
    'outliers.conform': () => {
      const { exportSettings } = settings.all;
      return { jobId: jobs.add({ kind: 'conform', label: 'Conform outliers', output: null, settings: exportSettings }, conformOutliers(session, exportSettings, engine)) };
    },
    'jobs.control': ({ jobId, order }) => {
      jobs.control(jobId, order);
      return {};
    },
  };
}
