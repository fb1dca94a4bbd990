/** `verify` must find what is wrong with a movie: each fault is planted with Debian's ffmpeg, or by verifying against another timeline. */
import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, Place, type Event } from './fixtures/command.ts';
import { frameHashes } from './fixtures/judge.ts';
import { makeShot, pcm, tags709 } from './fixtures/shots.ts';
import { missing, run } from './fixtures/tools.ts';

const why = missing('ffmpeg', 'ffprobe');
const prores = ['-c:v', 'prores_ks', '-profile:v', 'lt', '-pix_fmt', 'yuv422p10le', ...tags709];

describe.skipIf(why !== '')(`verification ${why}`, () => {
  let place: Place;
  let longGop: string;
  let intra: string;
  beforeAll(() => {
    place = new Place();
    for (const shot of [1, 2, 3]) {
      makeShot(place.path(`${shot}.mp4`), { shot, frames: 36 });
      makeShot(place.path(`${shot}.mov`), { shot, frames: 24, picture: prores, sound: pcm });
      makeShot(place.path(`mute ${shot}.mov`), { shot, frames: 24, picture: prores, sound: null });
    }
    longGop = place.list('long.csv', ['1.mp4,5,30', '2.mp4,,', '3.mp4,12,13', '1.mp4,0,36']);
    intra = place.list('intra.csv', ['1.mov,5,20', '2.mov,,', '3.mov,3,4', '1.mov,,']);
    for (const container of ['mp4', 'mov', 'mkv', 'mxf']) place.succeed('assemble', longGop, '-o', `long.${container}`, ...(container === 'mxf' ? ['--profile', 'h264'] : []));
    for (const container of ['mov', 'mkv', 'mxf']) place.succeed('assemble', intra, '-o', `intra.${container}`);
    place.stringout('assemble', longGop, '-o', 'packets.mp4', '--audio', 'packets');
  });
  afterAll(() => place[Symbol.dispose]());

  const verify = (movie: string, ...args: readonly string[]): { code: number | null; seams: Event[]; verdict: Event; text: string } => {
    const done = place.stringout('verify', movie, '--json', ...args);
    const verdict = eventOf(done, 'verification');
    expect(done.code).toBe(verdict['ok'] === true ? 0 : 1);
    return { code: done.code, seams: done.events.filter(({ event }) => event === 'seam'), verdict, text: String(verdict['warnings']) };
  };
  const withFfmpeg = (name: string, from: string, ...args: readonly string[]): string => {
    run('ffmpeg', ['-v', 'error', '-y', '-i', place.path(from), '-map', '0:v', '-map', '0:a?', '-c', 'copy', ...args, place.path(name)]);
    return name;
  };

  it.each([
    ['long.mp4', 'long', []], ['long.mov', 'long', []], ['long.mkv', 'long', []], ['long.mxf', 'long', ['--profile', 'h264']], ['packets.mp4', 'long', ['--audio', 'packets']],
    ['intra.mov', 'intra', []], ['intra.mkv', 'intra', []], ['intra.mxf', 'intra', []],
  ] as const)('a right movie passes: %s', (movie, list, options) => {
    const frames = list === 'long' ? 98 : 64;
    const hashes = frameHashes(place.path(movie));
    for (const all of [['--all'], []]) {
      const { seams, verdict } = verify(movie, '--against', `${list}.csv`, ...options, ...all);
      expect(verdict).toEqual({ event: 'verification', frames, expected: frames, warnings: [], ok: true });
      expect(seams.map(({ index, ok }) => [index, ok])).toEqual([[0, true], [1, true], [2, true]]);
      for (const { frame, lastHash, firstHash } of seams) expect([lastHash, firstHash]).toEqual([hashes[Number(frame) - 1], hashes[Number(frame)]]);
      for (const { audioOffsetSamples } of seams) expect(Math.abs(Number(audioOffsetSamples))).toBeLessThanOrEqual(movie === 'packets.mp4' ? 512 : 0);
    }
    expect(verify(movie).verdict).toMatchObject({ frames, expected: frames, ok: true });
  });

  it.each(['long.mp4', 'intra.mov', 'intra.mkv'])('a frame dropped from %s', (movie) => {
    const dropped = withFfmpeg(`dropped ${movie}`, movie, '-bsf:v', 'noise=drop=eq(n\\,61)');
    const { verdict, text } = verify(dropped, '--against', movie.startsWith('long') ? longGop : intra, '--all');
    expect(verdict).toMatchObject({ ok: false, frames: Number(verdict['expected']) - 1 });
    expect(text).toMatch(/not uniform/);
  });

  it('two frames swapped, copied or encoded', () => {
    const right = place.list('right.csv', ['mute 1.mov,0,20']);
    place.succeed('assemble', place.list('swapped.csv', ['mute 1.mov,0,9', 'mute 1.mov,10,11', 'mute 1.mov,9,10', 'mute 1.mov,11,20']), '-o', 'swapped.mov');
    const copied = verify('swapped.mov', '--against', right, '--all');
    expect([copied.verdict['ok'], copied.text]).toEqual([false, expect.stringMatching(/2 frames are not the expected ones, the first is frame 9/)]);
    const edge = place.list('edge.csv', ['1.mp4,5,11']);
    place.succeed('assemble', place.list('swapped edge.csv', ['1.mp4,5,7', '1.mp4,8,9', '1.mp4,7,8', '1.mp4,9,11']), '-o', 'swapped.mp4', '--audio', 'none');
    const encoded = verify('swapped.mp4', '--against', edge, '--all', '--audio', 'none');
    expect([encoded.verdict['ok'], encoded.text]).toEqual([false, expect.stringMatching(/clip 0.*frame [23]\b/)]);
  });

  it.each([
    ['intra.mov', 'pcm_s24le', 1], ['intra.mkv', 'pcm_s16le', 1], ['long.mov', 'pcm_s24le', 1], ['long.mp4', 'aac', 1], ['long.mp4', 'aac', 700],
  ] as const)('sound of %s as %s, late by %i', (movie, codec, samples) => {
    const kept = (movie.startsWith('intra') ? 64 : 98) * 2000;
    const codecName = movie === 'intra.mov' ? 'pcm_s16le' : codec;
    const late = withFfmpeg(`late ${samples} ${movie}`, movie, '-af', `adelay=${samples}S:all=1,atrim=end_sample=${kept}`, '-c:a', codecName, ...(codec === 'aac' ? ['-b:a', '256k'] : []));
    const { verdict, seams, text } = verify(late, '--against', movie.startsWith('long') ? longGop : intra);
    expect([verdict['ok'], text]).toEqual([false, expect.stringMatching(new RegExp(`lies ${samples} samples too late`))]);
    expect(seams.map(({ ok, audioOffsetSamples }) => [ok, audioOffsetSamples])).toEqual(seams.map(() => [false, samples]));
  });

  it('cut short, with and without its timeline', () => {
    for (const movie of ['long.mp4', 'intra.mkv', 'intra.mxf']) {
      copyFileSync(place.path(movie), place.path(`short ${movie}`));
      truncateSync(place.path(`short ${movie}`), Math.floor(statSync(place.path(movie)).size * 0.6));
      for (const against of [[], ['--against', movie.startsWith('long') ? longGop : intra]]) {
        const { verdict } = verify(`short ${movie}`, ...against);
        expect(verdict['ok']).toBe(false);
        expect(Number(verdict['frames'])).toBeLessThan(Number(verdict['expected']));
      }
    }
  });

  it('bytes damaged in the middle', () => {
    const bytes = readFileSync(place.path('long.mp4'));
    const at = Math.floor(bytes.length * 0.55);
    for (let i = at; i < at + 400; i++) bytes[i] = (bytes[i] ?? 0) ^ 0x5a;
    writeFileSync(place.path('damaged.mp4'), bytes);
    for (const args of [[], ['--against', longGop, '--all']]) expect(verify('damaged.mp4', ...args).verdict['ok']).toBe(false);
  });

  it('another clip, another range, another sound', () => {
    const others = [['1.mov,5,20', '3.mov,,', '3.mov,3,4', '1.mov,,'], ['1.mov,5,20', '2.mov,,', '3.mov,4,5', '1.mov,,']];
    for (const [i, rows] of others.entries()) {
      const { verdict, seams, text } = verify('intra.mov', '--against', place.list(`other ${i}.csv`, rows));
      expect([verdict['ok'], text]).toEqual([false, expect.stringMatching(i === 0 ? /clip 1 .*frames are not/ : /clip 2 .*frames are not/)]);
      expect(seams.map(({ ok }) => ok)).toEqual(i === 0 ? [false, false, true] : [true, false, false]);
    }
    run('ffmpeg', ['-v', 'error', '-y', '-i', place.path('intra.mov'), '-map', '0:v', '-map', '0:a', '-c:v', 'copy', '-af', 'areverse', '-c:a', 'pcm_s16le', place.path('reversed.mov')]);
    expect(verify('reversed.mov', '--against', intra).text).toMatch(/is not its source's/);
  });
});
