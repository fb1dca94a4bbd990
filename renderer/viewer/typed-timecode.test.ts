import { expect, test } from 'vitest';
import { typedFrame } from './typed-timecode.ts';

const place = { startFrame: 90_000, rate: { num: 25, den: 1 }, dropFrame: false, frame: 100 };

test.each([
  ['1000200', 50], // 01:00:02:00 and the programme starts at 01:00:00:00
  ['01:00:02:00', 50],
  ['10002.', 50],
  ['+48', 148],
  ['-10', 90],
  ['+2.', 150],
  ['-1:00', 75],
])('%s at frame 100 means frame %i', (typed, frame) => {
  expect(typedFrame(typed, place)).toBe(frame);
});

test('what is no timecode at this rate is refused', () => {
  expect(['', 'now', '01:00:02:25', '123456789'].map((typed) => typedFrame(typed, place))).toEqual([null, null, null, null]);
});
