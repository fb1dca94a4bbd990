import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenError } from '../../base/errors.ts';
import { formatRational, rational } from '../../domain/rational.ts';
import type { DocumentClip, DocumentItem, DocumentTrack, ReadDocument } from '../document.ts';
import { readEdl } from './read-edl.ts';
import { writeEdl } from './write-edl.ts';

const read = (text: string, rate: ReturnType<typeof rational> | null = null): ReadDocument => readEdl(text, { path: 'list.edl', sourceRate: rate });
const clips = ({ document }: ReadDocument, track = 0): DocumentClip[] => (document.tracks[track]?.items ?? []).filter((item) => item.kind === 'clip');
const messages = ({ diagnostics }: ReadDocument): string[] => diagnostics.map(({ line, message }) => `${line ?? 0}: ${message}`);
const withoutLines = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part)));
const again = (list: ReadDocument): unknown => withoutLines(read(writeEdl(list.document).text).document);
const said = (list: ReadDocument, text: string): boolean => messages(list).some((message) => message.includes(text));

const cut = (source: string, record: string, head = '001  TAPE     V     C       '): string => `${head} ${source} ${record}\n`;

describe('what an EDL counts at', () => {
  it('is 24 where nothing says otherwise, and it says so', () => {
    const list = read(cut('01:00:00:00 01:00:02:00', '10:00:00:00 10:00:02:00'));
    expect(list.document.rate).toEqual(rational(24));
    expect(messages(list)).toEqual(['0: the list tells no frame rate: read at 24, for nothing in it says otherwise']);
  });

  it.each([
    ['a frame that 24 does not have', cut('01:00:00:00 01:00:01:24', '10:00:00:00 10:00:01:24'), '25'],
    ['drop-frame', `FCM: DROP FRAME\n${cut('01:00:00:00 01:00:01:00', '10:00:00:00 10:00:01:00')}`, '30000/1001'],
    ['a semicolon', cut('01:00:00;00 01:00:01;00', '10:00:00;00 10:00:01;00'), '30000/1001'],
    ['drop-frame with frame 59', `FCM: DROP FRAME\n${cut('01:00:00:00 01:00:00:59', '10:00:00:00 10:00:00:59')}`, '60000/1001'],
    ['durations that agree at 25 only', `${cut('00:00:02:12 00:00:08:04', '00:00:06:05 00:00:11:22')}${cut('00:00:01:11 00:00:05:15', '00:00:11:22 00:00:16:01')}`, '25'],
  ])('follows from %s', (_, text, rate) => {
    expect(formatRational(read(text).document.rate ?? rational(1))).toBe(rate);
  });

  it('is what the user says, unless a record label is none at it', () => {
    expect(read(cut('01:00:00:00 01:00:02:00', '10:00:00:00 10:00:02:00'), rational(30000, 1001)).document.rate).toEqual(rational(30000, 1001));
    const list = read(cut('01:00:00:00 01:00:00:29', '10:00:00:00 10:00:00:29'), rational(24));
    expect(list.document.rate).toEqual(rational(30));
    expect(said(list, 'frames are counted up to 29, so the rate is not 24')).toBe(true);
  });

  it('may be another for a source: its frames are not clamped', () => {
    const list = read(cut('01:00:00:00 01:00:00:29', '10:00:00:00 10:00:00:23'), rational(24));
    expect(clips(list)[0]?.range).toMatchObject({ start: 3600 * 120, duration: 23 * 5, rate: rational(120) });
    expect(said(list, '1: the source has a frame 29, past 24 a second')).toBe(true);
    expect(again(list)).toEqual(withoutLines(list.document));
  });
});

