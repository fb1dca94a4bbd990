/** Codecs whose decoder configuration stands once for the whole movie, or again at every key frame. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withShortLengths } from '../native/isobmff/read/fixtures/short-lengths.ts';
import { eventOf, Place } from './fixtures/command.ts';
import { barCodes, codesOf, frameHashes } from './fixtures/judge.ts';
import { h264, makeShot, tags709 } from './fixtures/shots.ts';
import { missing } from './fixtures/tools.ts';

const frames = 48;
const mpeg4 = ['-c:v', 'mpeg4', '-q:v', '2', '-g', '12', '-bf', '2', ...tags709];
const quarter = ['-flags', '+qpel+mv4', '-mpeg_quant', '1'];
const av1 = ['-c:v', 'libaom-av1', '-cpu-used', '8', '-crf', '20', '-g', '12', ...tags709];

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('decoder configurations', () => {
  let place: Place;
  const shots: readonly (readonly [string, readonly string[]])[] = [
    ['plain.mp4', mpeg4], ['like.mp4', mpeg4], ['quarter.mp4', [...mpeg4, ...quarter]], ['aom.mp4', av1], ['small.mp4', [...av1, '-tile-columns', '1', '-aom-params', 'enable-cdef=0:enable-restoration=0:sb-size=64']],
  ];
  beforeAll(() => {
    place = new Place();
    shots.forEach(([name, picture], shot) => makeShot(place.path(name), { shot, frames, picture, sound: null }));
  });
  afterAll(() => place[Symbol.dispose]());

  it.each([
    ['plain.mp4,,', 'like.mp4,,', 'copy'],
    ['plain.mp4,,', 'quarter.mp4,,', 'encode'],
    ['quarter.mp4,,', 'quarter.mp4,5,40', 'encode'],
    ['aom.mp4,,', 'small.mp4,,', 'copy'],
    ['aom.mp4,5,40', 'small.mp4,,', 'mixed'],
  ] as const)('%s %s: %s', (first, second, step) => {
    const name = `${[first, second].join(' ').replaceAll(/[.,]/g, ' ')}.mp4`;
    const done = place.stringout('assemble', place.list('list.csv', [first, second]), '-o', name, '--json');
    expect(done.code).toBe(0);
    const rows = [first, second].map((row) => {
      const [file = '', from, to] = row.split(',');
      return { shot: shots.findIndex(([known]) => known === file), file, from: Number(from || 0), to: Number(to || frames) };
    });
    const wanted = rows.flatMap(({ shot, from, to }) => codesOf(shot, from, to));
    expect(barCodes(place.path(name))).toEqual({ codes: wanted, messages: '' });
    for (const at of [0.5, 1.5, 2.5]) {
      expect(barCodes(place.path(name), { seek: at, frames: 8 })).toEqual({ codes: wanted.slice(at * 24, at * 24 + 8), messages: '' });
    }
    expect(eventOf(done, 'report')['steps']).toMatchObject(step === 'copy' ? { copy: 2 } : step === 'encode' ? { copy: 0, smart: 0 } : { copy: 1, encode: 1 });
    if (step === 'copy') expect(frameHashes(place.path(name))).toEqual(rows.flatMap(({ file }) => frameHashes(place.path(file))));
    else if (step === 'mixed') expect(frameHashes(place.path(name)).slice(-frames)).toEqual(frameHashes(place.path('small.mp4')));
  });

  it('H.264 with lengths of two bytes is encoded beside that with four, by name', () => {
    const picture = ['-vf', 'setsar=1', ...h264, ...tags709];
    for (const shot of [6, 7, 8]) makeShot(place.path(`h264 ${shot}.mp4`), { shot, frames, picture, sound: null });
    place.write('short.mp4', withShortLengths(place.path('h264 8.mp4')));
    expect(barCodes(place.path('short.mp4'))).toEqual({ codes: codesOf(8, 0, frames), messages: '' });
    const done = place.stringout('assemble', place.list('list.csv', ['h264 6.mp4,,', 'short.mp4,,', 'h264 7.mp4,5,40']), '-o', 'lengths.mp4', '--json');
    expect([done.code, eventOf(done, 'report')['steps']]).toEqual([0, { copy: 1, smart: 1, encode: 1, cached: 0 }]);
    expect(barCodes(place.path('lengths.mp4'))).toEqual({ codes: [...codesOf(6, 0, frames), ...codesOf(8, 0, frames), ...codesOf(7, 5, 40)], messages: '' });
  });
});
