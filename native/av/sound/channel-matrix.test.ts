import { expect, test } from 'vitest';
import { channelMatrix, type ChannelLayoutName } from './channel-matrix.ts';
import { channelMask, channelNames, maskNames } from '../../../app/domain/channel-names.ts';

const named = (layout: string, channels: number): ChannelLayoutName => ({ layout, channels });
const rows = (from: ChannelLayoutName, to: ChannelLayoutName): number[][] => {
  const { weights, inputs, outputs } = channelMatrix(from, to);
  return Array.from({ length: outputs }, (_, o) => weights.slice(o * inputs, (o + 1) * inputs));
};

test('mono is heard from both loudspeakers at its own level, and from the centre where there is one', () => {
  expect(rows(named('mono', 1), named('stereo', 2))).toEqual([[1], [1]]);
  expect(rows(named('1 channels', 1), named('5.1', 6))).toEqual([[0], [0], [1], [0], [0], [0]]);
});

test('what fits is unity by name, and side and back are the same pair', () => {
  expect(channelMatrix(named('5.1(side)', 6), named('5.1', 6))).toMatchObject({ isIdentity: true, note: null });
  expect(channelMatrix(named('4 channels', 4), named('4 channels', 4)).isIdentity).toBe(true);
  expect(channelMatrix(named('stereo', 2), named('5.1', 6)).weights.filter((weight) => weight !== 0)).toEqual([1, 1]);
});

test('more channels than the programme are mixed down, and said', () => {
  const half = Math.SQRT1_2;
  expect(rows(named('5.1', 6), named('stereo', 2))).toEqual([[1, 0, half, 0, half, 0], [0, 1, half, 0, 0, half]]);
  expect(rows(named('stereo', 2), named('mono', 1))).toEqual([[0.5, 0.5]]);
  expect(rows(named('7.1', 8), named('5.1', 6))[4]).toEqual([0, 0, 0, 0, 1, 0, half, 0]);
  expect(channelMatrix(named('5.1', 6), named('stereo', 2)).note).toContain('mixed down');
  expect(channelMatrix(named('8 channels', 8), named('stereo', 2)).note).toContain('left out');
});

test('names and masks are the same list', () => {
  expect(channelMask(channelNames('7.1', 8) ?? [])).toBe(0x63fn);
  expect(maskNames(0x63fn)).toEqual(channelNames('7.1', 8));
  expect(maskNames(1n << 40n)).toBeNull();
  expect(channelNames('2 channels (FL+LFE)', 2)).toEqual(['FL', 'LFE']);
});
