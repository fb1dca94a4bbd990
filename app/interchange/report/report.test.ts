/** Shot lists for people: what is seen when, and names that nobody can break out of. */
import { describe, expect, it } from 'vitest';
import { readEdl } from '../edl/read-edl.ts';
import { listShots, recordLabel } from './list-shots.ts';
import { writeHtml } from './write-html.ts';
import { writeSubtitles } from './write-subtitles.ts';

const cut = (rows: string, rate: number | { num: number; den: number } = 25) => readEdl(`TITLE: Cut\nFCM: NON-DROP FRAME\n${rows}`, { path: 'cut.edl', sourceRate: typeof rate === 'number' ? { num: rate, den: 1 } : rate }).document;
const named = (name: string) => `* FROM CLIP NAME: ${name}\n`;

describe('subtitles', () => {
  it('name each shot while it is seen, in milliseconds rounded down, and one ends where the next begins', () => {
    const document = cut(
      `001  A001  V  C  00:00:00:00 00:00:00:07 01:00:00:00 01:00:00:07\n${named('one')}`
      + `002  A002  V  C  00:00:00:00 00:00:00:10 01:00:00:07 01:00:00:17\n${named('two --> <b>&')}`
      + `003  A003  V  C  00:00:00:00 00:00:01:00 01:00:02:00 01:00:03:00\n${named('three')}`, { num: 24000, den: 1001 });
    expect(writeSubtitles(document, 'srt').text).toBe(
      '1\n00:00:00,000 --> 00:00:00,291\none\n\n2\n00:00:00,291 --> 00:00:00,709\ntwo -> <b>&\n\n3\n00:00:02,002 --> 00:00:03,003\nthree\n');
    expect(writeSubtitles(document, 'vtt').text).toContain('WEBVTT\n\n1\n00:00:00.000 --> 00:00:00.291\none\n\n2\n00:00:00.291 --> 00:00:00.709\ntwo --&gt; &lt;b&gt;&amp;\n');
  });

  it('name what lies on top, and what is below it before and after', () => {
    const document = cut(
      `001  A001  V   C  00:00:00:00 00:00:04:00 01:00:00:00 01:00:04:00\n${named('below')}`
      + `002  A002  V2  C  00:00:00:00 00:00:01:00 01:00:01:00 01:00:02:00\n${named('above')}`);
    const lines = writeSubtitles(document, 'srt').text.split('\n');
    expect(lines.filter((_, i) => i % 4 === 1 || i % 4 === 2)).toEqual([
      '00:00:00,000 --> 00:00:01,000', 'below', '00:00:01,000 --> 00:00:02,000', 'above', '00:00:02,000 --> 00:00:04,000', 'below',
    ]);
  });
});

describe('the list', () => {
  it('has source and record labels, speeds and transitions of the picture, and says that sound is left out', () => {
    const document = cut(
      '001  A001  V  C        10:00:00:00 10:00:02:00 01:00:00:00 01:00:02:00\n'
      + `002  A002  V  C        00:00:10:00 00:00:12:00 01:00:02:00 01:00:03:00\nM2   A002  050.0  00:00:10:00\n${named('fast')}`
      + '003  A001  A  C        10:00:00:00 10:00:02:00 01:00:00:00 01:00:02:00\n');
    const list = listShots(document);
    expect(list.shots.map((shot) => [shot.name, shot.reel, shot.source, recordLabel(list, shot.start), recordLabel(list, shot.end), shot.speed, shot.middle?.value])).toEqual([
      ['A001', 'A001', { in: '10:00:00:00', out: '10:00:02:00' }, '01:00:00:00', '01:00:02:00', null, 900_025],
      ['fast', 'A002', { in: '00:00:10:00', out: '00:00:12:00' }, '01:00:02:00', '01:00:03:00', { num: 2, den: 1 }, 275],
    ]);
    expect([list.frames, list.losses.list()]).toEqual([75, [{ element: '1 sound track', message: expect.stringContaining('left out') }]]);
  });
});

describe('the report', () => {
  it('holds names of any kind as text alone, reaches nothing outside, and says what is offline', () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const document = cut(
      `001  A001  V  C  10:00:00:00 10:00:02:00 01:00:00:00 01:00:02:00\n${named(evil)}* COMMENT: ${evil}\n* LOC: 01:00:01:00 RED ${evil}\n* SOURCE FILE: ${evil}\n`
      + '002  BL    V  C  00:00:00:00 00:00:01:00 01:00:02:00 01:00:03:00\n003  A002  V  C  10:00:00:00 10:00:01:00 01:00:03:00 01:00:04:00\n');
    const list = listShots(document);
    const media = new Map(list.shots.slice(-1).map((shot) => [shot, { path: `day 1/${evil}.mov`, picture: 'data:image/jpeg;base64,AAAA' }]));
    const { text } = writeHtml({ ...document, name: evil }, list, { file: evil, format: 'EDL', made: '2026-01-01', program: 'Stringout', media });
    const tags = [...text.slice(text.indexOf('<body>')).matchAll(/<([a-z0-9]+)[^>]*>/g)];
    expect(new Set(tags.map(([, name]) => name))).toEqual(new Set(['body', 'header', 'h1', 'p', 'dl', 'div', 'dt', 'dd', 'main', 'table', 'colgroup', 'col', 'thead', 'tr', 'th', 'br', 'tbody', 'td', 'span', 'img', 'footer']));
    expect(text.match(/<img [^>]*>/g)).toEqual(['<img class="still" src="data:image/jpeg;base64,AAAA" alt="">']);
    expect(text).not.toMatch(/https?:|@import|url\(/);
    expect(text).toMatch(/day 1\/&#34;&#62;.*01:00:03:00<br>01:00:04:00/);
    expect(text.match(/<span class="offline">offline<\/span>/g)).toHaveLength(1);
  });
});
