import { afterEach, beforeEach, expect, test } from 'vitest';
import { usualExport } from '../../contract/editor/export-settings.ts';
import type { Shot } from '../../domain/project/project.ts';
import { isBoolean, isString } from '../shape.ts';
import { clipRow, markerRow, put, shotRow, someMedia, trackRow } from './fixtures/rows.ts';
import { ProjectPlace } from './fixtures/project-place.ts';
import type { StoredJob } from './job-table.ts';

let place: ProjectPlace;
beforeEach(() => { place = new ProjectPlace(); });
afterEach(() => { place[Symbol.dispose](); });

const full = shotRow(2, {
  status: 'missing', problem: 'unplugged', media: someMedia, scene: '12A', take: '3', reel: 'A001', note: 'Nice “one”', tags: ['héro', 'b "roll"'], rating: 4, isCircled: true,
  versionGroup: 'sh010', version: 3,
});
const change = {
  ...put({
    shots: [full, shotRow(3, { media: { ...someMedia, picture: null, sound: null, timecode: null, created: null, isStill: true } })],
    tracks: [trackRow(1, { kind: 'sound', gain: -6.25, isLocked: true })], clips: [clipRow(4, 1, 2, { link: 4, sourceIn: -5, isEnabled: false })], markers: [markerRow(5, { note: 'ADR' })],
  }),
  sequence: { name: 'Reel 1', rate: { num: 30000, den: 1001 }, isRateSet: true, startFrame: 107_892, dropFrame: true, markIn: 3, markOut: 9 },
};

test('every field of every row is there again, and its id is not given out', () => {
  const file = place.create();
  file.commit('Bring in', change);
  const state = file.load();
  expect(state).toEqual({
    sequence: change.sequence,
    shots: new Map([...change.shots?.put ?? []].map((row) => [row.id, row])), tracks: new Map([...change.tracks?.put ?? []].map((row) => [row.id, row])),
    clips: new Map([...change.clips?.put ?? []].map((row) => [row.id, row])), markers: new Map([...change.markers?.put ?? []].map((row) => [row.id, row])),
  });
  expect([file.newId(), file.newId()]).toEqual([6, 7]);
  file.close();
  const again = place.open();
  expect(again.load()).toEqual(state);
  expect(again.newId()).toBe(8);
  expect(place.warnings).toEqual([]);
});

test('an edit that breaks the project is kept in no part', () => {
  const file = place.create();
  file.commit('Bring in', change);
  const state = file.load();
  expect(() => file.commit('Wrong', put({ markers: [markerRow(9)], clips: [clipRow(8, 1, 777)] }))).toThrow(/refused/);
  expect(file.load()).toEqual(state);
  expect(file.history).toEqual({ undo: 'Bring in', redo: null });
});

test('undo takes back what people said and leaves what indexing found since, also where the shot itself comes and goes', () => {
  const file = place.create();
  file.commit('Bring in', put({ shots: [shotRow(1, { status: 'indexing' })] }));
  const shot = (): Shot | undefined => file.load().shots.get(1);
  const current = (): Shot => shot() ?? shotRow(1);
  file.commit('Rate', put({ shots: [{ ...current(), rating: 5 }] }));
  file.note(put({ shots: [{ ...current(), status: 'ready', media: someMedia, scene: '7' }] }));
  expect(file.undo()?.label).toBe('Rate');
  expect(shot()).toEqual(shotRow(1, { media: someMedia, scene: '7' }));
  file.undo();
  expect(shot()).toBeUndefined();
  // Too late for a shot that is gone: it does not bring it back.
  expect(file.note(put({ shots: [shotRow(1, { note: 'late' })] })).shots?.put).toEqual([]);
  expect(file.redo()?.change.shots?.put).toEqual([shotRow(1, { media: someMedia, scene: '7' })]);
  file.redo();
  expect(shot()).toEqual(shotRow(1, { rating: 5, media: someMedia, scene: '7' }));
  expect([file.history, file.redo()]).toEqual([{ undo: 'Rate', redo: null }, null]);
});

