/**
 * A step of the history: for every row it touched, the fields as they were before and after. A row that was changed keeps only the
 * fields that differ, so that undo gives back what people changed and leaves alone what indexing wrote into the same row since.
 * Undo puts `before` in place and notes what it replaced as `after`; redo the other way round.
 */
import type { Marker, Sequence, Shot, TimelineClip, Track } from '../../domain/project/project.ts';
import type { ProjectChange } from '../../domain/project/project-change.ts';
import type { RowChange } from '../../domain/project/row-change.ts';
import { arrayOf, nullOr, shape, type Check } from '../shape.ts';
import { isId } from './columns.ts';
import type { ProjectRows } from './project-rows.ts';
import type { RowTable } from './row-table.ts';

/** Null: the row was not there. Fields of a row are all of them where the other side is null. */
export type RowStep<Row> = { readonly id: number; readonly before: Partial<Row> | null; readonly after: Partial<Row> | null };

export type HistoryStep = {
  readonly sequence: { readonly before: Partial<Sequence>; readonly after: Partial<Sequence> } | null;
  readonly shots: readonly RowStep<Shot>[];
  readonly tracks: readonly RowStep<Track>[];
  readonly clips: readonly RowStep<TimelineClip>[];
  readonly markers: readonly RowStep<Marker>[];
};

export type Direction = 'undo' | 'redo';

const isFields: Check<object> = (value): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

function rowSteps<Row>(): Check<readonly RowStep<Row>[]> {
  return arrayOf(shape({ id: isId, before: nullOr(isFields as Check<Partial<Row>>), after: nullOr(isFields as Check<Partial<Row>>) }));
}

/** Rows are checked whole when they are put together: here only that it is a step. */
export const isHistoryStep = shape<HistoryStep>({
  sequence: nullOr(shape({ before: isFields, after: isFields })), shots: rowSteps(), tracks: rowSteps(), clips: rowSteps(), markers: rowSteps(),
});

export function isEmptyStep({ sequence, shots, tracks, clips, markers }: HistoryStep): boolean {
  return sequence === null && shots.length + tracks.length + clips.length + markers.length === 0;
}

/** What `change` will do to `rows`. */
export function stepOf(rows: ProjectRows, change: ProjectChange): HistoryStep {
  const before = change.sequence && rows.sequence.get();
  return {
    sequence: change.sequence && before ? differing(before, change.sequence) : null,
    shots: stepOfRows(rows.shots, change.shots),
    tracks: stepOfRows(rows.tracks, change.tracks),
    clips: stepOfRows(rows.clips, change.clips),
    markers: stepOfRows(rows.markers, change.markers),
  };
}

/** What undoing or redoing `step` does to `rows` as they are now. Null where the step does not fit them. */
export function changeOf(rows: ProjectRows, step: HistoryStep, direction: Direction): ProjectChange | null {
  const sequence = step.sequence && { ...rows.sequence.get(), ...target(step.sequence, direction) };
  const shots = changeOfRows(rows.shots, step.shots, direction);
  const tracks = changeOfRows(rows.tracks, step.tracks, direction);
  const clips = changeOfRows(rows.clips, step.clips, direction);
  const markers = changeOfRows(rows.markers, step.markers, direction);
  if (!shots || !tracks || !clips || !markers || (sequence && !rows.sequence.isSequence(sequence))) return null;
  return {
    ...(sequence && rows.sequence.isSequence(sequence) && { sequence }),
    ...(step.shots.length > 0 && { shots }),
    ...(step.tracks.length > 0 && { tracks }),
    ...(step.clips.length > 0 && { clips }),
    ...(step.markers.length > 0 && { markers }),
  };
}

/** The step that takes a change back, seen from the side of what was first done. */
export function turned(step: HistoryStep): HistoryStep {
  const turn = <Row>({ id, before, after }: RowStep<Row>): RowStep<Row> => ({ id, before: after, after: before });
  return {
    sequence: step.sequence && { before: step.sequence.after, after: step.sequence.before },
    shots: step.shots.map(turn), tracks: step.tracks.map(turn), clips: step.clips.map(turn), markers: step.markers.map(turn),
  };
}

function target<Side>(step: { readonly before: Side; readonly after: Side }, direction: Direction): Side {
  return direction === 'undo' ? step.before : step.after;
}

function stepOfRows<Row extends { readonly id: number }>(table: RowTable<Row>, change: RowChange<Row> | undefined): RowStep<Row>[] {
  if (!change) return [];
  const after = new Map<number, Row | null>(change.remove.map((id) => [id, null]));
  for (const row of change.put) after.set(row.id, row);
  return [...after].flatMap(([id, row]): RowStep<Row>[] => {
    const before = table.get(id);
    if (before === null || row === null) return before === row ? [] : [{ id, before, after: row }];
    const fields = differing(before, row);
    return fields ? [{ id, ...fields }] : [];
  });
}

function changeOfRows<Row extends { readonly id: number }>(table: RowTable<Row>, steps: readonly RowStep<Row>[], direction: Direction): RowChange<Row> | null {
  const put: Row[] = [];
  const remove: number[] = [];
  for (const step of steps) {
    const fields = target(step, direction);
    if (fields === null) {
      remove.push(step.id);
      continue;
    }
    const row: unknown = { ...table.get(step.id), ...fields };
    if (!table.isRow(row) || row.id !== step.id) return null;
    put.push(row);
  }
  return { put, remove };
}

/** The fields of two rows that are not alike; null where all are. */
function differing<Row extends object>(before: Row, after: Row): { readonly before: Partial<Row>; readonly after: Partial<Row> } | null {
  const was: Partial<Row> = {};
  const is: Partial<Row> = {};
  let count = 0;
  for (const key of Object.keys(after) as (keyof Row)[]) {
    if (isAlike(before[key], after[key])) continue;
    was[key] = before[key];
    is[key] = after[key];
    count++;
  }
  return count === 0 ? null : { before: was, after: is };
}

/** Values of a row are plain, and small where they are not primitive. */
function isAlike(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
