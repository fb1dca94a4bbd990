/** Whole shots: every byte as it stands. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, Place, type Finished } from './fixtures/command.ts';
import { barCodes, codesOf, frameHashes, isUniform, lag, pictureTimes, sound, streams } from './fixtures/judge.ts';
import { aac, defaultSize, h264, makeShot, pcm, soundOf, tags709 } from './fixtures/shots.ts';
import { missing, run } from './fixtures/tools.ts';

const lengths = [36, 25, 48, 13, 1, 31];
const firstFrames = lengths.map((_, i) => lengths.slice(0, i).reduce((sum, length) => sum + length, 0));
const total = lengths.reduce((sum, length) => sum + length, 0);
const allCodes = lengths.flatMap((length, shot) => codesOf(shot, 0, length));

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('six whole H.264+AAC shots', () => {
  let place: Place;
  beforeAll(() => {
    place = new Place();
    lengths.forEach((frames, shot) => makeShot(place.path('shots', `shot ${shot}.mp4`), { shot, frames }));
  });
  afterAll(() => place[Symbol.dispose]());

  describe.each([['exact', 'mp4'], ['packets', 'mp4'], ['exact', 'mov'], ['exact', 'mkv']] as const)('sound %s in .%s', (audio, container) => {
    let movie = '';
    let done: Finished;
    beforeAll(() => {
      movie = place.path(`${audio}.${container}`);
      done = place.stringout('assemble', place.path('shots'), '-o', movie, '--audio', audio, '--json');
      // Copied packets are told of.
      if (done.code !== 0 || (done.stderr !== '') !== (audio === 'packets')) throw new Error(done.stderr);
    });

    it('holds every frame, bit for bit, at uniform times, and decodes without a message', () => {
      const { codes, messages } = barCodes(movie);
      expect(messages).toBe('');
      expect(codes).toEqual(allCodes);
      expect(frameHashes(movie)).toEqual(lengths.flatMap((_, shot) => frameHashes(place.path('shots', `shot ${shot}.mp4`))));
      const { times, rate } = pictureTimes(movie);
      expect(times.length).toBe(total);
      expect(rate).toBe('24/1');
      if (container !== 'mkv') expect(isUniform(times)).toBe(true);
    });

    it('shows the right frame after a seek into every shot', () => {
      for (const [shot, first] of firstFrames.entries()) {
        const frame = first + Math.floor((lengths[shot] ?? 1) / 2);
        expect(barCodes(movie, { seek: (frame - 0.4) / 24, frames: 1 })).toEqual({ codes: [allCodes[frame]], messages: '' });
      }
    });

    it('has the sound of each shot where its picture is', () => {
      const heard = sound(movie);
      for (const [shot, first] of firstFrames.entries()) {
        if ((lengths[shot] ?? 0) < 12) continue;
        const off = lag(heard, soundOf(shot, 24_000), first * 2000, 6000, 700, 0);
        expect(Math.abs(off), `shot ${shot}`).toBeLessThanOrEqual(audio === 'packets' ? 512 : 0);
      }
      // FFmpeg 5.1 does not honour the edit list's end.
      const seconds = total / 24;
      expect(heard.length / 2).toBeGreaterThanOrEqual(seconds * 48_000);
      expect(heard.length / 2).toBeLessThanOrEqual(seconds * 48_000 + (container === 'mp4' ? 2048 : 0));
    });

    it('reports what it did', () => {
      const report = eventOf(done, 'report');
      expect(report).toMatchObject({
        output: movie, clips: 6, frames: total, steps: { copy: 6, smart: 0, encode: 0, cached: 0 }, framesEncoded: 0, sound: audio,
        bytesWritten: readFileSync(movie).length,
      });
    });
  });
});

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('ProRes and PCM', () => {
  it('become a .mov whose frames and samples are the sources, with the timecode asked for', () => {
    using place = new Place();
    const picture = ['-c:v', 'prores_ks', '-profile:v', 'proxy', '-vendor', 'apl0', '-pix_fmt', 'yuv422p10le', ...tags709];
    const paths = [20, 31, 7].map((frames, shot) => makeShot(place.path('shots', `${shot}.mov`), { shot, frames, rate: '24000/1001', picture, sound: pcm, more: ['-timecode', '10:00:00:00'] }));
    const movie = place.path('reel.mov');
    const done = place.succeed('assemble', place.path('shots'), '-o', movie, '--start-tc', '02:00:00:00', '--json');
    expect(eventOf(done, 'report')).toMatchObject({ frames: 58, framesEncoded: 0, sound: 'exact', steps: { copy: 3 } });
    expect(frameHashes(movie)).toEqual(paths.flatMap(frameHashes));
    const { times, rate } = pictureTimes(movie);
    expect([isUniform(times), rate]).toEqual([true, '24000/1001']);
    expect(streams(movie).find(({ codec_type: type }) => type === 'data')?.tags?.['timecode']).toBe('02:00:00:00');
    // 20, 51 and 58 frames at 23.976 end at these samples of the programme, rounded once each.
    const ends = [20, 51, 58].map((frame) => Math.round((frame * 48_000 * 1001) / 24_000));
    const heard = sound(movie);
    expect(heard.length).toBe(2 * (ends[2] ?? 0));
    const starts = [0, ...ends];
    for (const [shot, path] of paths.entries()) {
      const own = sound(path);
      const from = 2 * (starts[shot] ?? 0);
      const length = Math.min(own.length, 2 * ((starts[shot + 1] ?? 0) - (starts[shot] ?? 0)));
      expect(Buffer.compare(Buffer.from(heard.slice(from, from + length).buffer), Buffer.from(own.slice(0, length).buffer)), `shot ${shot}`).toBe(0);
    }
  });
});

describe.skipIf(missing('ffmpeg', 'ffprobe', 'mkvmerge') !== '')('shots of different encoders side by side', () => {
  it('share one entry, and every player sees every frame', () => {
    using place = new Place();
    const settings: readonly (readonly string[])[] = [
      h264, ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '24', '-pix_fmt', 'yuv420p'], ['-c:v', 'libx264', '-profile:v', 'main', '-coder', '0', '-refs', '3', '-g', '20', '-pix_fmt', 'yuv420p'],
      ['-c:v', 'libx264', '-preset', 'medium', '-slices', '4', '-x264-params', 'nal-hrd=vbr:b-pyramid=normal:bframes=4', '-maxrate', '2M', '-bufsize', '2M', '-g', '30', '-pix_fmt', 'yuv420p'],
    ];
    settings.forEach((picture, shot) => makeShot(place.path('shots', `${shot}.mp4`), { shot, frames: 40, picture: [...picture, ...tags709], sound: aac }));
    const movie = place.path('reel.mp4');
    const done = place.succeed('assemble', place.path('shots'), '-o', movie, '--json');
    expect(eventOf(done, 'report')).toMatchObject({ frames: 160, framesEncoded: 0, steps: { copy: 4 } });
    const { codes, messages } = barCodes(movie);
    expect([messages, codes]).toEqual(['', settings.flatMap((_, shot) => codesOf(shot, 0, 40))]);
    expect(frameHashes(movie)).toEqual(settings.flatMap((_, shot) => frameHashes(place.path('shots', `${shot}.mp4`))));
    for (let frame = 5; frame < 160; frame += 11) {
      expect(barCodes(movie, { seek: (frame - 0.4) / 24, frames: 1 })).toEqual({ codes: [`${Math.floor(frame / 40)}:${frame % 40}`], messages: '' });
    }
    const [picture] = (JSON.parse(run('mkvmerge', ['-J', movie]).stdout.toString()) as { tracks: { properties: Record<string, unknown> }[] }).tracks;
    expect(picture?.properties['pixel_dimensions']).toBe(`${defaultSize.width}x${defaultSize.height}`);
  });
});
