import { describe, expect, it } from 'vitest';
import { flattenError } from '../base/errors.ts';
import { readCsv } from './csv.ts';

const read = (text: string) => readCsv(text, '/edit/shots.csv', '/edit');

function failure(text: string): { code: string; line: number | undefined; message: string } {
  try {
    read(text);
  } catch (error) {
    const { code, message, place } = flattenError(error);
    return { code, message, line: place.line };
  }
  throw new Error('was read');
}

describe('readCsv', () => {
  it('reads frames, timecode, seconds and whole files', () => {
    const { items } = read('file,in,out,name,scene\na.mp4,48,96,,12A\nb.mov,00:00:02:00,00:00:04:00,Second,\n"c, d.mp4",0.5s,2.5s,,\ne.mp4,,,,\n');
    expect(items).toMatchObject([
      { name: 'a.mp4', media: '/edit/a.mp4', line: 2, scene: '12A', range: { in: { unit: 'frames', value: 48 }, out: { unit: 'frames', value: 96 } } },
      { name: 'Second', range: { in: { unit: 'timecode', text: '00:00:02:00' } } },
      { media: '/edit/c, d.mp4', range: { in: { unit: 'seconds', value: 5, digits: 1 }, out: { unit: 'seconds', value: 25, digits: 1 } } },
      { name: 'e.mp4', range: null, scene: null },
    ]);
  });

  it('takes what spreadsheets write: byte order marks, CRLF, semicolons, other column orders, capital headers, unused columns', () => {
    const timeline = read('\uFEFFOut;File;In;Colour\r\n96;a.mp4;48;red\r\n');
    expect(timeline.items).toMatchObject([{ media: '/edit/a.mp4', range: { in: { value: 48 }, out: { value: 96 } } }]);
    expect(timeline.warnings).toEqual(['columns not used: colour']);
  });

  it('keeps names as they are: quotes, line breaks, emoji, leading dashes', () => {
    const { items } = read('file,in,out\n"a ""b"".mp4",,\n"two\nlines.mp4",,\n🎬.mp4,,\n-dash.mp4,,\n');
    expect(items.map((item) => (item.kind === 'clip' ? [item.media, item.line] : null))).toEqual([
      ['/edit/a "b".mp4', 2], ['/edit/two\nlines.mp4', 3], ['/edit/🎬.mp4', 5], ['/edit/-dash.mp4', 6],
    ]);
  });

  it.each([
    ['', undefined, 'is empty'],
    ['file,in\na,1\n', 1, 'no column "out"'],
    ['file,in,out\n', undefined, 'only the header'],
    ['file,in,out\na.mp4,,\n,1,2\n', 3, 'names no file'],
    ['file,in,out\na.mp4,abc,\n', 2, 'in "abc" is neither'],
    ['file,in,out\n"a.mp4,,\n', 2, 'cannot be read as CSV'],
    ['file,in,out,in\na.mp4,1,2,3\n', 1, 'twice'],
  ])('refuses %j, naming the line', (text, line, message) => {
    expect(failure(text)).toMatchObject({ code: 'list.invalid', line });
    expect(failure(text).message).toContain(message);
  });
});
