/** What a running project needs of the file it is kept in; app/storage/project fills it in. */
import type { ExportSettings, Job } from '../../contract/editor/export-settings.ts';
import type { ProjectChange } from '../../domain/project/project-change.ts';
import type { ProjectState, ShotId } from '../../domain/project/project.ts';

export type Step = { readonly label: string; readonly change: ProjectChange };

export interface ProjectStore {
  readonly path: string;
  /** Why nothing can be written; null: it can. */
  readonly whyReadOnly: string | null;
  load(): ProjectState;
  /** Never given before in this project. */
  newId(): number;
  /** Durable when it returns; undo takes it back. */
  commit(label: string, change: ProjectChange): void;
  /** Outside history: what was found out about media. Gives what was done: rows that are gone stay gone. */
  note(change: ProjectChange): ProjectChange;
  undo(): Step | null;
  redo(): Step | null;
  history(): { readonly undo: string | null; readonly redo: string | null };
  searchShots(text: string): readonly ShotId[];
  jobs(): readonly StoredJob[];
  putJob(job: StoredJob): void;
  removeJob(id: number): void;
  setting(name: string): string | null;
  setSetting(name: string, value: string): void;
  close(): Promise<void> | void;
}

/** A job as it is kept: enough to show it, and to start it again after a restart. */
export type StoredJob = { readonly job: Job; readonly settings: ExportSettings | null };
