import { expect, test } from 'vitest';
import type { Piece } from './frame-pieces.ts';
import { frameShards } from './frame-shards.ts';
import { frameOrder, timestampFaults } from './survey-findings.ts';

/** Packets of groups of pictures I P B B P B B ... in decode order, at 24 frames a second with `ticks` a second. */
function survey(groups: number, ticks: number): { pts: Float64Array; dts: Float64Array; isKey: Uint8Array; timeBase: { num: number; den: number }; rate: null; promised: null } {
  const order = Array.from({ length: groups }, (_, group) => [0, 3, 1, 2, 6, 4, 5].map((frame) => 7 * group + frame)).flat();
  return {
    pts: Float64Array.from(order, (frame) => Math.round((frame * ticks) / 24)), dts: Float64Array.from(order.keys(), (i) => Math.round(((i - 2) * ticks) / 24)),
    isKey: Uint8Array.from(order.keys(), (i) => (i % 7 === 0 ? 1 : 0)), timeBase: { num: 1, den: ticks }, rate: null, promised: null,
  };
}
const rate = { num: 24, den: 1 };

test('timestamps: uniform in fine ticks and in milliseconds, from zero', () => {
  for (const ticks of [12_288, 24, 1000]) {
    const picture = survey(6, ticks);
    expect(timestampFaults(picture, frameOrder(picture), rate)).toEqual([]);
    expect(timestampFaults(picture, frameOrder(picture), { num: 25, den: 1 })).toEqual([expect.stringContaining('not uniform')]);
  }
});

test('timestamps: one off by a tick, two alike, none, and a late start are found', () => {
  const changed = (i: number, by: number): string[] => {
    const picture = survey(6, 12_288);
    picture.pts[i] = (picture.pts[i] ?? 0) + by;
    return timestampFaults(picture, frameOrder(picture), rate);
  };
  expect(changed(9, 1)).toEqual([expect.stringContaining('frame 8')]);
  expect(changed(9, -512)).toEqual([expect.stringContaining('not uniform')]);
  expect(changed(9, NaN)).toEqual(['some frames have no timestamp']);
  const late = survey(2, 12_288);
  expect(timestampFaults({ ...late, pts: late.pts.map((pts) => pts + 512) }, frameOrder(late), rate)).toEqual([expect.stringContaining('not at 0')]);
});

test('a shard decodes from the key before its first frame to the last packet it needs, in one go where packets follow on', () => {
  const picture = survey(6, 24);
  const order = frameOrder(picture);
  const piece = (from: number, frames: number): Piece => ({
    clip: null, from, frames, request: () => ({ clip: '', from, ranks: new Uint32Array(frames), expected: { kind: 'any' } }),
  });
  const stretchesOf = (...pieces: Piece[]): unknown[] => frameShards('x', pieces, new Set([8, 20]), picture, order)
    .flatMap((shard) => shard.request().stretches.map(({ pts, frames, pieces: inside }) => [pts, [...frames], inside.map(({ from }) => from)]));
  expect(stretchesOf(piece(8, 2))).toEqual([[7, [7, 10, 8, 9], [8]]]);
  expect(stretchesOf(piece(0, 7), piece(7, 3))).toEqual([[0, [0, 3, 1, 2, 6, 4, 5, 7, 10, 8, 9], [0, 7]]]);
  expect(stretchesOf(piece(1, 1), piece(20, 1))).toEqual([[0, [0, 3, 1], [1]], [14, [14, 17, 15, 16, 20, 18, 19].slice(0, 5), [20]]]);
  expect([...(frameShards('x', [piece(7, 2), piece(20, 1)], new Set([8, 9, 20]), picture, order)[0]?.request().hashes ?? [])]).toEqual([8, 20]);
  expect(frameShards('x', [piece(0, 300), piece(300, 300)], new Set(), picture, order).length).toBe(2);
});
