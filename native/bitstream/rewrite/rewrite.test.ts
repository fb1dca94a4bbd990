import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader, BitWriter, endOfBits } from './bits.ts';
import { escape, replaceHead, unescape } from './emulation.ts';
import { IdTable, isSameClass } from './id-table.ts';
import { mergeConfigs } from './merge-configs.ts';
import { h264Rewriter } from './nal-rewriters.ts';
import { SampleRewriter } from './sample-rewriter.ts';

/** Bytes rich in what emulation prevention is about; the last is never zero, as in any NAL. */
const payload = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 255), { minLength: 1, maxLength: 200 }).map((bytes) => Uint8Array.from([...bytes, 0x80]));

describe('rewriting', () => {
  it('escapes and unescapes to the same', () => {
    fc.assert(fc.property(payload, (bytes) => {
      const escaped = escape(bytes);
      expect(unescape(escaped)).toEqual(bytes);
      for (let i = 2; i < escaped.length; i++) expect(escaped[i - 1] === 0 && escaped[i - 2] === 0 && (escaped[i] ?? 0) < 3).toBe(false);
    }));
  });

  it('replaces the head of a NAL as unescaping, replacing and escaping all of it would', () => {
    fc.assert(fc.property(payload, payload, fc.nat(20), (bytes, head, at) => {
      const headLength = Math.min(at, bytes.length);
      const nal = escape(bytes);
      const replaced = replaceHead(nal, true, headLength, head);
      const expected = escape(Uint8Array.from([...head, ...bytes.subarray(headLength)]));
      expect(replaced && Uint8Array.from([...replaced.inserted, ...nal.subarray(replaced.removed)])).toEqual(expected);
      // A part of the NAL gives the same or is refused as too short.
      const part = replaceHead(nal.subarray(0, 24), nal.length <= 24, headLength, head);
      if (part) expect(Uint8Array.from([...part.inserted, ...nal.subarray(part.removed)])).toEqual(expected);
    }));
  });

  it('reads the numbers that it writes', () => {
    fc.assert(fc.property(fc.array(fc.nat(1_000_000)), (values) => {
      const writer = new BitWriter();
      for (const value of values) writer.ue(value);
      const bytes = writer.u(1, 1).bytes();
      const reader = new BitReader(bytes);
      expect(values.map(() => reader.ue())).toEqual(values);
      expect(endOfBits(bytes)).toBe(reader.at + 1);
    }));
  });

  it('gives 18 ids to H.264 sources that all use id 0, then refuses', () => {
    const table = new IdTable(255);
    table.keep(0, 'first');
    const ids = Array.from({ length: 17 }, (_, i) => table.place(0, `other ${i}`, false));
    expect(new Set(ids).size).toBe(17);
    expect(ids.every((id) => isSameClass(id, 0))).toBe(true);
    expect(() => table.place(0, 'one more', false)).toThrow(/more different encoder set-ups/);
  });

  it('takes several configurations of codecs that repeat them in band, and refuses those of others', () => {
    const configs = [Uint8Array.of(1), Uint8Array.of(2)];
    expect(mergeConfigs('av1', configs)).toEqual({ config: configs[0], rewrites: [null, null] });
    expect(() => mergeConfigs('mpeg4', configs)).toThrow(/mpeg4 pictures of different encoder settings/);
  });

  it('changes the id in every slice of a sample, whatever follows, drops sets in band, and foretells the size', () => {
    fc.assert(fc.property(
      fc.array(fc.record({ mb: fc.nat(8000), type: fc.nat(9), rest: payload }), { minLength: 1, maxLength: 4 }), fc.constantFrom(15, 17, 30, 255),
      (slices, id) => {
        const slice = (ppsId: number) => (value: { mb: number; type: number; rest: Uint8Array }): Uint8Array => {
          const head = new BitWriter().u(0x65, 8).ue(value.mb).ue(value.type).ue(ppsId);
          return escape(head.copy(value.rest, 0, value.rest.length * 8).bytes());
        };
        const sets = [Uint8Array.of(0x67, 1, 2), Uint8Array.of(0x68, 1)];
        const sample = prefixed([...sets, ...slices.map(slice(0))]);
        const rewriter = new SampleRewriter(4, h264Rewriter({ pps: new Map([[0, id]]), sps: new Map() }));
        const target = new Uint8Array(sample.length * 2);
        const length = rewriter.write(sample, target);
        expect(Buffer.from(target.subarray(0, length)).toString('hex')).toBe(Buffer.from(prefixed(slices.map(slice(id)))).toString('hex'));
        expect(rewriter.measure((at, count) => sample.subarray(at, at + count), sample.length)).toBe(length);
      },
    ));
  });
});

function prefixed(nals: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(nals.flatMap((nal) => [nal.length >>> 24, (nal.length >> 16) & 255, (nal.length >> 8) & 255, nal.length & 255, ...nal]));
}
