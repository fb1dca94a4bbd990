/** The programme's sound over thousands of clips: where each one's samples are, against what was painted. */
import { describe, expect, it } from 'vitest';
import { eventOf, Place } from './fixtures/command.ts';
import { lag, sound, streams } from './fixtures/judge.ts';
import { aac, makeShot, pcm, soundOf } from './fixtures/shots.ts';
import { missing, run } from './fixtures/tools.ts';

const shots = 10;
const sourceFrames = 48;
/** In and length of clip i, always inside the source. */
const cut = (i: number): readonly [number, number] => [(i * 7) % 30, 6 + ((i * 5) % 11)];

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '').each([['24000/1001', 'mp4', 1000], ['30000/1001', 'mov', 2000], ['25', 'mp4', 500]] as const)('at %s in .%s, %i clips', (rate, container, clips) => {
  it('are off by no sample with exact sound, and with packets by at most 512', () => {
    using place = new Place();
    for (let shot = 0; shot < shots; shot++) {
      makeShot(place.path(`${shot}.mov`), { shot, frames: sourceFrames, rate, width: 160, height: 90, sound: container === 'mp4' ? aac : pcm });
    }
    const cuts = Array.from({ length: clips }, (_, i) => cut(i));
    const list = place.list('list.csv', cuts.map(([from, length], i) => `${i % shots}.mov,${from},${from + length}`));
    const [num = 0, den = 1] = rate.split('/').map(Number);
    const samples = (frame: number): number => Math.round((frame * 48_000 * den) / num);
    const own = Array.from({ length: shots }, (_, shot) => soundOf(shot, samples(sourceFrames)));
    for (const mode of container === 'mp4' ? ['exact', 'packets'] as const : ['exact'] as const) {
      const movie = place.path(`${mode}.${container}`);
      const report = eventOf(place.stringout('assemble', list, '-o', movie, '--audio', mode, '--json'), 'report');
      expect(report).toMatchObject({ clips, sound: mode });
      const heard = sound(movie);
      let first = 0;
      let worst = 0;
      for (const [i, [from, length]] of cuts.entries()) {
        // Correlating is the cost: one clip in 25, and the last ones, where anything that adds up would show.
        if (i % 25 === 0 || i > clips - 10) {
          const reach = mode === 'packets' ? 600 : 40;
          worst = Math.max(worst, Math.abs(lag(heard, own[i % shots] ?? heard, samples(first) + reach, samples(length) - 2 * reach, reach, samples(from) + reach)));
        }
        first += length;
      }
      expect(worst).toBeLessThanOrEqual(mode === 'packets' ? 512 : 0);
      if (mode === 'packets') expect(String(report['warnings'])).toMatch(/within \d+ samples/);
    }
  });
});

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('channels', () => {
  it('keep their order and names, are mixed down with a warning, and left silent where there are too few', () => {
    using place = new Place();
    const layout = (name: string, file: string, tones: number): void => {
      const inputs = Array.from({ length: tones }, (_, i) => ['-f', 'lavfi', '-i', `sine=frequency=${300 * (i + 1)}:sample_rate=48000:duration=1`]).flat();
      const merge = tones === 1 ? '[1:a]anull[a]' : `${Array.from({ length: tones }, (_, i) => `[${i + 1}:a]`).join('')}join=inputs=${tones}:channel_layout=${name}[a]`;
      run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=24:duration=1', ...inputs, '-filter_complex', merge, '-map', '0:v', '-map', '[a]', '-c:v', 'libx264', '-g', '12', '-pix_fmt', 'yuv420p', '-c:a', 'pcm_s16le', place.path(file)]);
    };
    layout('5.1', '1.mov', 6);
    layout('5.1', '2.mov', 6);
    layout('stereo', '3.mov', 2);
    layout('mono', '4.mov', 1);
    layout('7.1', '5.mov', 8);
    const done = place.stringout('assemble', place.list('list.csv', [1, 2, 3, 4, 5].map((n) => `${n}.mov,,`)), '-o', place.path('reel.mov'), '--json');
    expect([done.code, String(eventOf(done, 'report')['warnings'])]).toEqual([0, expect.stringMatching(/8 channels are mixed down to the programme's 6/)]);
    expect(streams(place.path('reel.mov')).find(({ codec_type: type }) => type === 'audio')).toMatchObject({ channels: 6, channel_layout: '5.1' });
    const heard = sound(place.path('reel.mov'));
    const level = (second: number, channel: number): number => {
      let sum = 0;
      for (let i = 12_000; i < 36_000; i++) sum += (heard[(second * 48_000 + i) * 6 + channel] ?? 0) ** 2;
      return Math.sqrt(sum / 24_000);
    };
    const loud = (second: number): boolean[] => Array.from({ length: 6 }, (_, channel) => level(second, channel) > 0.01);
    expect([loud(0), loud(1)]).toEqual([Array.from({ length: 6 }, () => true), Array.from({ length: 6 }, () => true)]);
    expect(loud(2)).toEqual([true, true, false, false, false, false]);
    expect(loud(3)).toEqual([false, false, true, false, false, false]);
    expect(loud(4)).toEqual(Array.from({ length: 6 }, () => true));
    const own = sound(place.path('1.mov'));
    expect([0, 1, 2, 3, 4, 5].map((channel) => strongestTone(heard, channel))).toEqual([0, 1, 2, 3, 4, 5].map((channel) => strongestTone(own, channel)));
  });
});

/** Which of the six tones a channel of the first second holds. */
function strongestTone(samples: Float32Array, channel: number): number {
  const power = (hertz: number): number => {
    let [re, im] = [0, 0];
    for (let i = 0; i < 48_000; i++) {
      re += (samples[i * 6 + channel] ?? 0) * Math.cos((2 * Math.PI * hertz * i) / 48_000);
      im += (samples[i * 6 + channel] ?? 0) * Math.sin((2 * Math.PI * hertz * i) / 48_000);
    }
    return re * re + im * im;
  };
  const powers = [1, 2, 3, 4, 5, 6].map((n) => power(300 * n));
  return powers.indexOf(Math.max(...powers));
}
