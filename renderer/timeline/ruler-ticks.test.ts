import { expect, test } from 'vitest';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { leastLabelSpace, rulerTicks } from './ruler-ticks.ts';

const ntsc = { rate: { num: 30000, den: 1001 }, dropFrame: true, startFrame: 107_892 };

function labels(first: number, last: number, pixelsPerFrame: number, sequence: Parameters<typeof rulerTicks>[3]): string[] {
  return rulerTicks(first, last, pixelsPerFrame, sequence).filter(({ isLabelled }) => isLabelled).map(({ frame }) => formatTimecode(frame + sequence.startFrame, sequence.rate, sequence.dropFrame));
}

test('drop-frame: minutes are labelled where they begin, however far in', () => {
  expect(labels(0, 5400, leastLabelSpace / 1800, ntsc)).toEqual(['01:00:00;00', '01:01:00;02', '01:02:00;02', '01:03:00;02']);
  expect(labels(107_892, 107_892 + 17_982, leastLabelSpace / 18_000, ntsc).slice(-2)).toEqual(['02:00:00;00', '02:10:00;00']);
});

test('a sequence that begins within a second has its labels on whole ones', () => {
  expect(labels(0, 59, leastLabelSpace / 24, { rate: { num: 24, den: 1 }, dropFrame: false, startFrame: 86_412 })).toEqual(['01:00:01:00', '01:00:02:00']);
});

test('single frames have one tick each, also where drop-frame skips labels', () => {
  const frames = rulerTicks(1780, 1810, leastLabelSpace, ntsc).map(({ frame }) => frame).filter((frame) => frame >= 1780);
  expect(frames).toEqual(Array.from({ length: 31 }, (_, i) => 1780 + i));
});

test('at every zoom and rate, ticks rise, labels have room, and the window begins with one', () => {
  for (const [num, den, dropFrame] of [[24, 1, false], [25, 1, false], [30000, 1001, true], [60000, 1001, true], [120, 1, false]] as const) {
    for (let pixelsPerFrame = 0.001; pixelsPerFrame < 200; pixelsPerFrame *= 1.7) {
      const first = 54_321;
      const ticks = rulerTicks(first, first + 1440 / pixelsPerFrame, pixelsPerFrame, { rate: { num, den }, dropFrame, startFrame: 0 });
      ticks.slice(1).forEach(({ frame }, i) => { expect(frame).toBeGreaterThan(ticks[i]?.frame ?? 0); });
      const labelled = ticks.filter(({ isLabelled }) => isLabelled).map(({ frame }) => frame);
      labelled.slice(1).forEach((frame, i) => { expect((frame - (labelled[i] ?? 0)) * pixelsPerFrame).toBeGreaterThan(leastLabelSpace * 0.8); });
      expect(ticks[0]?.isLabelled).toBe(true);
      expect(ticks[0]?.frame).toBeLessThanOrEqual(first);
    }
  }
});
