/**
 * The project as this window knows it: a snapshot from the host, kept up to date by the host's changes. Nothing here is edited in place; an
 * edit goes to the host and comes back as a change.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { usualExport, type ExportSettings, type Job } from '../../app/contract/editor/export-settings.ts';
import type { CommandOutput, Cost, History, ProjectSnapshot } from '../../app/contract/editor/commands.ts';
import type { ProjectState } from '../../app/domain/project/project.ts';

export type HostInfo = CommandOutput<'host.info'>;

export type ProjectView = {
  /** `refused` is for good; `connecting` may last. */
  readonly phase: 'connecting' | 'ready' | 'refused';
  readonly isConnected: boolean;
  /** Why the host refused, in a sentence. */
  readonly refusal: string | null;
  readonly host: HostInfo | null;
  readonly path: string;
  readonly name: string;
  readonly revision: number;
  readonly history: History;
  readonly readOnly: string | null;
  readonly state: ProjectState;
  readonly jobs: ReadonlyMap<number, Job>;
  readonly cost: Cost | null;
  readonly exportSettings: ExportSettings;
  readonly watched: readonly string[];
  readonly usesProxies: boolean;
  /** Edits on their way to the host. */
  readonly pendingEdits: number;
};

export type ProjectStore = StoreApi<ProjectView>;

const emptyState: ProjectState = {
  sequence: { name: '', rate: { num: 25, den: 1 }, isRateSet: false, startFrame: 90_000, dropFrame: false, markIn: null, markOut: null },
  shots: new Map(), tracks: new Map(), clips: new Map(), markers: new Map(),
};

export function createProjectStore(): ProjectStore {
  return createStore<ProjectView>(() => ({
    phase: 'connecting', isConnected: false, refusal: null, host: null, path: '', name: '', revision: 0, history: { undo: null, redo: null }, readOnly: null,
    state: emptyState, jobs: new Map(), cost: null, exportSettings: usualExport, watched: [], usesProxies: false, pendingEdits: 0,
  }));
}

export function stateOf(snapshot: ProjectSnapshot): ProjectState {
  const byId = <Row extends { readonly id: number }>(rows: readonly Row[]): ReadonlyMap<number, Row> => new Map(rows.map((row) => [row.id, row]));
  return {
    sequence: snapshot.sequence, shots: byId(snapshot.shots), tracks: byId(snapshot.tracks), clips: byId(snapshot.clips), markers: byId(snapshot.markers),
  };
}
