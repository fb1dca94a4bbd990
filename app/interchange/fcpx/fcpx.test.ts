import { describe, expect, it } from 'vitest';
import type { DocumentClip, DocumentItem, DocumentStack, ReadDocument, TimelineDocument } from '../document.ts';
import { readEdl } from '../edl/read-edl.ts';
import { writeEdl } from '../edl/write-edl.ts';
import { readOtioDocument } from '../otio/read-document.ts';
import { writeOtioDocument } from '../otio/write-document.ts';
import { emptyTrack } from '../xml/place.ts';
import { readFcpxml } from './read.ts';
import { parseSeconds, toFrames, toRange, writeSeconds } from './seconds.ts';
import { writeFcpxml } from './write.ts';

const resources = `
  <format id="r1" frameDuration="100/2400s" width="1920" height="1080"/><format id="r2" name="FFVideoFormat1080p25"/><format id="r9" name="FFVideoFormatRateUndefined"/>
  <asset id="a" name="A" start="3600s" duration="100s" hasVideo="1" hasAudio="1" format="r1"><media-rep kind="original-media" src="file:///m/A.mov"/></asset>
  <asset id="b" name="B" start="0s" duration="100s" hasVideo="1" format="r2" src="file:///m/B.mov"/>
  <asset id="w" name="W" start="0s" duration="441000/44100s" hasAudio="1" audioRate="44100"><media-rep src="file:///m/W.wav"/></asset>
  <effect id="t" name="Basic Title" uid="x"/>`;
const project = (spine: string, more = '', attributes = 'tcStart="3600s" tcFormat="NDF"'): string => `<fcpxml version="1.9"><resources>${resources}${more}</resources><library><event name="e"><project name="p"><sequence format="r1" ${attributes}><spine>${spine}</spine></sequence></project></event></library></fcpxml>`;
const read = (text: string): ReadDocument => readFcpxml(text, { path: 'a.fcpxml', sourceRate: null });
const bare = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part)));
const seconds = (value = 0, rate = { num: 1, den: 1 }): string => writeSeconds({ num: BigInt(value) * BigInt(rate.den), den: BigInt(rate.num) }).replace(/^(-?\d+)\/(\d+)s$/, (_, num: string, den: string) => String(Number(num) / Number(den))).replace(/s$/, '');
const shape = (items: readonly DocumentItem[] = []): unknown[] => items.map((item) => {
  if (item.kind === 'gap') return ['gap', item.duration.value];
  if (item.kind === 'transition') return [item.type.kind, item.before.value, item.after.value];
  return item.kind === 'track' ? [] : [item.name, Number(seconds(item.range?.start, item.range?.rate)), Number(seconds(item.range?.duration, item.range?.rate))];
});
/** Type and items of each track; times of clips in seconds, of gaps and transitions in frames. */
const tracksOf = (document: TimelineDocument): unknown[] => document.tracks.map(({ type, items }) => [type, ...shape(items)]);
/** The tracks, after checking that writing and reading again changes nothing. */
const tracks = (text: string): unknown[] => {
  const { document } = read(text);
  expect(bare(read(writeFcpxml(document).text).document)).toEqual(bare(document));
  return tracksOf(document);
};
const clipsOf = (document: TimelineDocument): DocumentClip[] => document.tracks.flatMap(({ items }) => items).filter((item) => item.kind === 'clip');
const stackOf = (document: TimelineDocument): DocumentStack => document.tracks.flatMap(({ items }) => items).find((item) => item.kind === 'stack')!;

