/**
 * A change of a project as the rows that are put and the ids that are removed. Edits make changes, storage keeps them with their
 * inverse for undo, and every window applies them: one form for all.
 */
import { deriveTracks } from '../edits/track-clips.ts';
import type { Marker, ProjectState, Sequence, Shot, TimelineClip, Track } from './project.ts';
import type { RowChange } from './row-change.ts';

/** An absent part is unchanged. */
export type ProjectChange = {
  readonly sequence?: Sequence | undefined;
  readonly shots?: RowChange<Shot> | undefined;
  readonly tracks?: RowChange<Track> | undefined;
  readonly clips?: RowChange<TimelineClip> | undefined;
  readonly markers?: RowChange<Marker> | undefined;
};

export function applyChange(state: ProjectState, change: ProjectChange): ProjectState {
  const clips = applyRows(state.clips, change.clips);
  if (change.clips && clips !== state.clips) deriveTracks(state.clips, clips, change.clips);
  return {
    sequence: change.sequence ?? state.sequence,
    shots: applyRows(state.shots, change.shots),
    tracks: applyRows(state.tracks, change.tracks),
    clips,
    markers: applyRows(state.markers, change.markers),
  };
}

/** What takes `applyChange(state, change)` back to `state`. */
export function invertChange(state: ProjectState, change: ProjectChange): ProjectChange {
  return {
    ...(change.sequence && { sequence: state.sequence }),
    ...(change.shots && { shots: invertRows(state.shots, change.shots) }),
    ...(change.tracks && { tracks: invertRows(state.tracks, change.tracks) }),
    ...(change.clips && { clips: invertRows(state.clips, change.clips) }),
    ...(change.markers && { markers: invertRows(state.markers, change.markers) }),
  };
}

export function isEmptyChange(change: ProjectChange): boolean {
  return change.sequence === undefined
    && [change.shots, change.tracks, change.clips, change.markers].every((rows) => rows === undefined || (rows.put.length === 0 && rows.remove.length === 0));
}

function applyRows<Row extends { readonly id: number }>(rows: ReadonlyMap<number, Row>, change: RowChange<Row> | undefined): ReadonlyMap<number, Row> {
  if (!change || (change.put.length === 0 && change.remove.length === 0)) return rows;
  const changed = new Map(rows);
  for (const id of change.remove) changed.delete(id);
  for (const row of change.put) changed.set(row.id, row);
  return changed;
}

function invertRows<Row extends { readonly id: number }>(rows: ReadonlyMap<number, Row>, change: RowChange<Row>): RowChange<Row> {
  const put: Row[] = [];
  const remove: number[] = [];
  for (const id of new Set([...change.remove, ...change.put.map((row) => row.id)])) {
    const before = rows.get(id);
    if (before) put.push(before);
    else remove.push(id);
  }
  return { put, remove };
}
