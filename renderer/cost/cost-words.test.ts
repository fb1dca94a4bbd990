import { expect, test } from 'vitest';
import type { Cost } from '../../app/contract/editor/commands.ts';
import { costLine } from './cost-words.ts';

const cost: Cost = {
  revision: 1, start: [], length: [], clipId: [], kind: [], reason: [], reasons: [], steps: { copy: 1497, smart: 2, encode: 1, cached: 0 }, framesToEncode: 31,
  bytesToCopy: 0, expectedSeconds: 3.6, outliers: [], profile: 'h264', problem: null,
};

test('the cost names what is copied, trimmed and conformed, with the frames to encode and the time', () => {
  expect(costLine(cost)).toBe('1,497 copied, 2 trimmed, 1 conformed (31 frames to encode); about 4 s');
  expect(costLine({ ...cost, steps: { copy: 0, smart: 0, encode: 0, cached: 3 }, framesToEncode: 0, expectedSeconds: 0.1 })).toBe('3 cached; about 1 s');
});
