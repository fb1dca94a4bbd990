import { describe, expect, it } from 'vitest';
import { groupSequences, parseSequencePattern } from './image-sequence.ts';

describe('a pattern', () => {
  it.each([
    ['plate.%04d.exr', 'plate.0007.exr', 7],
    ['plate.%04d.exr', 'plate.12345.exr', 12_345],
    ['plate.%04d.exr', 'plate.012345.exr', null],
    ['plate.%04d.exr', 'plate.007.exr', null],
    ['plate.%04d.exr', 'plate.0007.exr.bak', null],
    ['plate.####.exr', 'plate.0107.exr', 107],
    ['plate.%d.exr', 'plate.7.exr', 7],
    ['plate.%d.exr', 'plate.07.exr', null],
    ['plate.#.exr', 'plate.07.exr', 7],
    ['%03d', '012', 12],
    ['a1a%da1a.png', 'a1a5a1a.png', 5],
    ['aa%daa.png', 'aaa.png', null],
    ['a #1 %02d.png', 'a #1 03.png', 3],
    ['plate.%04d.exr', 'plate.99999999999999999999.exr', null],
  ])('%s numbers %s as %s', (pattern, name, number) => {
    expect(parseSequencePattern(pattern)?.numberOf(name)).toBe(number);
  });

  it.each(['shot.mov', 'Take #3.mov', '100%.png', 'a.0001.png'])('is not in %s', (name) => {
    expect(parseSequencePattern(name)).toBeNull();
  });
});

describe('grouping', () => {
  const numbers = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

  it('finds each sequence once, with holes and beyond its padding', () => {
    const names = [
      ...numbers(998, 1003).filter((n) => n !== 1001).map((n) => `a.${String(n).padStart(4, '0')}.exr`),
      ...numbers(97, 102).map((n) => `b_${String(n).padStart(2, '0')}.png`),
      ...numbers(8, 12).map((n) => `c${n}.png`),
      ...numbers(1, 4).map((n) => `c${String(n).padStart(3, '0')}.png`),
      ...numbers(1, 3).map((n) => `c${n}.jpg`),
    ];
    const { sequences, others } = groupSequences(names);
    expect(sequences.toSorted((a, b) => a.pattern.localeCompare(b.pattern))).toEqual([
      { pattern: 'a.%04d.exr', first: 998, last: 1003, count: 5 },
      { pattern: 'b_%d.png', first: 97, last: 102, count: 6 },
      { pattern: 'c%03d.png', first: 1, last: 4, count: 4 },
      { pattern: 'c%d.jpg', first: 1, last: 3, count: 3 },
      { pattern: 'c%d.png', first: 8, last: 12, count: 5 },
    ]);
    expect(others).toEqual([]);
    for (const { pattern, count } of sequences) {
      expect(names.filter((name) => parseSequencePattern(pattern)?.numberOf(name) !== null)).toHaveLength(count);
    }
  });

  it('leaves photographs and lone stills apart', () => {
    const names = ['DSC_0001.jpg', 'DSC_0400.jpg', 'DSC_0900.jpg', 'x1.png', 'x2.png', 'logo.png', '7'];
    expect(groupSequences(names)).toEqual({ sequences: [], others: names });
  });
});
