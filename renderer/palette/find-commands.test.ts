import { expect, test } from 'vitest';
import { best } from './find-commands.ts';

const names = ['Zoom in', 'Undo', 'Export movie…', 'Mark in', 'Mark out', 'Show frame meter'];
const found = (typed: string): readonly string[] => best(names, typed, (name) => name, 3);

test('beginnings of words come first, letters in order suffice, others are left out', () => {
  expect(found('marko')[0]).toBe('Mark out');
  expect(found('exp')[0]).toBe('Export movie…');
  expect(found('sfm')).toEqual(['Show frame meter']);
  expect(found('xyz')).toEqual([]);
});
