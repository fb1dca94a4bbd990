import { describe, expect, it } from 'vitest';
import type { DocumentClip, DocumentItem, ReadDocument, TimelineDocument } from '../document.ts';
import { readEdl } from '../edl/read-edl.ts';
import { writeEdl } from '../edl/write-edl.ts';
import { readOtioDocument } from '../otio/read-document.ts';
import { writeOtioDocument } from '../otio/write-document.ts';
import { emptyTrack } from '../xml/place.ts';
import { readFcp7 } from './read.ts';
import { writeFcp7 } from './write.ts';

const rateOf = (timebase: string, ntsc = 'FALSE'): string => `<rate><timebase>${timebase}</timebase><ntsc>${ntsc}</ntsc></rate>`;
const file = (more = ''): string => `<file id="f1"><name>a.mov</name><pathurl>file://localhost/m/a%20b.mov</pathurl>${rateOf('24')}<duration>500</duration><timecode>${rateOf('24')}<frame>86400</frame><displayformat>NDF</displayformat><reel><name>A001</name></reel></timecode>${more}</file>`;
const clip = (start: number, end: number, from: number, to: number, more = file()): string => `<clipitem id="c${start}-${end}-${from}"><name>c</name><start>${start}</start><end>${end}</end><in>${from}</in><out>${to}</out>${more}</clipitem>`;
const sequence = (video: string, audio = '', rate = rateOf('24')): string => `<xmeml version="5"><sequence><name>s</name>${rate}<media><video><track>${video}</track></video><audio>${audio && `<track>${audio}</track>`}</audio></media></sequence></xmeml>`;
const read = (text: string): ReadDocument => readFcp7(text, { path: 'a.xml', sourceRate: null });
const shape = (items: readonly DocumentItem[] = []): unknown[] => items.map((item) => {
  if (item.kind === 'gap') return ['gap', item.duration.value];
  if (item.kind === 'transition') return [item.type.kind, item.before.value, item.after.value];
  return item.kind === 'track' ? [] : [item.kind, item.range?.start, item.range?.duration];
});
const shapeOf = (text: string): unknown[] => shape(read(text).document.tracks[0]?.items);
const firstClip = (document: TimelineDocument): DocumentClip => document.tracks.flatMap(({ items }) => items).find((item) => item.kind === 'clip')!;
const again = (document: TimelineDocument): TimelineDocument => read(writeFcp7(document).text).document;
const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part)));
const remap = (speed: string, reverse = 'FALSE'): string => `<filter><effect><name>Time Remap</name><effectid>timeremap</effectid><parameter><parameterid>speed</parameterid><valuemin>-100000</valuemin><valuemax>100000</valuemax><value>${speed}</value></parameter><parameter><parameterid>reverse</parameterid><value>${reverse}</value></parameter></effect></filter>`;
const dissolve = (start: number, end: number, more: string): string => `<transitionitem><start>${start}</start><end>${end}</end>${more}<effect><name>Cross Dissolve</name><effectid>Cross Dissolve</effectid></effect></transitionitem>`;