test('the history is bounded by steps and by bytes, and loses its oldest', () => {
  const file = place.create({ historyLimits: { steps: 3, bytes: 4000 } });
  const undone = (): number => {
    let count = 0;
    while (file.undo()) count++;
    return count;
  };
  for (let i = 1; i <= 5; i++) file.commit(`Mark ${i}`, put({ markers: [markerRow(i)] }));
  expect([undone(), [...file.load().markers.keys()]]).toEqual([3, [1, 2]]);
  for (let i = 11; i <= 12; i++) file.commit(`Mark ${i}`, put({ markers: [markerRow(i, { note: 'x'.repeat(3000) })] }));
  expect(undone()).toBe(1);
});

test('search finds beginnings of words in all that people know a shot by, as it is now', () => {
  const file = place.create();
  file.commit('Bring in', put({ shots: [
    full, shotRow(10, { path: 'D:\\Rushes\\Interview-Zoë_01.MXF', name: 'Zoe' }), shotRow(11, { path: '/tape/x.mov', name: 'x', scene: '112', note: 'AND "NEAR" plane' }),
  ] }));
  const found = (text: string): readonly number[] => file.search.search(text);
  expect([found('12a'), found('a001_c0'), found('HERO roll'), found('inter zoe'), found('rushes'), found('day')]).toEqual([[2], [2], [2], [10], [], []]);
  expect([found('112'), found('12'), found('pla'), found('')]).toEqual([[11], [2], [11], [2, 10, 11]]);
  expect([found('AND'), found('"near" pl'), found('NOT'), found('name:x'), found('plane OR nothing')]).toEqual([[11], [11], [], [], []]);
  for (const text of ['"', '*', '^x', '(', 'a"b', 'x OR', '-', '{name}: x', 'x\u0000y', '\uD800', '+', 'NEAR(', "'; DROP TABLE shots", '🎬', 'a '.repeat(5000)]) found(text);
  file.commit('Rename', put({ shots: [shotRow(11, { path: '/tape/x.mov', name: 'Plate' })] }));
  expect([found('112'), found('plat')]).toEqual([[], [11]]);
  file.undo();
  expect([found('112'), found('plat')]).toEqual([[11], []]);
  file.commit('Remove', { shots: { put: [], remove: [2] } });
  expect(found('hero')).toEqual([]);
});

test('versions of a shot and shots of a file are found', () => {
  const file = place.create();
  const version = (id: number, number: number): Shot => shotRow(id, { versionGroup: 'sh010', version: number });
  file.commit('Bring in', put({ shots: [version(1, 3), version(2, 1), version(3, 2), shotRow(4)] }));
  expect([file.search.versions('sh010'), file.search.versions('sh')]).toEqual([[2, 3, 1], []]);
  expect(file.search.ofPath(shotRow(4).path)).toEqual([4]);
});

test('jobs, profiles and settings outlive the process; what ran is interrupted', () => {
  const job = (id: number, state: StoredJob['state']): StoredJob => (
    { id, kind: 'export', label: 'Reel 1', state, progress: 0.5, settings: { crf: 18 }, result: null, created: 5, started: 6, ended: null }
  );
  const file = place.create();
  for (const stored of [job(1, 'running'), job(2, 'queued'), job(3, 'done'), job(4, 'failed')]) file.jobs.put(stored);
  file.jobs.remove(4);
  file.profiles.put('Dailies', { ...usualExport, crf: 23 });
  file.settings.set('usesProxies', true);
  file.close();
  const again = place.open();
  expect(again.jobs.all()).toEqual([job(1, 'interrupted'), job(2, 'queued'), job(3, 'done')]);
  expect(again.profiles.all()).toEqual(new Map([['Dailies', { ...usualExport, crf: 23 }]]));
  expect([again.settings.get('usesProxies', isBoolean), again.settings.get('usesProxies', isString), again.settings.get('watched', isString)]).toEqual([true, null, null]);
});