describe('drop-frame', () => {
  it('skips labels, not frames: a minute of them is 1798', () => {
    const list = read(`FCM: DROP FRAME\n${cut('00:00:00:00 00:01:00:02', '01:00:00:00 01:01:00:02')}`);
    expect(clips(list)[0]?.range?.duration).toBe(1800);
    expect(list.document.start).toEqual({ frame: 107892, rate: rational(30000, 1001), dropFrame: true });
  });

  it('belongs to the label: a marked record beside an unmarked source', () => {
    const list = read(cut('00:00:59:00 00:01:01:00', '01:00:59;00 01:01:01;02'), rational(30000, 1001));
    expect(clips(list)[0]?.range).toMatchObject({ start: 1770, duration: 60 });
    expect(clips(list)[0]?.metadata).toMatchObject({ cmx_3600: { drop_frame: false } });
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('is not believed of sources that add up only without', () => {
    const list = read(`FCM: DROP FRAME\n${cut('00:00:59:00 00:01:01:00', '01:00:59:00 01:01:01:02')}`);
    expect(clips(list)[0]?.range).toMatchObject({ start: 1770, duration: 60 });
    expect(said(list, 'sources as non-drop-frame')).toBe(true);
  });

  it('may change between the two lines of a dissolve, for its source alone', () => {
    const list = read('FCM: NON-DROP FRAME\n001  ONE      V     C        00:00:59:00 00:01:01:00 01:00:59;00 01:01:01;02\n'
      + '002  ONE      V     C        00:01:01:00 00:01:01:00 01:01:01;02 01:01:01;02\nFCM: DROP FRAME\n'
      + '002  TWO      V     D    010 00:01:00:02 00:01:02:02 01:01:01;02 01:01:03;02\n', rational(30000, 1001));
    expect(clips(list).map((clip) => clip.range?.start)).toEqual([1770, 1800]);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('has no label 00:01:00;00, and none at 24 or 25', () => {
    expect(said(read(cut('00:01:00;00 00:01:01;02', '00:00:00;00 00:00:01;02')), 'is a label that drop-frame skips')).toBe(true);
    expect(said(read(cut('00:01:00;00 00:01:01;00', '00:00:00:00 00:00:01:00'), rational(25)), 'is drop-frame, which 25 frames a second do not have')).toBe(true);
  });
});

describe('source and record', () => {
  const edit = (sourceOut: string, recordOut: string, m2 = ''): ReadDocument => read(cut(`01:00:00:00 ${sourceOut}`, `10:00:00:00 ${recordOut}`) + m2, rational(24));
  const speed = (list: ReadDocument): unknown => clips(list)[0]?.effects;

  it('differ by a frame: noted, no speed change', () => {
    const list = edit('01:00:02:01', '10:00:02:00');
    expect(messages(list)).toEqual(['1: source and record differ by a frame: the record is right']);
    expect(clips(list)[0]).toMatchObject({ range: { start: 86400, duration: 48 }, effects: [] });
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('differ as two frame rates do: for the user to conform', () => {
    expect(messages(edit('01:00:04:04', '10:00:04:00'))[0]).toContain('as 25/24');
  });

  it('differ otherwise: to be checked', () => {
    const list = edit('01:00:03:07', '10:00:02:00');
    expect(messages(list)[0]).toContain('check this edit');
    expect(speed(list)).toEqual([]);
  });

  it.each([
    ['double', '01:00:04:00', '10:00:02:00', '048.0', { num: 2, den: 1 }, 86400],
    ['a speed that one decimal cannot say, from the frames', '01:01:39:06', '10:01:40:00', '023.8', { num: 397, den: 400 }, 86400],
    ['a short one, from M2', '01:00:02:22', '10:00:01:12', '047.6', { num: 119, den: 60 }, 86400],
    ['a freeze', '01:00:00:01', '10:00:02:00', '000.0', { num: 0, den: 1 }, 86400],
    ['reverse', '01:00:02:00', '10:00:02:00', '-024.0', { num: -1, den: 1 }, 86400],
    ['Avid\'s reverse, which names the first frame shown', '01:00:00:01', '10:00:02:00', '-024.0', { num: -1, den: 1 }, 86400 - 47],
  ])('M2 says %s', (_, sourceOut, recordOut, value, expected, start) => {
    const list = edit(sourceOut, recordOut, `M2   TAPE     ${value}                01:00:00:00\n`);
    expect(speed(list)).toMatchObject([{ kind: 'speed', ...expected }]);
    expect(clips(list)[0]?.range?.start).toBe(start);
    expect(messages(list)).toEqual([]);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('M2 that contradicts the frames is told', () => {
    const list = edit('01:00:04:00', '10:00:02:00', 'M2   TAPE     100.0                01:00:00:00\n');
    expect(speed(list)).toMatchObject([{ num: 2, den: 1 }]);
    expect(said(list, 'M2 says 100 frames a second')).toBe(true);
  });

  it('cross midnight: the source, and the record with all that follows', () => {
    const list = read(cut('23:59:59:00 00:00:01:00', '23:59:58:00 00:00:00:00') + cut('01:00:00:00 01:00:01:00', '00:00:00:00 00:00:01:00'), rational(24));
    expect(clips(list).map((clip) => clip.range?.duration)).toEqual([48, 24]);
    expect(list.document.tracks[0]?.items).toHaveLength(2);
    expect(again(list)).toEqual(withoutLines(list.document));
  });
});

describe('transitions', () => {
  const pair = '001  ONE      V     C        01:00:00:00 01:00:02:00 10:00:00:00 10:00:02:00\n* FROM CLIP NAME:  first\n'
    + '002  ONE      V     C        01:00:02:00 01:00:02:00 10:00:02:00 10:00:02:00\n002  TWO      V     W001 010 05:00:00:00 05:00:01:00 10:00:02:00 10:00:03:00\n'
    + 'EFFECTS NAME IS EDGE WIPE\n* FROM CLIP NAME:  first\n* TO CLIP NAME:  second\n';

  it('are pairs of lines: the overlap lies behind the cut, the names swap', () => {
    const list = read(pair);
    expect(list.events).toBe(3);
    expect(list.document.tracks[0]?.items).toMatchObject([
      { name: 'first', range: { duration: 48 } },
      { kind: 'transition', type: { kind: 'wipe', number: 1 }, name: 'EDGE WIPE', before: { value: 0 }, after: { value: 10 } },
      { name: 'second', reel: 'TWO', range: { start: 5 * 86400, duration: 24 } },
    ]);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('from black stand at the track\'s edge; to black leave a clip of black', () => {
    const list = read('001  BL       V     C        00:00:00:00 00:00:00:00 10:00:00:00 10:00:00:00\n001  ONE      V     D    012 01:00:00:00 01:00:02:00 10:00:00:00 10:00:02:00\n'
      + '002  ONE      V     C        01:00:02:00 01:00:02:00 10:00:02:00 10:00:02:00\n002  BL       V     D    024 00:00:00:00 00:00:01:00 10:00:02:00 10:00:03:00\n');
    expect(list.document.tracks[0]?.items.map((item) => (item.kind === 'clip' ? item.media.kind : item.kind))).toEqual(['transition', 'missing', 'transition', 'generator']);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('that begin before their cut are written as the same picture', () => {
    const { document } = read(pair);
    const items = document.tracks[0]?.items.map((item) => (item.kind === 'transition' ? { ...item, before: { value: 4, rate: rational(24) }, after: { value: 6, rate: rational(24) } } : item)) ?? [];
    const written = writeEdl({ ...document, tracks: document.tracks.map((track) => ({ ...track, items })) });
    expect(written.text).toContain('001  ONE      V     C        01:00:00:00 01:00:01:20 10:00:00:00 10:00:01:20');
    expect(written.text).toContain('002  TWO      V     W001 010 04:59:59:20 05:00:01:00 10:00:01:20 10:00:03:00');
  });
});

describe('tracks', () => {
  it('are sorted by the record, with gaps; what overlaps goes to another', () => {
    const list = read(cut('01:00:00:00 01:00:01:00', '10:00:04:00 10:00:05:00') + cut('01:00:00:00 01:00:02:00', '10:00:00:00 10:00:02:00') + cut('01:00:00:00 01:00:02:00', '10:00:01:00 10:00:03:00'));
    expect(list.document.tracks.map(({ name, items }) => [name, items.map((item) => item.kind)])).toEqual([['V1', ['clip', 'gap', 'clip']], ['V2', ['gap', 'clip']]]);
    expect(said(list, '3: overlaps another edit of V1: put on V2')).toBe(true);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it.each([
    ['V', [], 'V1'], ['V2', [], 'V2'], ['A', [], 'A1'], ['A2', [], 'A2'], ['AA', [], 'A1 A2'], ['AA/V', [], 'V1 A1 A2'], ['A2/V', [], 'V1 A2'], ['B', [], 'V1 A1'],
    ['NONE', ['AUD  3    4'], 'A3 A4'], ['V', ['AUD  3'], 'V1 A3'], ['A12', [], 'A12'],
  ])('%s %j is %s', (channel, more, names) => {
    const list = read([cut('01:00:00:00 01:00:01:00', '10:00:00:00 10:00:01:00', `001  TAPE     ${channel} C`).trim(), ...more].join('\n'));
    expect(list.document.tracks.map((track) => track.name).join(' ')).toBe(names);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('of an L-cut are unequal', () => {
    const list = read(cut('01:00:00:00 01:00:02:00', '10:00:00:00 10:00:02:00') + cut('01:00:00:00 01:00:03:00', '10:00:00:00 10:00:03:00', '001  TAPE     A     C       '));
    expect([clips(list, 0), clips(list, 1)].map((found) => found[0]?.range?.duration)).toEqual([48, 72]);
  });

  it('leave out what has no length, saying the line', () => {
    const list = read(cut('01:00:00:00 01:00:01:00', '10:00:00:00 10:00:01:00') + cut('01:00:00:00 01:00:01:00', '10:00:03:00 10:00:02:00'));
    expect([list.events, clips(list).length]).toEqual([2, 1]);
    expect(said(list, '2: ends before it begins on the record: skipped')).toBe(true);
  });
});

describe('comments', () => {
  const one = cut('01:00:00:00 01:00:02:00', '10:00:00:00 10:00:02:00');

  it('tell names, files, grades, notes and markers; what is not understood is given back', () => {
    const list = read(`TITLE: A\n* by hand\n${one}* a comment\n*FROM CLIP NAME:  shot 7\n* SOURCE FILE: A001C002.mov\n* COMMENT: keep\n* ASC_SOP: (1.1 1 .9) (0 -0.01 1e-3)(1 1 1)\n* ASC_SAT 0.5\n* LOC: 10:00:01:00 RED     fix\nODD LINE\n`);
    expect(clips(list)[0]).toMatchObject({
      name: 'shot 7', note: 'keep', media: { kind: 'file', url: 'A001C002.mov' },
      effects: [{ kind: 'cdl', slope: [1.1, 1, 0.9], offset: [0, -0.01, 0.001], saturation: 0.5 }],
      markers: [{ name: 'fix', color: 'red', range: { start: 86424, duration: 1 } }],
      metadata: { cmx_3600: { comments: ['* a comment', 'ODD LINE'] } },
    });
    expect(messages(list)).toContain('11: "ODD LINE" is not understood: kept as a comment');
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('that go on below a new star are joined', () => {
    const name = 'a name so long that its comment does not fit on one line of eighty ch';
    const list = read(`${one}* FROM CLIP NAME: ${name.slice(0, 63)} \n* ${name.slice(63)}.MP3 \n`);
    expect(clips(list)[0]?.name).toBe(`${name}.MP3`);
  });

  it('hold Resolve\'s markers', () => {
    const list = read(`${one} |C:ResolveColorBlue |M:Chapter 1 |D:5\n`);
    expect(clips(list)[0]?.markers).toMatchObject([{ name: 'Chapter 1', color: 'blue', range: { start: 86400, duration: 5 } }]);
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it.each([['BL', 'black'], ['BLACK', 'black'], ['SLUG', 'black'], ['BARS', 'bars']])('know the reel %s as %s', (reel, generator) => {
    const list = read(one.replace('TAPE', reel));
    expect(clips(list)[0]).toMatchObject({ media: { kind: 'generator', generator }, reel: null });
    expect(again(list)).toEqual(withoutLines(list.document));
  });

  it('name what reel AX does not', () => {
    expect(clips(read(`${one.replace('TAPE', 'AX')}* FROM CLIP NAME: a.mov\n`))[0]).toMatchObject({ reel: null, name: 'a.mov', media: { kind: 'file', url: 'a.mov' } });
    expect(clips(read(`${one.replace('TAPE', 'AX')}* SOURCE FILE: b.mov\n`))[0]).toMatchObject({ name: 'b.mov', media: { url: 'b.mov' } });
  });
});

describe('a document from elsewhere', () => {
  const clip = (name: string, range: DocumentClip['range'], more: Partial<DocumentClip> = {}): DocumentClip => ({
    kind: 'clip', name, isEnabled: true, range, media: { kind: 'file', url: `file:///m/${name}.mov`, name: `${name}.mov`, available: null, metadata: {} },
    reel: null, scene: null, take: null, note: null, gain: 0, effects: [], markers: [], line: null, metadata: {}, ...more,
  });
  const rate = rational(24000, 1001);
  const items: DocumentItem[] = [
    clip('plain', { start: 86400, duration: 48, rate }),
    clip('pal', { start: 90000, duration: 50, rate: rational(25) }),
    clip('slow', { start: 0, duration: 37, rate }, { effects: [{ kind: 'speed', num: 2, den: 3, name: '', metadata: {} }] }),
    clip('off', { start: 0, duration: 24, rate }, { isEnabled: false }),
    { kind: 'stack', name: 'nested', isEnabled: true, range: { start: 0, duration: 24, rate }, tracks: [], effects: [], markers: [], metadata: {} },
    clip('last', { start: 0, duration: 24, rate }, { reel: 'REEL ONE', scene: '7' }),
  ];
  const track = (type: 'video' | 'audio', name: string): DocumentTrack => ({ kind: 'track', type, name, isEnabled: true, items, range: null, markers: [], effects: [], metadata: {} });
  const written = writeEdl({ name: 'Cut', rate, start: { frame: 86400, rate, dropFrame: false }, tracks: [track('video', 'Pictures'), track('audio', 'Left'), track('audio', 'Right')], markers: [], metadata: {} });

  it('keeps rates, speeds and places; picture and sound of one clip are one event', () => {
    expect(written.text).toContain('001  AX       AA/V  C        01:00:00:00 01:00:02:00 01:00:00:00 01:00:02:00\n');
    const { document } = read(written.text);
    expect(document.rate).toEqual(rate);
    expect(document.tracks.map((each) => each.name)).toEqual(['V1', 'A1', 'A2']);
    const [plain, pal, slow] = clips(read(written.text));
    expect(plain).toMatchObject({ media: { kind: 'file', url: 'file:///m/plain.mov' } });
    expect((pal?.range?.start ?? 0) * 25).toBe(90000 * ((pal?.range?.rate.num ?? 0) / (pal?.range?.rate.den ?? 1)));
    expect(slow?.effects).toMatchObject([{ kind: 'speed', num: 2, den: 3 }]);
  });

  it('tells what it lost', () => {
    expect(written.losses.map(({ element, message }) => `${element}: ${message}`)).toEqual(expect.arrayContaining([
      expect.stringContaining('clip "off", clip "off", clip "off": is switched off'), expect.stringContaining('stack "nested", stack "nested", stack "nested": is a timeline of its own'),
      expect.stringContaining('"last": its reel has white space'), expect.stringContaining('scene and take: left out'), expect.stringContaining('the frame rate: an EDL tells none'),
    ]));
  });
});

describe('the text', () => {
  it('may end its lines with CR alone, have tabs, long reels with spaces and long numbers', () => {
    const list = read('TITLE: T\rFCM: NON-DROP FRAME\r000001\tA B C_20240101\tV\tC\t01:00:00:00 01:00:01:00 10:00:00:00 10:00:01:00\r\u001a\u001a');
    expect(clips(list)[0]).toMatchObject({ reel: 'A B C_20240101', line: 3, metadata: { cmx_3600: { event: '000001' } } });
  });

  it.each(['', 'TITLE: nothing\n* but comments\n', '{"OTIO_SCHEMA":"Timeline.1"}'])('without any edit is refused: %j', (text) => {
    let code = '';
    try { read(text); } catch (error) { code = flattenError(error).code; }
    expect(code).toBe('list.invalid');
  });

  it('may be anything: a broken line never stops the reading', () => {
    const piece = fc.constantFrom('001', 'AX', 'V', 'A2', 'C', 'D', 'W001', 'K', 'B', '025', '000', '01:00:00:00', '00:01:00;00', '23:59:59:29', '99:99:99:99', '1009', '*', 'M2', '-12.5', 'AUD', '3', 'FCM:', 'DROP', '* FROM CLIP NAME: x', '* LOC: 01:00:00:00 RED', '\n', '\n001  X V C');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const list = read(`${one()}${pieces.join(' ')}`);
      expect(again(list)).toBeDefined();
    }), { numRuns: 200 });
    function one(): string { return cut('01:00:00:00 01:00:02:00', '10:00:00:00 10:00:02:00'); }
  });

  it('of three thousand events is read whole', () => {
    const label = (seconds: number): string => [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, 0].map((part) => String(part).padStart(2, '0')).join(':');
    const text = Array.from({ length: 3000 }, (_, i) => `${String(i + 1).padStart(6, '0')}  REEL_${i} V C ${label(i)} ${label(i + 1)} ${label(i)} ${label(i + 1)}\n* FROM CLIP NAME: shot ${i}\n`).join('');
    const list = read(text);
    expect([list.events, list.document.tracks[0]?.items.length]).toEqual([3000, 3000]);
    expect(again(list)).toEqual(withoutLines(list.document));
  });
});
