import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownRates } from './frame-rates.ts';
import { rational } from './rational.ts';
import { droppedLabels, formatTimecode, nominalRate, parseTimecode } from './timecode.ts';

const table = new URL('../../../shared/corpus/timecode-table.csv', import.meta.url);

describe('timecode', () => {
  it.skipIf(!existsSync(table))('agrees with every row of the corpus (skipped where the corpus is absent)', () => {
    const rows = readFileSync(table, 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
    expect(rows.length).toBeGreaterThan(60);
    for (const [rateText = '', , drop, frame, label = ''] of rows) {
      const [num, den] = rateText.split('/').map(Number);
      const rate = rational(num ?? 0, den ?? 1);
      expect(formatTimecode(Number(frame), rate, drop === '1').replace(/[;,.]/, ':'), `${rateText} ${frame}`).toBe(label.replace(/[;,.]/, ':'));
      expect(parseTimecode(label, rate, drop === '1'), `${rateText} ${label}`).toBe(Number(frame));
    }
  });

  it('comes back from its label at every known rate, the label of the next frame being another', () => {
    fc.assert(fc.property(fc.constantFrom(...knownRates), fc.boolean(), fc.nat(20_000_000), (rate, drop, frame) => {
      const isDrop = drop && droppedLabels(nominalRate(rate)) > 0;
      expect(formatTimecode(frame + 1, rate, isDrop)).not.toBe(formatTimecode(frame, rate, isDrop));
      expect(parseTimecode(formatTimecode(frame, rate, isDrop), rate, isDrop)).toBe(frame);
    }));
  });

  it.each([
    ['00:01:00;00', rational(30000, 1001), 'a label that drop-frame skips'],
    ['00:00:00:24', rational(24), 'a frame field past the rate'],
    ['00:00:00;10', rational(25), 'drop-frame at 25'],
    ['00:60:00:00', rational(25), 'sixty minutes'],
    ['48', rational(25), 'a number'],
  ])('refuses %s', (text, rate) => {
    expect(parseTimecode(text, rate)).toBeNull();
  });
});
