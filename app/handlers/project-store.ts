/** The project's file as the services want it. Jobs are kept whole, and checked when they are read back. */
import { exportSettingsSchema, jobSchema } from '../contract/editor/export-settings.ts';
import type { ProjectStore, StoredJob } from '../services/project/ports.ts';
import type { ProjectFile } from '../storage/project/project-file.ts';

export function projectStore(file: ProjectFile): ProjectStore {
  return {
    path: file.path,
    whyReadOnly: file.whyReadOnly,
    load: () => file.load(),
    newId: () => file.newId(),
    commit: (label, change) => { file.commit(label, change); },
    note: (change) => file.note(change),
    undo: () => file.undo(),
    redo: () => file.redo(),
    history: () => file.history,
    searchShots: (text) => file.search.search(text),
    jobs: () => file.jobs.all().flatMap(({ result, settings }): StoredJob[] => {
      const job = jobSchema.safeParse(result);
      const exportSettings = exportSettingsSchema.safeParse(settings);
      return job.success ? [{ job: job.data, settings: exportSettings.success ? exportSettings.data : null }] : [];
    }),
    putJob: ({ job, settings }) => {
      const { id, kind, label, state, progress, created, ended } = job;
      file.jobs.put({ id, kind, label, state, progress, settings, result: job, created, started: null, ended });
    },
    removeJob: (id) => { file.jobs.remove(id); },
    setting: (name) => file.settings.get(name, (value): value is string => typeof value === 'string'),
    setSetting: (name, value) => { file.settings.set(name, value); },
    close: () => { file.close(); },
  };
}
