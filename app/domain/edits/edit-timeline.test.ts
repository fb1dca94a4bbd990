import { expect, test } from 'vitest';
import type { TimelineEdit } from '../project/edit.ts';
import { applyChange } from '../project/project-change.ts';
import type { ProjectState } from '../project/project.ts';
import { rational } from '../rational.ts';
import { editTimeline } from './edit-timeline.ts';
import { counter, drawn, emptyProject, timelineOf } from './testing/timelines.ts';

const edited = (state: ProjectState, edit: TimelineEdit): ProjectState => applyChange(state, editTimeline(state, edit, counter()));
const three = timelineOf([1, 11, 0, 20], [2, 11, 20, 20], [3, 11, 50, 20]);

test.each<[string, TimelineEdit, string[]]>([
  ['overwriting trims and cuts what lies under it', { kind: 'place', mode: 'overwrite', at: 10, pictureTrackId: 12, soundTrackId: 21, ranges: [{ shotId: 3, sourceIn: 0, length: 5 }] },
    ['V1 0-20@10', 'V1 20-40@10', 'V1 50-70@10', 'V2 10-15@0']],
  ['inserting cuts and moves what follows', { kind: 'place', mode: 'insert', at: 10, pictureTrackId: 11, soundTrackId: 21, ranges: [{ shotId: 3, sourceIn: 0, length: 5 }] },
    ['V1 0-10@10', 'V1 10-15@0', 'V1 15-25@20', 'V1 25-45@10', 'V1 55-75@10']],
  ['moving over others leaves a gap behind', { kind: 'move', clipIds: [1], frames: 30, tracks: 0, mode: 'overwrite' }, ['V1 20-30@10', 'V1 30-50@10', 'V1 50-70@10']],
  ['moving as an insert closes the gap behind', { kind: 'move', clipIds: [1], frames: 40, tracks: 0, mode: 'insert' }, ['V1 0-20@10', 'V1 20-40@10', 'V1 50-70@10']],
  ['moving stops at the beginning', { kind: 'move', clipIds: [3], frames: -80, tracks: 1, mode: 'overwrite' }, ['V1 0-20@10', 'V1 20-40@10', 'V2 0-20@10']],
  ['trimming an out point opens a gap', { kind: 'trim', clipIds: [1], edge: 'out', frames: -5, mode: 'plain' }, ['V1 0-15@10', 'V1 20-40@10', 'V1 50-70@10']],
  ['trimming over the neighbour trims it', { kind: 'trim', clipIds: [1], edge: 'out', frames: 5, mode: 'plain' }, ['V1 0-25@10', 'V1 25-40@15', 'V1 50-70@10']],
  ['trimming stops at the end of the media', { kind: 'trim', clipIds: [3], edge: 'out', frames: 500, mode: 'plain' }, ['V1 0-20@10', 'V1 20-40@10', 'V1 50-140@10']],
  ['trimming stops at the first frame of the media', { kind: 'trim', clipIds: [3], edge: 'in', frames: -50, mode: 'plain' }, ['V1 0-20@10', 'V1 20-40@10', 'V1 40-70@0']],
  ['trimming leaves one frame', { kind: 'trim', clipIds: [2], edge: 'in', frames: 90, mode: 'plain' }, ['V1 0-20@10', 'V1 39-40@29', 'V1 50-70@10']],
  ['ripple moves what follows', { kind: 'trim', clipIds: [1], edge: 'out', frames: 5, mode: 'ripple' }, ['V1 0-25@10', 'V1 25-45@10', 'V1 55-75@10']],
  ['ripple of an in point keeps the clip where it starts', { kind: 'trim', clipIds: [2], edge: 'in', frames: 5, mode: 'ripple' }, ['V1 0-20@10', 'V1 20-35@15', 'V1 45-65@10']],
  ['roll moves the cut', { kind: 'trim', clipIds: [1], edge: 'out', frames: 5, mode: 'roll' }, ['V1 0-25@10', 'V1 25-40@15', 'V1 50-70@10']],
  ['slip shows another part', { kind: 'slip', clipIds: [2], frames: -4 }, ['V1 0-20@10', 'V1 20-40@6', 'V1 50-70@10']],
  ['slip stops at the media', { kind: 'slip', clipIds: [2], frames: 400 }, ['V1 0-20@10', 'V1 20-40@80', 'V1 50-70@10']],
  ['slide moves between neighbours and into the gap', { kind: 'slide', clipIds: [2], frames: 8 }, ['V1 0-28@10', 'V1 28-48@10', 'V1 50-70@10']],
  ['split', { kind: 'split', clipIds: null, frame: 55 }, ['V1 0-20@10', 'V1 20-40@10', 'V1 50-55@10', 'V1 55-70@15']],
  ['lift', { kind: 'remove', clipIds: [2], mode: 'lift' }, ['V1 0-20@10', 'V1 50-70@10']],
  ['extract', { kind: 'remove', clipIds: [2], mode: 'extract' }, ['V1 0-20@10', 'V1 30-50@10']],
  ['lifting a range', { kind: 'removeRange', from: 15, to: 55, mode: 'lift' }, ['V1 0-15@10', 'V1 55-70@15']],
  ['extracting a range', { kind: 'removeRange', from: 15, to: 55, mode: 'extract' }, ['V1 0-15@10', 'V1 15-30@15']],
  ['closing gaps', { kind: 'closeGaps', trackId: null }, ['V1 0-20@10', 'V1 20-40@10', 'V1 40-60@10']],
])('%s', (_name, edit, expected) => {
  expect(drawn(edited(three, edit))).toEqual(expected);
});