describe('times of FCPXML', () => {
  it('are exact fractions, whatever their size', () => {
    expect(toFrames(parseSeconds('8648640000/2400000s')!, { num: 30000, den: 1001 })).toBe(108000);
    expect(writeSeconds(parseSeconds('30030/30000s')!, { num: 30000, den: 1001 })).toBe('30030/30000s');
    expect([parseSeconds('5.5s'), parseSeconds('1/0s'), parseSeconds('x'), parseSeconds(null)]).toEqual([{ num: 11n, den: 2n }, null, null, null]);
    // 23.976 media in a timeline at 24 have no common frame but one of 1/24000 s.
    expect(toRange(parseSeconds('1001/24000s')!, parseSeconds('1/24s')!, [{ num: 24, den: 1 }, { num: 24000, den: 1001 }])).toEqual({ start: 1001, duration: 1000, rate: { num: 24000, den: 1 } });
  });
});

describe('FCPXML', () => {
  it('places the spine by the timeline\'s start, and clips on their media\'s own clock', () => {
    const text = project('<asset-clip ref="a" offset="3600s" name="1" start="3610s" duration="2s"/><gap name="Gap" offset="3602s" start="3600s" duration="1s"/><asset-clip ref="b" offset="3604s" name="2" duration="1s"/>');
    expect(tracks(text)).toEqual([['video', ['1', 3610, 2], ['gap', 24], ['gap', 24], ['2', 0, 1]]]);
    const { document, events } = read(text);
    expect([document.name, document.rate, document.start, events]).toEqual(['p', { num: 24, den: 1 }, { frame: 86400, rate: { num: 24, den: 1 }, dropFrame: false }, 2]);
    expect(clipsOf(document).map(({ line, media }) => [line, media.kind === 'file' && media.url, media.available?.start])).toEqual([[6, 'file:///m/A.mov', 86400], [6, 'file:///m/B.mov', 0]]);
  });

  it('puts what is connected on tracks above and below, by its parent\'s own time', () => {
    const inner = '<asset-clip ref="b" lane="1" offset="5s" name="higher" start="4s" duration="1s"/>';
    const text = project(`<gap offset="3600s" start="100s" duration="4s"><asset-clip ref="b" lane="1" offset="101s" name="over" start="4s" duration="2s">${inner}</asset-clip><asset-clip ref="w" lane="-2" offset="100s" name="wild" start="1s" duration="1s"/><video ref="b" lane="-1" offset="103s" name="under" duration="1s"/></gap>`);
    expect(tracks(text)).toEqual([
      ['video', ['gap', 72], ['under', 0, 1]], ['video', ['gap', 96]], ['video', ['gap', 24], ['over', 4, 2]], ['video', ['gap', 48], ['higher', 4, 1]], ['audio', ['wild', 1, 1]],
    ]);
  });

  it('reads connected storylines with their transitions; a transition\'s cut is where clips meet', () => {
    const cross = (offset: string, duration: string): string => `<transition name="Cross Dissolve" offset="${offset}" duration="${duration}"/>`;
    const lane = `<spine lane="1" offset="2s">${cross('0s', '12/24s')}<clip offset="0s" name="x" start="7s" duration="1s"><video ref="b" offset="5s" start="25s" duration="50s"><audio ref="b" lane="-1" offset="5s" duration="50s"/></video></clip>${cross('18/24s', '12/24s')}<title ref="t" offset="1s" name="y" start="3600s" duration="1s"/></spine>`;
    expect(tracks(project(`<asset-clip ref="b" offset="3600s" name="1" start="1s" duration="4s">${lane}</asset-clip>`))).toEqual([
      ['video', ['1', 1, 4]], ['video', ['gap', 24], ['dissolve', 0, 12], ['x', 27, 1], ['dissolve', 6, 6], ['y', 3600, 1]],
    ]);
  });

  it('reads speed, reverse and freeze as what is shown of the media', () => {
    const map = (...points: string[]): string => `<timeMap>${points.map((point) => `<timept time="${point.split(' ')[0]}" value="${point.split(' ')[1]}"/>`).join('')}</timeMap>`;
    const effect = (...points: string[]): unknown => {
      const text = project(`<asset-clip ref="b" offset="3600s" name="1" start="2s" duration="1s">${map(...points)}<marker start="5/2s" duration="1/24s" value="m"/></asset-clip>`);
      const [, clip] = tracks(text)[0] as unknown[];
      const item = clipsOf(read(text).document)[0]!;
      return [clip, item.effects.map((one) => one.kind === 'speed' && [one.num, one.den]), Number(seconds(item.markers[0]!.range.start, item.markers[0]!.range.rate))];
    };
    expect(effect('0s 0s', '10s 20s')).toEqual([['1', 4, 1], [[2, 1]], 5]);
    // At 2 s the picture that ends at 38 s is seen, a frame of 1/25 s; the last of the 24 is that 23 frames earlier.
    expect(effect('0s 40s', '20s 20s')).toEqual([['1', 37.04, 1], [[-1, 1]], 37.5]);
    expect(effect('0s 7s', '9s 7s')).toEqual([['1', 7, 1], [[0, 1]], 7]);
    // Twice as fast up to 2.5 s, standing still from there.
    expect(effect('0s 0s', '5/2s 5s', '9s 5s')).toEqual([['1', 4, 1], [[1, 1]], 5]);
  });

  it('begins a reversed clip\'s range at the earliest frame shown, in other formats too', () => {
    const fresh = (document: TimelineDocument): TimelineDocument => JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'metadata' ? {} : value))) as TimelineDocument;
    const back = (offset: number, start: string, frames: number, map: string): string => `<asset-clip ref="a" offset="${offset}/24s" name="${offset}" start="${start}" duration="${frames}/24s"><timeMap><timept time="0s" value="3700s"/>${map}</timeMap></asset-clip>`;
    // From 88799 down to 88765 at full speed; from 88775 by 17 at half of it, from 88727 by 36 at three halves.
    const spine = back(86400, '0s', 35, '<timept time="100s" value="3600s"/>') + back(86435, '2s', 35, '<timept time="200s" value="3600s"/>') + back(86470, '2s', 25, '<timept time="200/3s" value="3600s"/>');
    const { document } = read(project(spine));
    const shown = clipsOf(document).map(({ range }) => [range?.start, range?.duration]);
    expect(shown).toEqual([[88765, 35], [88758, 35], [88691, 25]]);
    const options = { path: '', sourceRate: { num: 24, den: 1 } };
    const lists = [document, readEdl(writeEdl(document).text, options).document, readOtioDocument(writeOtioDocument(document).text, options).document];
    for (const list of lists) {
      for (const same of [list, read(writeFcpxml(fresh(list)).text).document]) expect(clipsOf(same).map(({ range }) => [range?.start, range?.duration])).toEqual(shown);
    }
  });

  it('counts what hangs on a conformed clip at the rate of its media', () => {
    const text = project('<asset-clip ref="b" offset="3600s" name="1" start="2s" duration="50/24s"><conform-rate srcFrameRate="25"/><asset-clip ref="b" lane="1" offset="3s" name="2" start="0s" duration="1s"/></asset-clip>');
    // 25 frames of the parent are 25 frames of the timeline.
    expect((tracks(text)[1] as unknown[])[1]).toEqual(['gap', 25]);
    expect(read(text).diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('frame for frame')]);
  });

  it('opens compound clips, multicams and synchronised clips; trims what lies before them', () => {
    const media = '<media id="m" name="M"><sequence format="r1" tcStart="10s"><spine><asset-clip ref="a" offset="10s" name="in" duration="9s"/></spine></sequence></media>'
      + '<media id="c"><multicam format="r1"><mc-angle angleID="1"><asset-clip ref="a" offset="0s" name="cam1" duration="9s"/></mc-angle><mc-angle angleID="2"><gap offset="0s" duration="1s"/><asset-clip ref="b" offset="1s" name="cam2" duration="8s"/></mc-angle></multicam></media>';
    const open = (item: string): unknown => {
      const text = project(item, media);
      return [tracks(text)[0], stackOf(read(text).document).tracks.map((track) => track.kind === 'track' && [track.type, ...shape(track.items)])];
    };
    expect(open('<ref-clip ref="m" offset="3600s" name="R" start="12s" duration="2s"/>')).toEqual([['video', ['R', 2, 2]], [['video', ['in', 3600, 9]]]]);
    expect(open('<mc-clip ref="c" offset="3600s" name="C" start="2s" duration="2s"><mc-source angleID="1" srcEnable="audio"/><mc-source angleID="2" srcEnable="video"/></mc-clip>'))
      .toEqual([['video', ['C', 2, 2]], [['video', ['gap', 24], ['cam2', 0, 8]], ['audio', ['cam1', 3600, 9]]]]);
    // The sound began a second before the picture.
    const sync = '<sync-clip offset="3600s" name="S" start="21s" duration="2s"><video ref="b" offset="20s" name="v" start="5s" duration="9s"><audio ref="w" lane="-1" offset="4s" name="w" start="3s" duration="5s"/></video></sync-clip>';
    expect(open(sync)).toEqual([['video', ['S', 1, 2]], [['video', ['v', 5, 9]], ['audio', ['w', 4, 4]]]]);
    const { document, diagnostics } = read(project('<ref-clip ref="l" offset="3600s" name="L" duration="1s"/>', '<media id="l"><sequence format="r1"><spine><ref-clip ref="l" offset="0s" duration="1s"/></spine></sequence></media>'));
    expect([document.tracks.length, diagnostics.map(({ message }) => message)]).toEqual([1, [expect.stringContaining('contains itself')]]);
  });

  it('takes the chosen clip of an audition, the log, levels, and what is disabled', () => {
    const log = '<note>n</note><adjust-volume amount="-3.5dB"/><metadata><md key="com.apple.proapps.studio.reel" value="A1"/><md key="com.apple.proapps.studio.scene" value="2"/><md key="com.apple.proapps.studio.shot" value="t3"/><md key="k" value="v"/></metadata>';
    const text = project(`<audition offset="3600s"><asset-clip ref="b" name="1" start="0s" duration="1s" enabled="0">${log}</asset-clip><asset-clip ref="a" name="no" duration="1s"/></audition>`);
    expect(tracks(text)).toEqual([['video', ['1', 0, 1]]]);
    const { document } = read(text);
    expect(clipsOf(document)[0]).toMatchObject({ isEnabled: false, gain: -3.5, reel: 'A1', scene: '2', take: 't3', note: 'n' });
    expect(writeFcpxml(document).text).toMatch(/<audition offset="3600s">[^]*name="no"[^]*<\/audition>/);
  });

  it('reads a duration that is left out, sounds off the frame, drop-frame and rates by name', () => {
    const text = project('<asset-clip ref="b" offset="0s" name="1" start="90s"><asset-clip ref="w" lane="-1" offset="90s" name="w" start="100/44100s" duration="50000/44100s"/></asset-clip>', '<format id="r5" name="FFVideoFormat1080i5994"/>', 'tcStart="0s" tcFormat="DF"').replace('format="r1" tc', 'format="r5" tc');
    const { document, diagnostics } = read(text);
    expect([document.rate, document.start?.dropFrame]).toEqual([{ num: 30000, den: 1001 }, true]);
    expect(tracks(text)[0]).toEqual(['video', ['1', 90, 300 * 1001 / 30000]]);
    expect(clipsOf(document)[1]!.range).toEqual({ start: 10000, duration: 34 * 147147, rate: { num: 4_410_000, den: 1 } });
    expect(diagnostics.some(({ message }) => message.includes('the nearest is used'))).toBe(true);
  });

  it('names the projects that it leaves, keeps them, and reads a file without any as its clip', () => {
    const two = project('<gap offset="3600s" duration="1s"/>').replace('</event>', '<project name="other"><sequence format="r1"><spine/></sequence></project></event>');
    expect(read(two).diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('"other"')]);
    expect(writeFcpxml(read(two).document).text).toContain('<project name="other">');
    const alone = `<fcpxml version="1.11"><resources>${resources}</resources><asset-clip ref="b" name="1" start="1s" duration="2s"/></fcpxml>`;
    expect(tracks(alone)).toEqual([['video', ['1', 1, 2]]]);
    expect(writeFcpxml(read(alone).document).text).not.toContain('<project');
    expect(() => read('<fcpxml version="1.11"><resources/></fcpxml>')).toThrow(expect.objectContaining({ code: 'list.invalid' }));
    expect(() => read('<html/>')).toThrow(expect.objectContaining({ code: 'input.unsupported', place: { file: 'a.fcpxml' } }));
  });

  it('survives absurd rates, times and speeds', () => {
    for (const time of ['1/999999999999s', '99999999999999999999s', '-3/7s', '0s', '1/0s', 'x']) {
      const text = project(`<asset-clip ref="b" offset="3600s" name="1" start="${time}" duration="1s"><conform-rate srcFrameRate="${time}"/><timeMap><timept time="0s" value="${time}"/><timept time="1/9999999s" value="9s"/></timeMap><video ref="b" lane="1" offset="${time}" duration="1s"/></asset-clip>`, `<format id="r5" frameDuration="${time}"/>`);
      for (const format of ['r1', 'r5']) expect(writeFcpxml(read(text.replace('format="r1" tc', `format="${format}" tc`)).document).text).toContain('<spine>');
    }
    // Each level begins before its parent: that costs its length, not two to the power of it.
    const deep = Array.from({ length: 50 }).reduce<string>((inner) => `<sync-clip offset="5s" duration="9s"><gap offset="5s" duration="9s"><sync-clip lane="1" offset="-1s" start="1s" duration="9s">${inner}</sync-clip></gap></sync-clip>`, '');
    expect(read(project(deep)).events).toBe(0);
  });

  it('keeps filters, keywords and roles in the order that Final Cut demands, and leaves out nothing', () => {
    const item = '<asset-clip ref="b" offset="3600s" name="1" start="0s" duration="1s" audioRole="dialogue"><conform-rate scaleEnabled="0" srcFrameRate="25"/><adjust-blend amount="0.5"/><adjust-volume amount="2dB"/><caption lane="1" offset="0s" duration="1s" role="x"/><title ref="t" lane="2" offset="0s" name="T" duration="1s"/><keyword start="0s" duration="1s" value="k"/><chapter-marker start="0s" duration="1/24s" value="m" posterOffset="1/24s"/><audio-channel-source srcCh="1"/><filter-video ref="t" name="F"/><metadata><md key="k" value="v"/></metadata></asset-clip>';
    const { document, diagnostics } = read(project(item));
    const { text, losses } = writeFcpxml(document);
    const order = ['conform-rate', 'adjust-blend', 'adjust-volume', 'caption', 'title', 'keyword', 'chapter-marker', 'audio-channel-source', 'filter-video', 'metadata'];
    const places = order.map((name) => text.lastIndexOf(`<${name} `) + text.lastIndexOf(`<${name}>`));
    expect([places.every((place) => place > 0), places]).toEqual([true, places.toSorted((a, b) => a - b)]);
    expect([losses, text.includes('audioRole="dialogue"'), text.includes('version="1.11"')]).toEqual([[], true, true]);
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('captions'), expect.stringContaining('adjust-blend'), expect.stringContaining('"F"')]);
  });

  it('refers to new media where a clip was relinked, inside old wrappers too, and to a new compound clip where one was changed', () => {
    const wrapped = '<clip offset="3600s" name="1" start="0s" duration="1s"><video ref="b" offset="0s" duration="9s"><audio ref="b" lane="-1" offset="0s" duration="9s"/></video></clip>';
    const media = '<media id="m" name="M"><sequence format="r1"><spine><asset-clip ref="b" offset="0s" name="in" start="0s" duration="9s"/></spine></sequence></media>';
    const { document } = read(project(`${wrapped}<ref-clip ref="m" offset="3601s" name="R" duration="2s"/>`, media));
    const relink = <T extends DocumentItem>(item: T): T => (item.kind === 'clip' && item.media.kind === 'file' ? { ...item, media: { ...item.media, url: '/new/B 2.mov' } }
      : item.kind === 'stack' ? { ...item, tracks: item.tracks.map(relink) } : item.kind === 'track' ? { ...item, items: item.items.map(relink) } : item);
    const moved = read(writeFcpxml({ ...document, tracks: document.tracks.map(relink) }).text).document;
    expect(clipsOf(moved)[0]).toMatchObject({ media: { url: 'file:///new/B%202.mov' }, metadata: { fcpx: { element: 'clip' } } });
    expect(stackOf(moved).tracks).toMatchObject([{ items: [{ name: 'in', media: { url: 'file:///new/B%202.mov' } }] }]);
    expect(tracksOf(moved)).toEqual(tracksOf(document));
  });

  it('writes timelines of other formats: one spine, lanes, something for each to hang on, losses by name', () => {
    const rate = { num: 30000, den: 1001 };
    const item = (name: string, start: number, duration: number): DocumentClip => ({
      kind: 'clip', name, isEnabled: true, range: { start, duration, rate }, media: { kind: 'file', url: `/m/${name}.mov`, name, available: { start: 0, duration: 900, rate }, metadata: {} },
      reel: 'R', scene: null, take: null, note: null, gain: 0, effects: [{ kind: 'speed', num: -1, den: 2, name: '', metadata: {} }], markers: [], line: null, metadata: {},
    });
    const gap = (frames: number): DocumentItem => ({ kind: 'gap', name: '', isEnabled: true, duration: { value: frames, rate }, effects: [], markers: [], metadata: {} });
    const cross: DocumentItem = { kind: 'transition', name: '', type: { kind: 'dissolve' }, before: { value: 3, rate }, after: { value: 4, rate }, metadata: {} };
    const high = [gap(5), item('c', 400, 20), cross, item('d', 500, 20), gap(50), item('e', 600, 10)];
    const { text, losses } = writeFcpxml({
      name: 'n', rate, start: { frame: 107892, rate, dropFrame: true }, markers: [{ name: 'mark', comment: '', color: 'red', range: { start: 12, duration: 1, rate }, metadata: {} }], metadata: {},
      tracks: [{ ...emptyTrack('video', [item('a', 100, 10), item('b', 200, 10)]), name: 'V1' }, emptyTrack('video', high), emptyTrack('audio', [gap(3), item('s', 300, 30)])],
    });
    const { document } = read(text);
    const at = (frames: number): number => frames * 1001 / 30000;
    expect(tracksOf(document)).toEqual([
      ['video', ['a', at(100), at(10)], ['b', at(200), at(10)], ['gap', 76]],
      ['video', ['gap', 5], ['c', at(400), at(20)], ['dissolve', 3, 4], ['d', at(500), at(20)], ['gap', 50], ['e', at(600), at(10)]],
      ['audio', ['gap', 3], ['s', at(300), at(30)]],
    ]);
    expect([document.start, clipsOf(document).map(({ effects, reel }) => [effects[0]?.kind === 'speed' && effects[0].num / effects[0].den, reel])]).toEqual([{ frame: 107892, rate, dropFrame: true }, Array.from({ length: 6 }, () => [-0.5, 'R'])]);
    expect(clipsOf(document)[1]!.markers).toMatchObject([{ name: 'mark' }]);
    expect(losses.map(({ message }) => message).toSorted()).toEqual([
      'colours of markers are left out', 'markers of the timeline are written on the clips below them', 'names of tracks are left out', expect.stringContaining('1920x1080'),
    ]);
  });
});
