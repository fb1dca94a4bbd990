import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flattenError } from '../base/errors.ts';
import { rational } from '../domain/rational.ts';
import { readCsvDocument } from './csv-read-document.ts';
import { writeCsv } from './csv-write-document.ts';
import { decodeText } from './decode-text.ts';
import type { DocumentClip, ReadDocument } from './document.ts';
import { readEdl } from './edl/read-edl.ts';

const read = (text: string, sourceRate: ReturnType<typeof rational> | null = null): ReadDocument => readCsvDocument(text, { path: '/edit/shots.csv', sourceRate });
const clips = ({ document }: ReadDocument): DocumentClip[] => document.tracks[0]?.items.filter((item) => item.kind === 'clip') ?? [];
const withoutLines = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part)));
const again = (list: ReadDocument, sourceRate: ReturnType<typeof rational> | null = null): unknown => withoutLines(read(writeCsv(list.document).text, sourceRate).document);
const detected = new URL('../../../shared/corpus/timelines/fcp-scene-detect/60fps.csv', import.meta.url);

describe('a shot list as a document', () => {
  const text = 'file,in,out,name,scene,Colour\na.mp4,48,96,,12A,red\nb.mov,00:00:02:00,00:00:04:12,"Second, ""two""",,\nc.mp4,0.5s,2.25s,,,\nd.mp4,,,,,\ne.mp4,10,,,,\n"f\ng.mp4",,30,,,\n';

  it('keeps every position exactly, and is the same after writing and reading again', () => {
    const list = read(text, rational(25));
    expect(list.events).toBe(6);
    expect(clips(list).map((clip) => clip.range)).toEqual([
      { start: 48, duration: 48, rate: rational(25) }, { start: 50, duration: 62, rate: rational(25) }, { start: 50, duration: 175, rate: rational(100) },
      null, null, { start: 0, duration: 30, rate: rational(25) },
    ]);
    expect(clips(list)[0]).toMatchObject({ name: 'a.mp4', scene: '12A', media: { kind: 'file', url: 'a.mp4' }, line: 2, metadata: { csv: { columns: { Colour: 'red' } } } });
    expect(again(list, rational(25))).toEqual(withoutLines(list.document));
  });

  it('says which rate it took where the list tells none', () => {
    expect(read('file,in,out\na.mp4,00:00:00:00,00:00:00:29\n').diagnostics).toEqual([{ line: null, element: null, message: 'the list tells no frame rate: read at 30' }]);
    expect(read('file,in,out\na.mp4,00:00:59;00,00:01:00;02\n').document.tracks[0]?.items).toMatchObject([{ range: { start: 1770, duration: 30, rate: rational(30000, 1001) } }]);
  });

  it.each([['96,48', 'ends before it begins'], ['48,48', 'has no length'], ['-2,48', 'begins before the first frame']])('refuses %s', (ends, message) => {
    try {
      read(`file,in,out\na.mp4,1,2\nb.mp4,${ends}\n`);
    } catch (error) {
      expect(flattenError(error)).toMatchObject({ code: 'range.invalid', place: { line: 3, clip: 'b.mp4' } });
      expect(flattenError(error).message).toContain(message);
      return;
    }
    throw new Error('was read');
  });

  it.skipIf(!existsSync(detected))('may have another program\'s columns (skipped where the corpus is absent)', () => {
    const list = read(decodeText(readFileSync(detected)));
    expect(list.events).toBe(7);
    expect(clips(list).map((clip) => clip.range?.duration)).toEqual([5, 5, 5, 5, 5, 5]);
    expect(list.diagnostics[0]?.message).toContain('"start" is read as in and "end" as out');
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('takes seconds with decimals from such a list, and leaves out its empty ranges', () => {
    const list = read('Start,End\n0.5,1.25\n2,2\n3,4\n');
    expect(clips(list).map((clip) => clip.range)).toEqual([{ start: 50, duration: 75, rate: rational(100) }, { start: 3, duration: 1, rate: rational(1) }]);
    expect(again(list)).toEqual(withoutLines(list.document));
  });
});

describe('a document as a shot list', () => {
  it('has source timecode, and says what it cannot hold', () => {
    const edl = readEdl('001  TAPE     V     C        01:00:00:00 01:00:02:00 10:00:00:00 10:00:02:00\n* FROM CLIP NAME: a.mov\n'
      + '002  TAPE     V     C        01:00:00:00 01:00:02:00 10:00:03:00 10:00:04:00\nM2   TAPE     048.0                01:00:00:00\n* FROM CLIP NAME: =b.mov\n', { path: 'a.edl', sourceRate: null });
    const { text, losses } = writeCsv(edl.document);
    expect(text).toBe('file,in,out,name,reel,scene,take,note\na.mov,01:00:00:00,01:00:02:00,a.mov,TAPE,,,\n=b.mov,01:00:00:00,01:00:02:00,=b.mov,TAPE,,,\n');
    expect(losses.map(({ element, message }) => `${element} ${message}`).join('\n')).toContain('clip "=b.mov" has a speed change');
    expect(losses.some(({ element }) => element === 'gaps')).toBe(true);
  });
});
