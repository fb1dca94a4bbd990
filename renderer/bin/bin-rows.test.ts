import { expect, test } from 'vitest';
import type { Shot } from '../../app/domain/project/project.ts';
import { binRows, noFilter } from './bin-rows.ts';
import { sortShots } from './sort-shots.ts';

const shot = (id: number, name: string, part: Partial<Shot> = {}): Shot => ({
  id, path: `/media/${name}.mov`, name, status: 'ready', problem: null, media: null, scene: null, take: null, reel: null, note: '', tags: [], rating: 0,
  isCircled: false, versionGroup: null, version: null, added: 0, ...part,
});
const byName = (shots: readonly Shot[]): readonly Shot[] => sortShots(shots, 'name', false);
const names = (rows: readonly { readonly shot: Shot }[]): string[] => rows.map((row) => row.shot.name);

test('numbers in names count as numbers, whatever their zeros and case', () => {
  const shots = ['a10', 'A9', 'a009b', 'a1'].map((name, index) => shot(index + 1, name));
  expect(names(binRows(byName(shots), noFilter, new Set()))).toEqual(['a1', 'A9', 'a009b', 'a10']);
});

test('versions are folded under the newest, and unfold below it, newest first', () => {
  const shots = [1, 10, 2].map((version) => shot(version, `sh010_v${version}`, { versionGroup: 'sh010', version }));
  const folded = binRows(byName(shots), noFilter, new Set());
  expect(folded.map(({ shot: { version }, versions }) => [version, versions])).toEqual([[10, 3]]);
  expect(binRows(byName(shots), noFilter, new Set(['sh010'])).map((row) => row.shot.version)).toEqual([10, 2, 1]);
});

test('what has no value stands last in both directions', () => {
  const shots = [shot(1, 'a'), shot(2, 'b', { scene: '12' }), shot(3, 'c', { scene: '7' })];
  expect(sortShots(shots, 'scene', false).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  expect(sortShots(shots, 'scene', true).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
});

test('filters leave what passes all of them', () => {
  const shots = [shot(1, 'a', { isCircled: true, rating: 4 }), shot(2, 'b', { isCircled: true }), shot(3, 'c', { rating: 5 })];
  expect(names(binRows(byName(shots), { ...noFilter, isCircledOnly: true, leastRating: 3 }, new Set()))).toEqual(['a']);
});
