/** Shots that are unlike each other become one movie of any profile and container. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, Place } from './fixtures/command.ts';
import { barCodes, codesOf, isUniform, pictureTimes, sound, streams } from './fixtures/judge.ts';
import { h264, makeShot, pcm, tags709 } from './fixtures/shots.ts';
import { missing } from './fixtures/tools.ts';

const frames = 24;

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('profiles', () => {
  let place: Place;
  beforeAll(() => {
    place = new Place();
    makeShot(place.path('shots/1.mp4'), { shot: 1, frames });
    makeShot(place.path('shots/2.mp4'), { shot: 2, frames });
    makeShot(place.path('shots/3.mov'), { shot: 3, frames, width: 640, height: 360, picture: ['-c:v', 'prores_ks', '-profile:v', 'lt', '-pix_fmt', 'yuv422p10le', ...tags709], sound: pcm });
    makeShot(place.path('shots/4.mp4'), { shot: 4, frames: 30, rate: '30', sampleRate: 44_100 });
    makeShot(place.path('shots/5.mkv'), { shot: 5, frames, picture: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '10', '-b:v', '0', ...tags709], sound: null });
  });
  afterAll(() => place[Symbol.dispose]());

  const profiles = [
    ['match', 'mp4', 'h264', 'aac'], ['h264', 'mov', 'h264', 'pcm_s24le'], ['hevc', 'mp4', 'hevc', 'aac'], ['av1', 'mp4', 'av1', 'aac'],
    ['prores', 'mov', 'prores', 'pcm_s24le'], ['prores:proxy', 'mov', 'prores', 'pcm_s24le'], ['prores:4444', 'mov', 'prores', 'pcm_s24le'], ['dnxhr:sq', 'mov', 'dnxhd', 'pcm_s24le'],
    ['match', 'mkv', 'h264', 'pcm_s24le'], ['hevc:20', 'mkv', 'hevc', 'pcm_s24le'], ['dnxhr', 'mxf', 'dnxhd', 'pcm_s24le'], ['h264:16', 'mp4', 'h264', 'aac'],
  ] as const;

  it.each(profiles)('%s in .%s', (profile, container, codec, soundCodec) => {
    const movie = place.path(`${profile.replace(':', ' ')}.${container}`);
    const done = place.stringout('assemble', 'shots', '-o', movie, '--profile', profile, '--json', '--verify');
    expect([done.code, done.stderr.split('\n').filter((line) => !line.startsWith('stringout: warning'))]).toEqual([0, ['']]);
    expect(eventOf(done, 'report')['frames']).toBe(5 * frames);
    const { codes, messages } = barCodes(movie);
    // 30 frames a second to 24 in real time: the nearest frame, that is every fifth left out.
    const fourth = Array.from({ length: frames }, (_, i) => `4:${Math.floor((i * 30) / 24 + 0.5)}`);
    expect([messages, codes]).toEqual(['', [...[1, 2, 3].flatMap((shot) => codesOf(shot, 0, frames)), ...fourth, ...codesOf(5, 0, frames)]]);
    const { times, rate } = pictureTimes(movie);
    expect(rate).toBe('24/1');
    if (container !== 'mkv') expect(isUniform(times)).toBe(true);
    const found = streams(movie);
    expect(found.filter(({ codec_type: type }) => type !== 'data').map(({ codec_name: name }) => name)).toEqual([codec, soundCodec]);
    expect(sound(movie).length / 2).toBeGreaterThanOrEqual((5 * frames * 48_000) / 24 - 1);
    if (profile === 'match' && container === 'mp4') expect(eventOf(done, 'report')['steps']).toEqual({ copy: 2, smart: 0, encode: 3, cached: 0 });
  });

  it('a majority that the container cannot hold is told, not hidden', () => {
    const done = place.stringout('plan', place.list('vp9.csv', ['shots/5.mkv,,']), '-o', 'x.mov');
    expect([done.code, done.stderr]).toEqual([0, expect.stringMatching(/vp9.*\.mov/)]);
  });

  it('more encoder set-ups than one track can hold: the rest is encoded, with a warning', () => {
    const rows = Array.from({ length: 22 }, (_, i) => {
      makeShot(place.path('many', `${i}.mp4`), { shot: i, frames: 13, picture: [...h264, ...tags709, '-x264-params', `crf=18:chroma-qp-offset=${i % 11}:ref=${1 + Math.floor(i / 11)}:bframes=0`] });
      return `many/${i}.mp4,,`;
    });
    const done = place.stringout('assemble', place.list('many.csv', rows), '-o', 'many.mp4', '--json');
    const report = eventOf(done, 'report');
    expect(report).toMatchObject({ frames: 22 * 13, steps: { copy: 17, encode: 5 } });
    expect(String(report['warnings'])).toMatch(/5 of 22 encoder set-ups/);
    expect(barCodes(place.path('many.mp4'))).toEqual({ codes: Array.from({ length: 22 }, (_, shot) => codesOf(shot, 0, 13)).flat(), messages: '' });
  });
});