describe('Final Cut Pro 7 XML', () => {
  it('counts in from the media\'s start and out exclusive, on the media\'s timecode; gaps are where nothing lies', () => {
    const { document, events } = read(sequence(clip(10, 30, 5, 25)));
    expect(shape(document.tracks[0]!.items)).toEqual([['gap', 10], ['clip', 86405, 20]]);
    expect(firstClip(document)).toMatchObject({ reel: 'A001', line: 1, media: { kind: 'file', url: 'file://localhost/m/a%20b.mov', available: { start: 86400, duration: 500 } } });
    expect(events).toBe(1);
  });

  it('derives -1 beside a transition from its far end: both clips meet at the cut', () => {
    const both = (more: string): unknown[] => shapeOf(sequence(clip(0, -1, 0, 60) + dissolve(40, 60, more) + clip(-1, 100, 7, 67)));
    expect(both('<alignment>center</alignment>')).toEqual([['clip', 86400, 50], ['dissolve', 10, 10], ['clip', 86417, 50]]);
    expect(both('<alignment>start</alignment>')).toEqual([['clip', 86400, 40], ['dissolve', 0, 20], ['clip', 86407, 60]]);
    // 4 of the 20 frames, in Premiere's ticks.
    expect(both('<alignment>center</alignment><cutPointTicks>42336000000</cutPointTicks>')).toEqual([['clip', 86400, 44], ['dissolve', 4, 16], ['clip', 86411, 56]]);
    expect(shapeOf(sequence(clip(0, -1, 0, 60) + dissolve(40, 60, '<alignment>end-black</alignment>')))).toEqual([['clip', 86400, 60], ['dissolve', 20, 0]]);
    expect(shapeOf(sequence(`${dissolve(10, 30, '')}${clip(-1, 50, 0, 40)}`))).toEqual([['gap', 10], ['dissolve', 0, 20], ['clip', 86400, 40]]);
  });

  it('inherits rates from sequence to clip to file, ntsc missing or not', () => {
    const bareFile = '<file id="x"><name>x</name><pathurl>x.mov</pathurl><duration>90</duration></file>';
    const { document } = read(sequence(clip(0, 30, 0, 30, bareFile), '', '<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>'));
    expect(document.rate).toEqual({ num: 30000, den: 1001 });
    expect(firstClip(document).media.available).toEqual({ start: 0, duration: 90, rate: { num: 30000, den: 1001 } });
    expect(read(sequence('', '', '<rate><timebase>29.97</timebase></rate>')).document.rate).toEqual({ num: 30000, den: 1001 });
    // A clip at 12 in a sequence at 24: in and out count at 12, start and end at 24, and no speed is made up.
    const half = read(sequence(clip(0, 40, 5, 25, rateOf('12') + file())));
    expect(shape(half.document.tracks[0]!.items)).toEqual([['clip', 86410, 40]]);
    expect([half.diagnostics, firstClip(half.document).effects]).toEqual([[], []]);
  });

  it('takes in and out from Premiere\'s ticks where frames are missing', () => {
    const ticks = '<clipitem><name>c</name><start>0</start><end>20</end><pproTicksIn>52920000000</pproTicksIn><pproTicksOut>264600000000</pproTicksOut>';
    expect(shapeOf(sequence(`${ticks}${file()}</clipitem>`))).toEqual([['clip', 86405, 20]]);
  });

  it('reads speed, reverse and freeze: in and out count in frames as they play', () => {
    const speed = (more: string): unknown => {
      const { document } = read(sequence(clip(0, 20, 40, 60, file() + more)));
      expect(bare(again(document))).toEqual(bare(document));
      const item = firstClip(document);
      const effect = item.effects.find(({ kind }) => kind === 'speed');
      return [item.range?.start, item.range?.duration, effect?.kind === 'speed' && [effect.num, effect.den]];
    };
    expect(speed(remap('200'))).toEqual([86480, 20, [2, 1]]);
    expect(speed(remap('12.5'))).toEqual([86405, 20, [1, 8]]);
    // From the last of 500 frames backward: frames 459 to 440.
    expect(speed(remap('100', 'TRUE'))).toEqual([86840, 20, [-1, 1]]);
    expect(speed(remap('0'))).toEqual([86440, 20, [0, 1]]);
    expect(speed('<stillframe>TRUE</stillframe>')).toEqual([86440, 20, [0, 1]]);
  });

  it('begins a reversed clip\'s range at the earliest frame shown, beside transitions and in other formats too', () => {
    const fresh = (document: TimelineDocument): TimelineDocument => JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'metadata' ? {} : value))) as TimelineDocument;
    const back = (percent: string): string => file() + remap(percent, 'TRUE');
    // At half speed 35 frames show 18 of the media, from 499 less 20 down to 462; the second begins at 499 less 105.
    const mixed = read(sequence(clip(0, -1, 40, 80, back('50')) + dissolve(30, 40, '<alignment>center</alignment>') + clip(-1, 60, 100, 130, back('100')))).document;
    expect(shape(mixed.tracks[0]!.items)).toEqual([['clip', 86862, 35], ['dissolve', 5, 5], ['clip', 86770, 25]]);
    const cut = read(sequence(clip(0, 35, 40, 75, back('50')) + clip(35, 60, 100, 125, back('150')))).document;
    const shown = shape(cut.tracks[0]!.items);
    expect(shown).toEqual([['clip', 86862, 35], ['clip', 86713, 25]]);
    const options = { path: '', sourceRate: { num: 24, den: 1 } };
    const lists = [mixed, readEdl(writeEdl(cut).text, options).document, readOtioDocument(writeOtioDocument(cut).text, options).document];
    expect(lists.slice(1).map(({ tracks }) => shape(tracks[0]!.items))).toEqual([shown, shown]);
    // An EDL does not tell how long its media are.
    for (const list of lists) expect(shape(again(fresh(list)).tracks[0]!.items)).toEqual(shape(list.tracks[0]!.items));
  });

  it('makes no speed of unequal lengths, and says so where it is more than a frame', () => {
    expect(read(sequence(clip(0, 20, 0, 21))).diagnostics).toEqual([]);
    const { document, diagnostics } = read(sequence(clip(0, 20, 0, 31)));
    expect(diagnostics.map(({ line, message }) => [line, message])).toEqual([[1, expect.stringContaining('31 frames')]]);
    expect(firstClip(document).effects).toEqual([]);
  });

  it('skips what has no length, and puts overlaps on a track of their own', () => {
    const { document, diagnostics } = read(sequence(clip(0, 20, 0, 20) + clip(20, 20, 0, 0) + clip(50, 40, 0, 10) + clip(10, 30, 100, 120)));
    expect(document.tracks.map(({ items }) => shape(items))).toEqual([[['clip', 86400, 20]], [['gap', 10], ['clip', 86500, 20]]]);
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('no length'), expect.stringContaining('overlap')]);
  });

  it('finds files and nested sequences by id wherever they are defined, and survives a sequence that contains itself', () => {
    const nested = `<sequence id="n"><name>inner</name>${rateOf('24')}<media><video><track>${clip(0, 50, 0, 50)}${clip(50, 60, 0, 10, '<sequence id="n"/>')}</track></video></media></sequence>`;
    const { document, diagnostics } = read(sequence(clip(0, 20, 0, 20, '<file id="f1"/>') + clip(20, 40, 5, 25, '<sequence id="n"/>') + clip(40, 60, 0, 20, nested) + clip(60, 70, 0, 10, '<file id="gone"/>')));
    expect(shape(document.tracks[0]!.items)).toEqual([['clip', 86400, 20], ['stack', 5, 20], ['stack', 0, 20], ['clip', 0, 10]]);
    expect(firstClip(document).media.kind).toBe('file');
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('contains itself'), expect.stringContaining('defined nowhere')]);
    const text = writeFcp7(document).text;
    expect(text.match(/<sequence id="n">/g)).toHaveLength(1);
    expect(text.match(/<pathurl>/g)).toHaveLength(1);
    expect(bare(again(document))).toEqual(bare(document));
  });

  it('reads levels, grades, wipes, slugs, markers and what is disabled', () => {
    const level = '<filter><effect><name>Audio Levels</name><effectid>audiolevels</effectid><parameter><parameterid>level</parameterid><value>0.5</value></parameter></effect></filter>';
    const grade = '<colorinfo><lut/><asc_sop>(1.1 1 1)(0 0.1 0)(1 1 0.9)</asc_sop><asc_sat>0.8</asc_sat></colorinfo>';
    const mark = '<marker><name>m</name><comment>why</comment><in>3</in><out>-1</out><color><alpha>0</alpha><red>250</red><green>10</green><blue>0</blue></color></marker>';
    const wipe = '<transitionitem><start>15</start><end>25</end><alignment>center</alignment><effect><name>Edge Wipe</name><effectid>Wipe</effectid><wipecode>43</wipecode></effect></transitionitem>';
    const slug = '<generatoritem><name>Slug</name><start>-1</start><end>40</end><in>0</in><out>25</out><effect><name>Slug</name><effectid>Slug</effectid></effect></generatoritem>';
    const { document } = read(sequence(clip(0, -1, 0, 25, `<enabled>FALSE</enabled>${file()}${grade}${mark}`) + wipe + slug, clip(0, 20, 0, 20, file() + level)));
    const [first, transition, black] = document.tracks[0]!.items;
    expect(first).toMatchObject({
      isEnabled: false, markers: [{ name: 'm', comment: 'why', color: 'red', range: { start: 86403, duration: 0 } }],
      effects: [{ kind: 'cdl', slope: [1.1, 1, 1], offset: [0, 0.1, 0], power: [1, 1, 0.9], saturation: 0.8 }],
    });
    expect(transition).toMatchObject({ type: { kind: 'wipe', number: 43 }, before: { value: 5 }, after: { value: 5 } });
    expect(black).toMatchObject({ kind: 'clip', media: { kind: 'generator', generator: 'black' }, range: { start: 5, duration: 20 } });
    expect(document.tracks[1]!.items[0]).toMatchObject({ gain: -6.0206 });
    expect(bare(again(document))).toEqual(bare(document));
  });

  it('keeps and gives back what it does not understand, and links only to clips that are still there', () => {
    const linked = '<link><linkclipref>c0-20-0</linkclipref></link><link><linkclipref>a</linkclipref><groupindex>1</groupindex></link><colorinfo/><masterclipid>mc</masterclipid>';
    const filter = '<filter><effect><name>Blur</name><effectid>blur</effectid></effect></filter>';
    const { document, diagnostics } = read(sequence(clip(0, 20, 0, 20, file('<media><audio/></media>') + linked + filter), `<clipitem id="a"><name>a</name><start>5</start><end>9</end><in>0</in><out>4</out><file id="f1"/></clipitem>`));
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('"Blur" is kept')]);
    const { text, losses } = writeFcp7(document);
    expect(losses).toEqual([]);
    for (const part of ['<masterclipid>mc</masterclipid>', '<effectid>blur</effectid>', '<colorinfo/>', '<linkclipref>a</linkclipref>', '<trackindex>1</trackindex>']) expect(text).toContain(part);
    const cut = { ...document, tracks: document.tracks.slice(0, 1) };
    expect(writeFcp7(cut).text).not.toContain('<linkclipref>a</linkclipref>');
  });

  it('writes timelines of other formats: handles beside transitions, one file for one medium, losses by name', () => {
    const rate = { num: 24, den: 1 };
    const media = { kind: 'file', url: '/m/ä #1.mov', name: '', available: { start: 86400, duration: 100, rate }, metadata: {} } as const;
    const item = (start: number, duration: number): DocumentClip => ({
      kind: 'clip', name: 'x', isEnabled: true, range: { start, duration, rate }, media, reel: null, scene: null, take: null, note: 'n', gain: 0, line: null, markers: [], metadata: {},
      effects: [{ kind: 'other', name: 'Glow', metadata: {} }],
    });
    const cross = (before: number, after: number): DocumentItem => ({ kind: 'transition', name: '', type: { kind: 'dissolve' }, before: { value: before, rate }, after: { value: after, rate }, metadata: {} });
    const track = emptyTrack('video', [item(86410, 20), cross(5, 7), item(86440, 20), cross(4, 4), item(86401, 30)]);
    const { text, losses } = writeFcp7({ name: 'n', rate, start: { frame: 1800, rate: { num: 30000, den: 1001 }, dropFrame: true }, tracks: [track], markers: [], metadata: {} });
    const { document } = read(text);
    // The third clip has one frame before it, so its transition may not reach back four.
    expect(shape(document.tracks[0]!.items)).toEqual([['clip', 86410, 20], ['dissolve', 5, 7], ['clip', 86440, 20], ['dissolve', 1, 4], ['clip', 86401, 30]]);
    expect(text.match(/<pathurl>/g)).toEqual(['<pathurl>']);
    expect(text).toContain('file://localhost/m/%C3%A4%20%231.mov');
    expect(losses.map(({ message }) => message)).toEqual([expect.stringContaining('"Glow" is left out'), expect.stringContaining('shortened')]);
    expect(document.start).toEqual({ frame: 1441, rate, dropFrame: false });
  });

  it('survives absurd rates and places', () => {
    for (const timebase of ['0.0001', '1e999', '999999999999999999999999', '-24', '']) {
      const { document } = read(sequence(clip(0, 20, 0, 20, rateOf(timebase, 'TRUE') + file() + remap('1e300')) + clip(99999999999999, Number.MAX_SAFE_INTEGER, 0, 9), '', rateOf(timebase, 'TRUE')));
      expect(writeFcp7(document).text).toContain('<clipitem');
    }
  });

  it('refuses what is no timeline, naming the file', () => {
    expect(() => read('<filter/>')).toThrow(expect.objectContaining({ code: 'input.unsupported', place: { file: 'a.xml' } }));
    expect(() => read('<xmeml version="5"><clip/></xmeml>')).toThrow(expect.objectContaining({ code: 'list.invalid' }));
    const bomb = Array.from({ length: 40 }, (_, n) => `<sequence id="n${n}"><name>n</name><media><video><track>${clip(0, 9, 0, 9, `<sequence id="n${n + 1}"/>`)}${clip(9, 18, 0, 9, `<sequence id="n${n + 1}"/>`)}${clip(18, 20, 0, 2)}</track></video></media></sequence>`).join('');
    expect(() => read(`<xmeml version="5"><project><children>${bomb}</children></project></xmeml>`)).toThrow(/more than 200000 clips/);
  });
});
