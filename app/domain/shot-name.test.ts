import { expect, test } from 'vitest';
import { parseShotName } from './shot-name.ts';

const nothing = { scene: null, take: null, reel: null, version: null, versionGroup: null };

test.each([
  ['A001_C003_0412AB', { reel: 'A001' }],
  ['A001C003_150412_R1AB', { reel: 'A001' }],
  ['B012C001', { reel: 'B012' }],
  ['SC12A_TK03', { scene: '12A', take: '3' }],
  ['Scene 012 Take 4', { scene: '12', take: '4' }],
  ['film_sc05-t11', { scene: '5', take: '11' }],
  ['12A-3', { scene: '12A', take: '3' }],
  ['101B_T02', { scene: '101B', take: '2' }],
  ['shot_010_comp_v012', { version: 12, versionGroup: 'shot_010_comp' }],
  ['sh0010.v2', { version: 2, versionGroup: 'sh0010' }],
  ['SH0010_V003_main', { version: 3, versionGroup: 'sh0010_main' }],
  ['SC01_TK02_v4', { scene: '1', take: '2', version: 4, versionGroup: 'sc01_tk02' }],
  ['2024-11', {}],
  ['IMG_0034', {}],
  ['interview', {}],
  ['video', {}],
  ['clip_vol2', {}],
  ['C0001', {}],
  ['scenery_tree', {}],
])('%s', (name, expected) => {
  expect(parseShotName(name)).toEqual({ ...nothing, ...expected });
});
