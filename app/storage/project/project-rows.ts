/** The rows of a project together: read as one state, written as one change. */
import type { Marker, ProjectState, Shot, TimelineClip, Track } from '../../domain/project/project.ts';
import type { ProjectChange } from '../../domain/project/project-change.ts';
import type { RowChange } from '../../domain/project/row-change.ts';
import { StringoutError } from '../../base/errors.ts';
import { clipTable } from './clip-table.ts';
import { markerTable } from './marker-table.ts';
import type { ProjectConnection } from './project-connection.ts';
import { RowTable } from './row-table.ts';
import { SequenceTable } from './sequence-table.ts';
import { shotTable } from './shot-table.ts';
import { trackTable } from './track-table.ts';

export class ProjectRows {
  readonly #connection: ProjectConnection;
  readonly sequence: SequenceTable;
  readonly shots: RowTable<Shot>;
  readonly tracks: RowTable<Track>;
  readonly clips: RowTable<TimelineClip>;
  readonly markers: RowTable<Marker>;

  constructor(connection: ProjectConnection) {
    const { database } = connection;
    const warn = (text: string): void => connection.warn(text);
    this.#connection = connection;
    this.sequence = new SequenceTable(database);
    this.shots = new RowTable(database, shotTable, warn);
    this.tracks = new RowTable(database, trackTable, warn);
    this.clips = new RowTable(database, clipTable, warn);
    this.markers = new RowTable(database, markerTable, warn);
  }

  /** Clips whose shot or track could not be read are left out with them. */
  load(): ProjectState {
    return this.#connection.read(() => {
      const sequence = this.sequence.get();
      if (!sequence) throw new StringoutError('storage.corrupt', "the project's sequence cannot be read");
      const shots = this.shots.all();
      const tracks = this.tracks.all();
      const clips = this.clips.all();
      for (const clip of clips.values()) {
        if (!shots.has(clip.shotId) || !tracks.has(clip.trackId)) clips.delete(clip.id);
      }
      return { sequence, shots, tracks, clips, markers: this.markers.all() };
    });
  }

  /** Inside a transaction of the caller. */
  apply(change: ProjectChange): void {
    if (change.sequence) this.sequence.put(change.sequence);
    applyRows(this.shots, change.shots);
    applyRows(this.tracks, change.tracks);
    applyRows(this.clips, change.clips);
    applyRows(this.markers, change.markers);
  }

  /** What of `change` concerns rows that are there, without removals. */
  updatesOf(change: ProjectChange): ProjectChange {
    return {
      ...(change.sequence && { sequence: change.sequence }),
      ...(change.shots && { shots: updates(this.shots, change.shots) }),
      ...(change.tracks && { tracks: updates(this.tracks, change.tracks) }),
      ...(change.clips && { clips: updates(this.clips, change.clips) }),
      ...(change.markers && { markers: updates(this.markers, change.markers) }),
    };
  }
}

function applyRows<Row extends { readonly id: number }>(table: RowTable<Row>, change: RowChange<Row> | undefined): void {
  if (!change) return;
  table.remove(change.remove);
  table.put(change.put);
}

function updates<Row extends { readonly id: number }>(table: RowTable<Row>, change: RowChange<Row>): RowChange<Row> {
  return { put: change.put.filter((row) => table.get(row.id) !== null), remove: [] };
}
