import { expect, test } from 'vitest';
import type { Comparison } from '../../app/contract/editor/compare.ts';
import { frameOfRow, recordLabel, suggestedChanges, withCut } from './compare-rows.ts';

const cut = (num: number, startFrame: number) => ({ name: '', format: '', rate: { num, den: 1 }, startFrame, isDropFrame: false, notes: [] });
const row = (old: number | null, now: number | null): Comparison['rows'][number] => ({
  state: 'moved', name: '', track: 'V1', head: 0, tail: 0, shift: 0, reason: '', old: old === null ? null : { start: old, length: 1 }, now: now === null ? null : { start: now, length: 1 },
});
const comparison: Comparison = { old: cut(25, 90_000), now: cut(50, 0), warnings: [], rows: [] };
const rate = { num: 25, den: 1 };

test('a row leads to where the sequence has the clip, whichever side that is', () => {
  expect(frameOfRow(row(10, 100), comparison, { old: null, now: '/b.edl' }, rate)).toBe(10);
  expect(frameOfRow(row(10, 100), comparison, { old: '/a.edl', now: null }, rate)).toBe(50);
  expect(frameOfRow(row(null, 100), comparison, { old: null, now: '/b.edl' }, rate)).toBe(50);
  expect(recordLabel(comparison.old, { start: 30, length: 1 })).toBe('01:00:01:05');
});

test('only one side is the sequence, and what changed is written beside the new cut in its format', () => {
  expect(withCut({ old: null, now: '/b.edl' }, 'now', null)).toEqual({ old: undefined, now: null });
  expect(suggestedChanges('/cuts/b.v2.edl', '/p/film.stringout')).toBe('/cuts/b.v2 changes.edl');
  expect(suggestedChanges('/cuts/b.otioz', '/p/film.stringout')).toBe('/cuts/b changes.otio');
  expect(suggestedChanges(null, '/p/film.stringout')).toBe('/p/film changes.otio');
});
