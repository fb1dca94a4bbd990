import { expect, test } from 'vitest';
import type { Shot } from '../../app/domain/project/project.ts';
import { assembledShots } from './assemble.ts';

const shot = (id: number, scene: string, take: string, part: Partial<Shot> = {}): Shot => ({
  id, path: '', name: `z${String(10 - id)}`, status: 'ready', problem: null, media: null, scene, take, reel: null, note: '', tags: [], rating: 0,
  isCircled: false, versionGroup: null, version: null, added: 0, ...part,
});
const all = { order: 'scene', isCircledOnly: false, isNewestOnly: true } as const;
const ids = (shots: readonly Shot[]): number[] => shots.map(({ id }) => id);

test('scenes come in their order, and in each its takes', () => {
  expect(ids(assembledShots([shot(1, '10', '2'), shot(2, '9', '10'), shot(3, '9', '9'), shot(4, '10', '1')], all))).toEqual([3, 2, 4, 1]);
});

test('of versions the newest is taken, of takes the circled ones, and nothing that is missing', () => {
  const shots = [
    shot(1, '1', '1', { versionGroup: 'a', version: 9 }), shot(2, '1', '1', { versionGroup: 'a', version: 10 }),
    shot(3, '2', '1', { isCircled: true }), shot(4, '3', '1', { isCircled: true, status: 'missing' }),
  ];
  expect(ids(assembledShots(shots, all))).toEqual([2, 3]);
  expect(ids(assembledShots(shots, { ...all, isCircledOnly: true }))).toEqual([3]);
});
