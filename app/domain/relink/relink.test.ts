import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '../rational.ts';
import type { MediaCandidate, WantedMedia } from './model.ts';
import { nameOfAddress, nameOfPath } from './media-name.ts';
import { NameIndex, wantedNames } from './name-index.ts';
import { relink } from './relink.ts';

type Facts = { frames?: number; fps?: number; tc?: number | null; reel?: string | null; id?: string; channels?: number };

const hour = 86_400;
const wanted = (parts: Partial<WantedMedia>): WantedMedia => ({
  name: '', kind: 'picture', address: '', fileNames: [], reel: null, identities: [], range: { start: 10, duration: 20, rate: rational(24) }, available: null, channels: null, handles: 0, ...parts,
});
const candidate = (path: string, { frames = 100, fps = 24, tc = null, reel = null, id = path, channels = 2 }: Facts = {}): MediaCandidate => ({
  path, first: null, reel, problem: null,
  media: {
    fingerprint: id, frames, rate: rational(fps), isStill: false, picture: { codec: 'h264', width: 16, height: 9, pixelFormat: 'yuv420p' }, sound: { codec: 'aac', channels, sampleRate: 48_000 },
    timecode: tc === null ? null : { frame: tc, dropFrame: false }, bytes: 1, created: null,
  },
});

/** All files are candidates of all clips, so that nothing hides behind the choice by names. */
function link(clips: readonly WantedMedia[], files: readonly MediaCandidate[], answers?: ReadonlyMap<number, string>) {
  const named = new NameIndex(files).all;
  return relink(clips.map((each) => ({ wanted: each, candidates: files.map((file, place) => ({ named: named[place] ?? { ...file, name: nameOfPath(file.path) }, candidate: file })) })), answers);
}
const told = (clips: readonly WantedMedia[], files: readonly MediaCandidate[]) => link(clips, files).map(({ status, chosen }) => (chosen ? chosen.candidate.path : status));

describe('names', () => {
  it.each([
    ['file://localhost/Volumes/RAID/Day%201/A%C3%89.mov', '/volumes/raid', 'day 1', 'aé.mov'], ['/Volumes/RAID/Day 1/AE\u0301.MOV', '/volumes/raid', 'day 1', 'aé.mov'],
    ['\\\\server\\share\\day 1\\a.mov', '//server/share', 'day 1', 'a.mov'], ['file://server/share/day%201/a.mov', '//server/share', 'day 1', 'a.mov'],
    ['D:\\day 1\\a.mov', 'd:', 'day 1', 'a.mov'], ['file:///D:/day%201/a.mov', 'd:', 'day 1', 'a.mov'], ['day 1/100%.mov', '', 'day 1', '100%.mov'],
    ['x/plate.%04d.exr', '', 'x', 'plate.#.exr'], ['x/plate.####.exr', '', 'x', 'plate.#.exr'], ['file:///x/plate.%2504d.exr', '', 'x', 'plate.#.exr'], ['x/plate.[0001-0100].dpx', '', 'x', 'plate.#.dpx'],
    ['x/Take #3.mov', '', 'x', 'take #3.mov'],
  ])('%s', (address, volume, folders, file) => {
    const name = nameOfAddress(address);
    expect([name.volume, name.folders.join('/'), name.file]).toEqual([volume, folders, file]);
  });

  it('leave few of many, whatever the clip is called', () => {
    const index = new NameIndex(['/m/A001C003_150412_R1AB.mov', '/m/proxies/A001C003_150412_R1AB_Proxy.mp4', '/m/sh010_comp_v003.mov', '/m/plate.%04d.exr', '/m/other.mov'].map((path) => ({ path, first: null })));
    const find = (parts: Partial<WantedMedia>) => index.find(wantedNames(wanted(parts)), true).map(({ path }) => path);
    expect(find({ reel: 'A001C003' })).toEqual(['/m/A001C003_150412_R1AB.mov', '/m/proxies/A001C003_150412_R1AB_Proxy.mp4']);
    expect(find({ reel: 'A001C0' })).toHaveLength(2);
    expect(find({ address: 'file:///old/a001c003_150412_r1ab.MXF' })).toHaveLength(2);
    expect(find({ name: 'sh010_comp_v001' })).toEqual(['/m/sh010_comp_v003.mov']);
    expect(find({ address: 'x/plate.0017.exr' })).toEqual(['/m/plate.%04d.exr']);
    expect(find({ name: 'elsewhere', reel: 'A0' })).toEqual([]);
  });
});

