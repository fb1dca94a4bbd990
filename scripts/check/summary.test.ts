import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkSource } from './sources.ts';
import { printSummary, sumCounts } from './summary.ts';

let printed = '';

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

const lastLine = (): string => printed.trimEnd().split('\n').at(-1) ?? '';

it('sums runners, names what was skipped, and ends with the line CI reads', () => {
  const counts = sumCounts([{ passed: 3, failed: 0, skipped: [] }, { passed: 2, failed: 0, skipped: [{ name: 'reads the corpus', reason: 'no corpus here' }] }]);
  expect(printSummary(counts, true)).toBe(0);
  expect(printed).toContain('skipped: reads the corpus (no corpus here)');
  expect(lastLine()).toBe('5 passed, 0 failed, 1 skipped');
});

it('fails on a failure, and on nothing at all having passed', () => {
  expect(printSummary({ passed: 9, failed: 1, skipped: [] }, false)).toBe(1);
  expect(printSummary({ passed: 0, failed: 0, skipped: [] }, false)).toBe(1);
});

it('fails in CI where a Debian tool was absent, and only there', () => {
  const counts = { passed: 9, failed: 0, skipped: [{ name: 'plays', reason: "needs Debian's chromium" }] };
  expect(printSummary(counts, false)).toBe(0);
  expect(printSummary(counts, true)).toBe(1);
  expect(lastLine()).toBe('9 passed, 1 failed, 0 skipped');
});

it('accepts a suppression with its reason and a file at the limit', () => {
  const directive = ['//', 'oxlint-disable-next-line no-console -- the console is what this file is for'].join(' ');
  expect(checkSource('app/a.ts', `${directive}\n${'\n'.repeat(298)}export {};\n`)).toEqual([]);
});
