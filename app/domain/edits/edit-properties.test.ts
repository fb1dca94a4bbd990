import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StringoutError } from '../../base/errors.ts';
import type { TimelineEdit } from '../project/edit.ts';
import { applyChange, invertChange } from '../project/project-change.ts';
import type { ProjectState } from '../project/project.ts';
import { editTimeline } from './edit-timeline.ts';
import { flattenPicture } from './flatten.ts';
import { programmeLength } from './programme.ts';
import { sourceTicks } from './source-ticks.ts';
import { clipsByTrack, endOf, tracksOf, withLinked } from './track-clips.ts';
import { counter, timelineOf } from './testing/timelines.ts';

const frames = fc.integer({ min: -60, max: 60 });
const at = fc.integer({ min: 0, max: 200 });
/** Picks clips of whatever state the edit meets. */
const pick = fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 });
type Make = (state: ProjectState) => TimelineEdit;
const some = (state: ProjectState, picks: readonly number[]): number[] => {
  const ids = [...state.clips.keys()];
  return ids.length === 0 ? [] : withLinked(state, picks.map((n) => ids[n % ids.length] ?? 0));
};
const trackIds = [11, 12, 21];

const edits: fc.Arbitrary<Make> = fc.oneof(
  fc.record({ mode: fc.constantFrom('insert', 'overwrite', 'append'), at, shotId: fc.integer({ min: 1, max: 4 }), length: fc.integer({ min: 1, max: 80 }), sourceIn: fc.nat(20) })
    .map(({ shotId, length, sourceIn, ...rest }): Make => () => ({ kind: 'place', pictureTrackId: null, soundTrackId: null, ranges: [{ shotId, sourceIn, length }], ...rest })),
  fc.record({ pick, frames, tracks: fc.integer({ min: -1, max: 1 }), mode: fc.constantFrom('insert', 'overwrite') })
    .map(({ pick: picks, ...rest }): Make => (state) => ({ kind: 'move', clipIds: some(state, picks), ...rest })),
  fc.record({ pick, frames, edge: fc.constantFrom('in', 'out'), mode: fc.constantFrom('plain', 'ripple', 'roll') })
    .map(({ pick: picks, ...rest }): Make => (state) => ({ kind: 'trim', clipIds: some(state, picks), ...rest })),
  fc.record({ kind: fc.constantFrom('slip', 'slide'), pick: fc.array(fc.nat(1000), { minLength: 1, maxLength: 1 }), frames })
    .map(({ pick: picks, ...rest }): Make => (state) => ({ clipIds: some(state, picks), ...rest })),
  at.map((frame): Make => () => ({ kind: 'split', clipIds: null, frame })),
  fc.record({ pick, mode: fc.constantFrom('lift', 'extract') }).map(({ pick: picks, mode }): Make => (state) => ({ kind: 'remove', clipIds: some(state, picks), mode })),
  fc.record({ from: at, length: fc.nat(60), mode: fc.constantFrom('lift', 'extract') }).map(({ from, length, mode }): Make => () => ({ kind: 'removeRange', from, to: from + length, mode })),
  fc.constantFrom(null, ...trackIds).map((trackId): Make => () => ({ kind: 'closeGaps', trackId })),
  fc.record({ pick, shotId: fc.integer({ min: 1, max: 3 }) }).map(({ pick: picks, shotId }): Make => (state) => ({ kind: 'replaceShot', clipIds: some(state, picks), shotId })),
  fc.record({ trackId: fc.constantFrom(...trackIds), isLocked: fc.boolean(), isEnabled: fc.boolean() }).map((rest): Make => () => ({ kind: 'setTrack', ...rest })),
);

/** Null where the edit is refused, which leaves everything as it was. */
function tryEdit(state: ProjectState, edit: TimelineEdit, newId: () => number): ProjectState | null {
  try {
    const change = editTimeline(state, edit, newId);
    const after = applyChange(state, change);
    expect(applyChange(after, invertChange(state, change))).toEqual(state);
    return after;
  } catch (error) {
    if (error instanceof StringoutError) return null;
    throw error;
  }
}

function checkWhole(state: ProjectState): void {
  for (const track of clipsByTrack(state.clips).values()) {
    let end = 0;
    for (const clip of track) {
      expect(clip.start).toBeGreaterThanOrEqual(end);
      expect(clip.length).toBeGreaterThan(0);
      end = endOf(clip);
      const shot = state.shots.get(clip.shotId);
      if (!shot) throw new Error(`clip ${clip.id} shows no shot`);
      expect(clip.sourceIn).toBeGreaterThanOrEqual(0);
      expect(clip.sourceIn + clip.length).toBeLessThanOrEqual(sourceTicks(shot, state.sequence.rate));
    }
  }
}

/** What is seen, asked frame by frame. */
function seen(state: ProjectState): (string | null)[] {
  const layers = tracksOf(state, 'picture').filter(({ isEnabled }) => isEnabled).toReversed().map(({ id }) => clipsByTrack(state.clips).get(id) ?? []);
  return Array.from({ length: programmeLength(state) }, (_, frame) => {
    for (const layer of layers) {
      const clip = layer.find((candidate) => candidate.isEnabled && candidate.start <= frame && frame < endOf(candidate));
      if (clip) return `${clip.id}:${clip.sourceIn + frame - clip.start}`;
    }
    return null;
  });
}

test('after any edits nothing overlaps, everything lies within its media, and every change can be taken back', () => {
  fc.assert(fc.property(fc.array(edits, { minLength: 1, maxLength: 12 }), (makes) => {
    const newId = counter();
    let state = timelineOf([1, 11, 0, 20, 10, 7], [2, 21, 0, 20, 10, 7], [3, 11, 20, 30, 0, 8], [4, 21, 20, 30, 0, 8], [5, 12, 10, 30], [6, 12, 60, 40]);
    for (const make of makes) {
      state = tryEdit(state, make(state), newId) ?? state;
      checkWhole(state);
    }
    const flat: (string | null)[] = Array.from({ length: programmeLength(state) }, () => null);
    for (const { start, length, clipId, sourceIn } of flattenPicture(state)) for (let i = 0; i < length; i++) flat[start + i] = `${clipId}:${sourceIn + i}`;
    expect(flat).toEqual(seen(state));
  }), { numRuns: 300 });
});
