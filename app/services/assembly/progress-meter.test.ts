import { expect, test } from 'vitest';
import { ProgressMeter } from './progress-meter.ts';
import { firstWeights } from './progress-weights.ts';

test('indexing is a small part of the bar, and the rest of it moves with the work', () => {
  let now = 0;
  const told: number[] = [];
  const meter = new ProgressMeter(({ done }) => { told.push(done); }, () => now);
  const update = (...args: Parameters<ProgressMeter['update']>): void => {
    now += 1000;
    meter.update(...args);
  };
  meter.expect(firstWeights(500));
  update('index', 500, 500);
  expect(told.at(-1)).toBeGreaterThan(0);
  expect(told.at(-1)).toBeLessThanOrEqual(100);
  meter.expect({ encode: 60, sound: 5, write: 5 });
  update('encode', 50, 100);
  expect(told.at(-1)).toBeGreaterThan(350);
  update('encode', 100, 100);
  update('sound', 1, 1);
  meter.expect({ write: 20 });
  update('write', 1, 2);
  update('write', 2, 2);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(1000);
});