test('a shot comes with its sound, linked, on tracks that are made for it, and decides the rate', () => {
  const empty = emptyProject();
  const state = edited({ ...empty, sequence: { ...empty.sequence, rate: rational(25), isRateSet: false, startFrame: 90_000 } }, {
    kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges: [{ shotId: 1, sourceIn: 0, length: 104 }, { shotId: 2, sourceIn: 0, length: 104 }],
  });
  expect(drawn(state)).toEqual(['A1 0-100@0', 'A1 100-200@0', 'V1 0-100@0', 'V1 100-200@0']);
  expect(state.sequence).toMatchObject({ rate: rational(24), isRateSet: true, startFrame: 86_400 });
  const links = [...state.clips.values()].toSorted((a, b) => a.start - b.start).map(({ link }) => link);
  expect([links[0] === links[1], links[2] === links[3], links[0] === links[2]]).toEqual([true, true, false]);
});

test('sound alone goes to a sound track alone', () => {
  expect(drawn(edited(emptyProject(), { kind: 'place', mode: 'append', at: 0, pictureTrackId: null, soundTrackId: null, ranges: [{ shotId: 4, sourceIn: 0, length: 50 }] }))).toEqual(['A1 0-50@0']);
});

test('an overwritten clip stays the clip it was; one cut in the middle becomes two', () => {
  const state = edited(timelineOf([1, 11, 0, 20], [2, 11, 20, 30]), { kind: 'trim', clipIds: [1], edge: 'out', frames: 5, mode: 'plain' });
  expect(state.clips.get(2)).toMatchObject({ start: 25, length: 25 });
  const cut = edited(timelineOf([2, 11, 0, 30]), { kind: 'removeRange', from: 10, to: 20, mode: 'lift' });
  expect([...cut.clips.keys()]).toEqual([2, 1000]);
});

test('the right halves of a split pair are a pair of their own', () => {
  const state = edited(timelineOf([1, 11, 0, 20, 10, 7], [2, 21, 0, 20, 10, 7]), { kind: 'split', clipIds: [1, 2], frame: 5 });
  const links = [...state.clips.values()].map(({ start, link }) => [start, link === 7]);
  expect(links.map(String).toSorted((a, b) => a.localeCompare(b))).toEqual(['0,true', '0,true', '5,false', '5,false']);
  expect(new Set([...state.clips.values()].map(({ link }) => link)).size).toBe(2);
});

test('ripple keeps other tracks in sync, and stops where they would collide', () => {
  const state = timelineOf([1, 11, 0, 20], [2, 11, 20, 20], [3, 12, 0, 18], [4, 12, 30, 10]);
  expect(drawn(edited(state, { kind: 'trim', clipIds: [1], edge: 'out', frames: 5, mode: 'ripple' }))).toEqual(['V1 0-25@10', 'V1 25-45@10', 'V2 0-18@10', 'V2 35-45@10']);
  expect(drawn(edited(state, { kind: 'trim', clipIds: [1], edge: 'out', frames: -19, mode: 'ripple' }))).toEqual(['V1 0-8@10', 'V1 8-28@10', 'V2 0-18@10', 'V2 18-28@10']);
});

test('a locked track is refused by name and not moved by ripple', () => {
  const state = timelineOf([1, 11, 0, 20], [2, 11, 20, 20], [3, 12, 30, 10]);
  const locked = edited(state, { kind: 'setTrack', trackId: 12, isLocked: true });
  expect(() => edited(locked, { kind: 'slip', clipIds: [3], frames: 1 })).toThrow('V2 is locked');
  expect(drawn(edited(locked, { kind: 'remove', clipIds: [1], mode: 'extract' }))).toEqual(['V1 0-20@10', 'V2 30-40@10']);
});

test('another version keeps the place by timecode', () => {
  const state = timelineOf([1, 11, 0, 20]);
  const shots = new Map(state.shots);
  const version = shots.get(2);
  if (version?.media) shots.set(2, { ...version, media: { ...version.media, timecode: { frame: 1004, dropFrame: false }, frames: 22 } });
  expect(drawn(edited({ ...state, shots }, { kind: 'replaceShot', clipIds: [1], shotId: 2 }))).toEqual(['V1 0-20@2']);
});

test('copies are pasted with links of their own', () => {
  const clip = { trackKind: 'picture', trackPosition: 2, shotId: 1, start: 0, length: 10, sourceIn: 0, isEnabled: true, gain: 0, link: 7 } as const;
  const state = edited(timelineOf([1, 11, 0, 20, 10, 7]), { kind: 'paste', clips: [clip, { ...clip, trackKind: 'sound', trackPosition: 0 }], at: 5, mode: 'insert' });
  expect(drawn(state)).toEqual(['A1 5-15@0', 'V1 0-5@10', 'V1 15-30@15', 'V3 5-15@0']);
  const pasted = [...state.clips.values()].filter(({ length }) => length === 10);
  expect(pasted[0]?.link).toBe(pasted[1]?.link);
  expect(pasted[0]?.link).not.toBe(7);
});
