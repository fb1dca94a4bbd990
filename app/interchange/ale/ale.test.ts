import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flattenError } from '../../base/errors.ts';
import { rational } from '../../domain/rational.ts';
import { decodeText } from '../decode-text.ts';
import type { DocumentClip, ReadDocument } from '../document.ts';
import { readEdl } from '../edl/read-edl.ts';
import { readAle } from './read-ale.ts';
import { writeAle } from './write-ale.ts';

const read = (text: string): ReadDocument => readAle(text, { path: '/bin/day1.ale', sourceRate: null });
const clips = ({ document }: ReadDocument): DocumentClip[] => document.tracks.flatMap((track) => track.items.filter((item) => item.kind === 'clip'));
const withoutLines = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part)));
const again = (list: ReadDocument): unknown => withoutLines(read(writeAle(list.document).text).document);
const corpus = new URL('../../../../shared/corpus/timelines/otio-ale/', import.meta.url);

describe('an ALE', () => {
  const text = 'Heading\r\nFIELD_DELIM\tTABS\tFPS\t29.97\r\n\r\nColumn\r\nName\tTape\tTracks\tStart\tEnd\tDuration\tASC_SOP\tASC_SAT\tMood\t\r\n\r\nData\r\n'
    + '1A-1\tA001\tVA1\t01:00:59;28\t01:01:00;02\t00:00:00;02\t(1 1 1)(0 0 0.1)(1 1 1)\t0.9\tcalm \t\r\n'
    + 'wild\tS01\tA1A2\t23:59:59:00\t00:00:01:00\t\t\t\t\t\r\nodd\t\tV\tnowhere\t\t\t(1)\t\t\r\n';

  it('becomes a clip for each row, with its labels, grade and all its columns', () => {
    const list = read(text);
    expect([list.events, list.document.rate]).toEqual([3, rational(30000, 1001)]);
    expect(clips(list)).toMatchObject([
      { name: '1A-1', reel: 'A001', line: 8, range: { duration: 2 }, effects: [{ kind: 'cdl', offset: [0, 0, 0.1], saturation: 0.9 }], metadata: { ale: { drop_frame: true, cells: { Mood: 'calm ', Tracks: 'VA1' } } } },
      { name: 'odd', range: null, effects: [], metadata: { ale: { cells: { Start: 'nowhere', ASC_SOP: '(1)' } } } },
      { name: 'wild', range: { duration: 60 } },
    ]);
    expect(list.document.tracks.map((track) => track.type)).toEqual(['video', 'audio']);
    expect(list.diagnostics.map(({ line }) => line)).toEqual([10, 10]);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it.each(['Heading\nFPS\t24\n', 'Heading\n\nColumn\nName\tStart\n\nData\n', 'hello'])('without rows is refused: %j', (empty) => {
    let code = '';
    try { read(empty); } catch (error) { code = flattenError(error).code; }
    expect(code).toBe('list.invalid');
  });

  it('is written of any document', () => {
    const edl = readEdl('001  TAPE     V     C        01:00:00:00 01:00:02:00 10:00:00:00 10:00:02:00\n* FROM CLIP NAME: a.mov\n', { path: 'a.edl', sourceRate: null });
    expect(writeAle(edl.document).text).toBe('Heading\nFIELD_DELIM\tTABS\nVIDEO_FORMAT\t1080\nAUDIO_FORMAT\t48khz\nFPS\t24\n\nColumn\nName\tTracks\tTape\tStart\tEnd\tDuration\tSource File\n\nData\n'
      + 'a.mov\tV\tTAPE\t01:00:00:00\t01:00:02:00\t00:00:02:00\ta.mov\n');
  });

  it.skipIf(!existsSync(corpus)).each([['sample.ale', 4], ['sample2.ale', 2], ['sample_cdl.ale', 4]])('of the corpus has all its rows, and is the same after writing and reading again: %s (skipped where it is absent)', (name, rows) => {
    const list = read(decodeText(readFileSync(new URL(name, corpus))));
    expect(list.events).toBe(rows);
    expect(clips(list).every((clip) => clip.range !== null)).toBe(true);
    expect(again(list)).toEqual(withoutLines(list.document));
  });
});
