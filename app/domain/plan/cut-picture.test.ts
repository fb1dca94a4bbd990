import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleFlags } from '../source.ts';
import { cutPicture, decodeWindow, samplesByRank } from './cut-picture.ts';
import { gopSamples } from './testing/synthetic-source.ts';

const cases = fc.record({
  frames: fc.integer({ min: 1, max: 120 }), gop: fc.integer({ min: 1, max: 40 }), bFrames: fc.integer({ min: 0, max: 3 }), isOpen: fc.boolean(),
  a: fc.nat(119), b: fc.nat(119),
}).filter(({ gop, bFrames, isOpen }) => !isOpen || gop > bFrames + 1).map(({ frames, gop, bFrames, isOpen, a, b }) => {
  const [x, y] = [a % frames, b % frames];
  return { samples: gopSamples(frames, gop, bFrames, isOpen), range: { from: Math.min(x, y), to: Math.max(x, y) + 1 } };
});

describe('cutPicture', () => {
  it('shows every frame of the range once: head, copied, tail', () => {
    fc.assert(fc.property(cases, ({ samples, range }) => {
      const { head, copied, tail } = cutPicture(samples, range);
      const shown = [...copied].map((sample) => samples.rank[sample] ?? -1).toSorted((a, b) => a - b);
      const expected = Array.from({ length: tail.from - head.to }, (_, i) => head.to + i);
      if (copied.length > 0) expect(shown).toEqual(expected);
      expect([head.from, tail.to]).toEqual([range.from, range.to]);
      expect(copied.length + head.to - head.from + tail.to - tail.from).toBe(range.to - range.from);
    }));
  });

  it('copies from a sample that needs nothing before it, in decode order without leaving one out', () => {
    fc.assert(fc.property(cases, ({ samples, range }) => {
      const { copied, craToBla } = cutPicture(samples, range);
      const first = copied[0];
      if (first === undefined) return;
      const flags = samples.flags[first] ?? 0;
      expect(flags & (craToBla ? sampleFlags.cra : sampleFlags.closed | sampleFlags.cra)).not.toBe(0);
      const leftOut = Array.from({ length: (copied.at(-1) ?? first) - first + 1 }, (_, i) => first + i).filter((sample) => !copied.includes(sample));
      // Only pictures shown before the key may be missing between two copied ones.
      for (const sample of leftOut) expect(samples.rank[sample]).toBeLessThan(samples.rank[first] ?? 0);
    }));
  });

  it('copies a file that is used whole, whole', () => {
    const samples = gopSamples(96, 24, 2);
    expect(cutPicture(samples, { from: 0, to: 96 }).copied).toHaveLength(96);
  });
});

describe('decodeWindow', () => {
  it('holds every wanted frame and begins where decoding can begin', () => {
    fc.assert(fc.property(cases, ({ samples, range }) => {
      const window = decodeWindow(samples, samplesByRank(samples), range);
      const shown = new Set([...window].map((sample) => samples.rank[sample]));
      for (let rank = range.from; rank < range.to; rank++) expect(shown.has(rank)).toBe(true);
      expect((samples.flags[window[0] ?? 0] ?? 0) & (sampleFlags.closed | sampleFlags.cra)).not.toBe(0);
    }));
  });

  it('takes the two fields of a frame together, or neither', () => {
    const { sync, closed, disposable, secondField } = sampleFlags;
    // I P b b, each of two fields, shown I b b P.
    const flags = Uint8Array.of(sync | closed, secondField, 0, secondField, disposable, secondField, disposable, secondField);
    const samples = { count: 8, file: null, offset: new Float64Array(8), size: new Uint32Array(8), rank: Uint32Array.of(0, 1, 6, 7, 2, 3, 4, 5), flags };
    expect([...decodeWindow(samples, samplesByRank(samples), { from: 4, to: 5 })]).toEqual([0, 1, 2, 3, 6, 7]);
  });
});