describe('relink', () => {
  it('goes by the strongest evidence, and says which', () => {
    const range = { start: hour + 10, duration: 20, rate: rational(24) };
    const clip = wanted({ name: 'Shot', address: '/old/day1/a.mov', reel: 'R7', identities: ['same'], range });
    const ladder = [
      candidate('/n/renamed.mov', { tc: hour, id: 'same' }), candidate('/old/day1/a.mov', { tc: hour }), candidate('/n/b.mov', { tc: hour, reel: 'r7' }), candidate('/n/x/A.mov', { tc: hour }),
      candidate('/n/a.mp4', { tc: hour }), candidate('/n/r7_001.mov', { tc: hour }), candidate('/n/shot.mov', { tc: hour }),
    ];
    const order = ladder.map((_, from) => link([clip], ladder.slice(from))[0]?.chosen);
    expect(order.map((chosen) => chosen?.evidence)).toEqual(['identity', 'path', 'reelTimecode', 'file', 'stem', 'name', 'name']);
    expect(order[3]?.reason).toBe('the file is called the same; it covers the clip by timecode');
  });

  it('tells apart why a file of the right name is not it', () => {
    const clip = wanted({ address: 'a.mov', range: { start: hour, duration: 50, rate: rational(24) }, channels: 2 });
    const status = (facts: Facts, parts: Partial<WantedMedia> = {}) => {
      const [found] = link([{ ...clip, ...parts }], [candidate('/n/a.mov', facts)]);
      return [found?.status, found?.reason.split('; ')[1]?.split(':')[0]];
    };
    expect(status({ tc: hour })).toEqual(['found', 'it covers the clip by timecode']);
    expect(status({ tc: hour + 10 })).toEqual(['partial', 'partial']);
    expect(link([clip], [candidate('/n/a.mov', { tc: hour + 10, frames: 30 })])[0]?.reason).toContain('of 50 frames it lacks 10 at the head and 10 at the tail');
    expect(status({ tc: hour }, { handles: 5 })).toEqual(['partial', 'partial']);
    expect(status({ tc: hour - 5 }, { handles: 5 })).toEqual(['found', 'it covers the clip by timecode']);
    expect(status({ tc: 2 * hour })).toEqual(['elsewhere', 'other timecode']);
    expect(status({ tc: hour, fps: 25 })).toEqual(['rate', 'rate mismatch']);
    expect(status({ tc: hour, channels: 1 })).toEqual(['kind', 'channel count']);
    expect(status({})).toEqual(['noTimecode', 'no timecode']);
    expect(status({}, { available: { start: hour, duration: 100, rate: rational(24) } })).toEqual(['found', 'it covers the clip from its first frame']);
    expect(told([wanted({ address: 'sh_v003.mov' })], [candidate('/n/sh_v004.mov')])).toEqual(['version']);
    expect(told([wanted({ name: 'x', available: { start: 0, duration: 100, rate: rational(24) } })], [candidate('/n/else.mov')])).toEqual(['weak']);
    expect(told([clip], [])).toEqual(['missing']);
  });

  it('asks where two are as good as each other, but not about copies', () => {
    const clip = wanted({ address: '/old/a.mov' });
    expect(told([clip], [candidate('/n/1/a.mov'), candidate('/n/2/a.mov')])).toEqual(['ambiguous']);
    expect(told([clip], [candidate('/n/1/a.mov', { id: 'x' }), candidate('/n/2/a.mov', { id: 'x' })])).toEqual(['/n/1/a.mov']);
    expect(told([wanted({ address: '/old/2/a.mov' })], [candidate('/n/1/a.mov'), candidate('/n/2/a.mov')])).toEqual(['/n/2/a.mov']);
  });

  it('learns from what is clear, and from an answer, for the siblings', () => {
    const clips = ['a', 'b', 'c'].map((name) => wanted({ address: `/old/day/${name}.mov` }));
    const files = ['/n/1/a.mov', '/n/2/a.mov', '/n/1/c.mov', '/n/2/c.mov'].map((path) => candidate(path));
    expect(told(clips, [...files, candidate('/n/2/b.mov')])).toEqual(['/n/2/a.mov', '/n/2/b.mov', '/n/2/c.mov']);
    expect(told(clips, files)).toEqual(['ambiguous', 'missing', 'ambiguous']);
    const answered = link(clips, files, new Map([[2, '/n/1/c.mov']]));
    expect(answered.map(({ chosen }) => chosen?.candidate.path)).toEqual(['/n/1/a.mov', undefined, '/n/1/c.mov']);
    expect(answered[0]?.reason).toContain('its siblings were found there');
    // Folders that moved together, though the files lie in others.
    expect(told([wanted({ address: '/old/1/a.mov' }), wanted({ address: '/old/x/c.mov' })], [candidate('/n/1/a.mov'), candidate('/n/x/y/c.mov'), candidate('/n/x/c.mov')])).toEqual(['/n/1/a.mov', '/n/x/c.mov']);
  });

  it('never depends on the order of clips or files, and never chooses what does not cover', () => {
    const names = fc.constantFrom('a', 'b', 'c');
    const folders = fc.constantFrom('1', '2', '3');
    const file = fc.record({ folder: folders, name: names, frames: fc.constantFrom(20, 100) }).map(({ folder, name, frames }) => candidate(`/n/${folder}/${name}.mov`, { frames }));
    const files = fc.uniqueArray(file, { selector: ({ path }) => path, maxLength: 6 });
    fc.assert(fc.property(fc.uniqueArray(names, { minLength: 1 }), folders, files, (wantedNamesOf, folder, listed) => {
      const clips = wantedNamesOf.map((name) => wanted({ address: `/old/${folder}/${name}.mov` }));
      const forwards = link(clips, listed);
      expect(told(clips.toReversed(), listed.toReversed()).toReversed()).toEqual(forwards.map(({ status, chosen }) => chosen?.candidate.path ?? status));
      for (const { chosen } of forwards) expect(chosen === null || chosen.coverage.fit === 'covers').toBe(true);
    }), { numRuns: 200 });
  });
});
