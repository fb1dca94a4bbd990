import { expect, test } from 'vitest';
import type { Plan } from '../../domain/plan/planned-clip.ts';
import { rational } from '../../domain/rational.ts';
import { movieChapters } from './movie-chapters.ts';
import type { AssemblyOptions } from './options.ts';

const plan = { frames: 100, profile: { rate: rational(24), start: { frame: 86_400, dropFrame: false } } } as Plan;
const chapters = [{ frame: 60, title: 'c' }, { frame: 0, title: 'a' }, { frame: 30, title: 'b' }, { frame: 140, title: 'd' }];
const options = (range: AssemblyOptions['range']): Pick<AssemblyOptions, 'chapters' | 'range'> => ({ chapters, range });
const frames = (value: number) => ({ unit: 'frames', value }) as const;

test('in order, those past the end left out', () => {
  expect(movieChapters(plan, rational(24), options(null))).toEqual([{ frame: 0, title: 'a' }, { frame: 30, title: 'b' }, { frame: 60, title: 'c' }]);
});

test('a range begins with the chapter that runs there', () => {
  expect(movieChapters(plan, rational(24), options({ in: frames(40), out: frames(140) }))).toEqual([{ frame: 0, title: 'b' }, { frame: 20, title: 'c' }]);
});

test('at the movie\'s rate', () => {
  expect(movieChapters(plan, rational(48), options(null)).map(({ frame }) => frame)).toEqual([0, 15, 30, 70]);
});

test('something stands at the beginning', () => {
  expect(movieChapters(plan, rational(24), { ...options(null), chapters: [{ frame: 9, title: 'x' }] })).toEqual([{ frame: 0, title: '' }, { frame: 9, title: 'x' }]);
  expect(movieChapters(plan, rational(24), { ...options(null), chapters: [] })).toEqual([]);
});
