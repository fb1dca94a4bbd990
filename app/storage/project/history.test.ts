/** Random edits, undo, redo, what indexing finds, and restarts, against states kept in memory. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyChange, invertChange, type ProjectChange } from '../../domain/project/project-change.ts';
import type { ProjectState } from '../../domain/project/project.ts';
import { clipRow, markerRow, put, shotRow, someMedia, trackRow } from './fixtures/rows.ts';
import { ProjectPlace } from './fixtures/project-place.ts';

type Action = { readonly kind: 'edit' | 'undo' | 'redo' | 'note' | 'reopen'; readonly choice: number; readonly value: number };

const action: fc.Arbitrary<Action> = fc.record({
  kind: fc.constantFrom('edit', 'edit', 'edit', 'undo', 'undo', 'redo', 'note', 'note', 'reopen'), choice: fc.nat(23), value: fc.integer({ min: 1, max: 5 }),
});

/** An edit that leaves the project whole; its kind is chosen by `choice`, and so is the row it is of. */
function edit(state: ProjectState, newId: () => number, { choice, value }: Action): ProjectChange {
  const pick = <Row>(rows: ReadonlyMap<number, Row>): Row | undefined => [...rows.values()][choice % rows.size];
  const shot = pick(state.shots);
  const track = pick(state.tracks);
  const clip = pick(state.clips);
  const marker = pick(state.markers);
  const edits: readonly (ProjectChange | undefined | false)[] = [
    put({ shots: [shotRow(newId()), shotRow(newId(), { rating: value })], tracks: [trackRow(newId())] }),
    shot && put({ shots: [{ ...shot, rating: value, tags: [String(value)] }], markers: [markerRow(newId())] }),
    shot && track && put({ clips: Array.from({ length: value }, () => clipRow(newId(), track.id, shot.id)) }),
    shot && { shots: { put: [], remove: [shot.id] }, clips: { put: [], remove: [...state.clips.values()].filter((row) => row.shotId === shot.id).map((row) => row.id) } },
    clip && put({ clips: [...state.clips.values()].map((row) => ({ ...row, start: row.start + value })) }),
    marker && { markers: { put: [{ ...marker, name: `to ${value}` }], remove: [newId(), marker.id] } },
    { sequence: { ...state.sequence, markIn: value, rate: { num: value, den: 1 } } },
    marker && { markers: { put: [], remove: [marker.id] } },
    shot && put({ shots: [{ ...shot, isCircled: !shot.isCircled }] }),
  ];
  return edits[choice % edits.length] || { sequence: { ...state.sequence, name: `${choice}` } };
}

test('the file is always what the edits that count make it', () => {
  fc.assert(fc.property(fc.array(action, { minLength: 5, maxLength: 40 }), (actions) => {
    using place = new ProjectPlace();
    let file = place.create();
    let states: ProjectState[] = [file.load()];
    let at = 0;
    const current = (): ProjectState => states[at] ?? file.load();
    for (const step of actions) {
      const before = current();
      if (step.kind === 'edit') {
        const change = edit(before, () => file.newId(), step);
        file.commit('Edit', change);
        const after = applyChange(before, change);
        expect(applyChange(after, invertChange(before, change))).toEqual(before);
        if (isDeepStrictEqual(after, before)) continue; // What changes nothing is no step.
        states = [...states.slice(0, at + 1), after];
        at++;
      } else if (step.kind === 'undo' || step.kind === 'redo') {
        const moved = step.kind === 'undo' ? file.undo() : file.redo();
        const to = at + (step.kind === 'undo' ? -1 : 1);
        expect(moved !== null).toBe(states[to] !== undefined);
        if (moved) at = to;
        if (moved) expect(applyChange(before, moved.change)).toEqual(current());
      } else if (step.kind === 'note') {
        const id = [...before.shots.keys()][step.choice % Math.max(1, before.shots.size)] ?? 99_999;
        const found = { media: { ...someMedia, frames: step.choice * 10 + step.value } };
        file.note(put({ shots: [{ ...(before.shots.get(id) ?? shotRow(id)), ...found }] }));
        // Whatever is undone or done again, what was found stays.
        states = states.map((state) => {
          const shot = state.shots.get(id);
          return shot ? applyChange(state, put({ shots: [{ ...shot, ...found }] })) : state;
        });
      } else {
        file.close();
        file = place.open();
      }
      expect(file.load()).toEqual(current());
    }
    expect(place.warnings).toEqual([]);
  }), { numRuns: 25 });
});
