import { expect, it } from 'vitest';
import { editTimeline } from '../edits/edit-timeline.ts';
import { counter, drawn, emptyProject, timelineOf } from '../edits/testing/timelines.ts';
import type { VersionChoice } from '../project/edit.ts';
import type { ProjectState, Shot } from '../project/project.ts';
import { applyChange } from '../project/project-change.ts';
import { placeInVersion } from './place-in-version.ts';
import { stepVersions } from './step-versions.ts';
import { versionFiles, versionFolder } from './version-files.ts';

type Made = { readonly path?: string; readonly frames?: number; readonly timecode?: number | null; readonly status?: Shot['status'] };

/** Clips 1 and 2 of version 3 and of a shot without versions; the versions have the ids of their numbers, times ten. */
function project(versions: Readonly<Record<number, Made>>): ProjectState {
  const state = timelineOf([1, 11, 0, 20, 10], [2, 11, 20, 20, 10]);
  const base = emptyProject().shots.get(1);
  const made = Object.entries(versions).flatMap(([number, { path = `/sh_v${number}.mov`, frames = 100, timecode = 1000, status = 'ready' }]): Shot[] => (base?.media ? [{
    ...base, id: Number(number) * 10, path, status, version: Number(number), versionGroup: 'sh', media: { ...base.media, frames, timecode: timecode === null ? null : { frame: timecode, dropFrame: false } },
  }] : []));
  const shots = new Map([...state.shots, ...made.map((shot) => [shot.id, shot] as const)]);
  const clips = new Map([...state.clips].map(([id, clip]) => [id, id === 1 ? { ...clip, shotId: 30 } : clip]));
  return { ...state, shots, clips };
}
const target = (state: ProjectState, step: VersionChoice) => stepVersions(state, [1], step).steps[0]?.to.version ?? stepVersions(state, [1], step).staying[0]?.reason;

it('steps among the versions that are there and can be used', () => {
  const state = project({ 1: {}, 2: { status: 'missing' }, 3: {}, 5: {}, 12: {} });
  expect([target(state, 'up'), target(state, 'down'), target(state, 'newest'), target(state, 'oldest'), target(state, 12)]).toEqual([5, 1, 12, 1, 12]);
  expect(target(project({ 3: {} }), 'up')).toBe('version 3 is the newest');
  expect(target(state, 4)).toBe('version 3 is not to be had as version 4');
  const all = stepVersions(state, null, 'newest');
  expect([all.steps.map(({ clipIds, from, to }) => [clipIds, from.version, to.version]), all.staying]).toEqual([[[[1], 3, 12]], []]);
  expect(stepVersions(state, [1, 2], 'up').staying).toEqual([{ clipId: 2, reason: 'its name tells no version' }]);
});

it('keeps the place by timecode, else from the head, and warns where the version is shorter', () => {
  const step = (made: Made) => stepVersions(project({ 3: {}, 4: made }), [1], 'up').steps[0];
  expect([step({ timecode: 992, frames: 108 })?.by, step({ timecode: null })?.by, step({})?.warnings]).toEqual(['timecode', 'head', []]);
  expect(step({ frames: 90 })?.warnings).toEqual(['version 4 is shorter: 90 frames, version 3 has 100']);
  expect(step({ frames: 25 })?.warnings).toEqual(['version 4 is shorter: 25 frames, version 3 has 100', 'version 4 does not hold all that the clip shows: it begins 5 frames earlier']);
  expect(step({ frames: 12 })?.warnings.at(1)).toBe('version 4 is shorter than the clip: 8 frames at its end become a gap');
  const state = project({ 3: {}, 4: { timecode: 992, frames: 108 } });
  const [clip, from, to] = [state.clips.get(1), state.shots.get(30), state.shots.get(40)];
  expect(clip && from && to && placeInVersion(clip, from, to, state.sequence.rate)).toEqual({ sourceIn: 18, length: 20, by: 'timecode', lost: 0, slipped: 0 });
});

it('is one edit for all clips, which leaves alone what is locked or has no other version', () => {
  const state = project({ 3: {}, 4: { timecode: 992, frames: 108 } });
  const step = (from: ProjectState, clipIds: readonly number[] | null): ProjectState => applyChange(from, editTimeline(from, { kind: 'stepVersions', clipIds, step: 'up' }, counter()));
  const up = step(state, null);
  expect([drawn(up), up.clips.get(1)?.shotId, up.clips.get(2)?.shotId]).toEqual([['V1 0-20@18', 'V1 20-40@10'], 40, 1]);
  expect(() => step(up, null)).toThrow('no clip has another version: version 4 is the newest');
  const locked = { ...state, tracks: new Map([...state.tracks].map(([id, track]) => [id, { ...track, isLocked: true }])) };
  expect(() => step(locked, null)).toThrow('there are no clips');
  expect(() => step(locked, [1])).toThrow('V1 is locked');
});

it('finds the versions of a file by its name', () => {
  const listed = ['/s/sh010_comp_v012.mov', '/s/SH010_comp_V002.mov', '/s/sh010_comp_v003.mov', '/s/sh010_comp_v003.%04d.exr', '/s/sh010_anim_v004.mov', '/s/sh0101_comp_v005.mov', '/s/sh010_comp.mov', '/s/sh010_comp_v004.wav'];
  expect(versionFiles('/s/sh010_comp_v003.mov', listed).map(({ version }) => version)).toEqual([2, 3, 12]);
  expect(versionFiles('/s/sh010_comp.mov', listed)).toEqual([]);
  expect([versionFolder('v003')?.test('V12'), versionFolder('comp_v003')?.test('comp_v004'), versionFolder('comp_v003')?.test('anim_v004'), versionFolder('vfx')]).toEqual([true, true, false, null]);
});
