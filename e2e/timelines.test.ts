/** Timelines of other editors as movies: transitions, speed, layers and sound tracks, judged by Debian's ffmpeg; and the same movie from every format. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOf, Place } from './fixtures/command.ts';
import { barCodes, codesOf, frameHashes } from './fixtures/judge.ts';
import { makeShot, pcm } from './fixtures/shots.ts';
import { missing, run } from './fixtures/tools.ts';

const time = (value: number, rate = 24) => ({ OTIO_SCHEMA: 'RationalTime.1', value, rate });
const range = (start: number, duration: number) => ({ OTIO_SCHEMA: 'TimeRange.1', start_time: time(start), duration: time(duration) });
const available = range(86_400, 96);
const clip = (shot: string, start: number, duration: number, more = {}) => ({
  OTIO_SCHEMA: 'Clip.1', name: shot, source_range: range(86_400 + start, duration), media_reference: { OTIO_SCHEMA: 'ExternalReference.1', target_url: `${shot}.mov`, available_range: available }, ...more,
});
const gap = (duration: number) => ({ OTIO_SCHEMA: 'Gap.1', source_range: range(0, duration) });
const speed = (scalar: number) => ({ effects: [{ OTIO_SCHEMA: 'LinearTimeWarp.1', time_scalar: scalar }] });
const transition = (before: number, after: number, type = 'SMPTE_Dissolve') => ({ OTIO_SCHEMA: 'Transition.1', name: type, transition_type: type, in_offset: time(before), out_offset: time(after) });
const track = (children: unknown[], kind = 'Video') => ({ OTIO_SCHEMA: 'Track.1', name: kind === 'Video' ? 'V' : 'A', kind, children });
const timeline = (...tracks: unknown[]) => JSON.stringify({ OTIO_SCHEMA: 'Timeline.1', name: 'cut', global_start_time: time(86_400), tracks: { OTIO_SCHEMA: 'Stack.1', children: tracks } });

const size = { width: 320, height: 180 };
let place: Place;

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('timelines', () => {
  beforeAll(() => {
    place = new Place();
    for (const [i, shot] of ['one', 'two', 'three'].entries()) makeShot(place.path(`${shot}.mov`), { shot: i + 1, frames: 96, ...size, sound: pcm, more: ['-timecode', '01:00:00:00'] });
  });
  afterAll(() => { place[Symbol.dispose](); });

  const assemble = (list: string, movie: string, ...options: string[]): Readonly<Record<string, unknown>> => {
    const done = place.stringout('assemble', list, '-o', place.path(movie), '--verify', '--json', ...options);
    expect(done).toMatchObject({ code: 0 });
    return eventOf(done, 'report');
  };
  /** Luma of each frame from `from` on. */
  const luma = (movie: string, from: number, frames: number): Uint8Array[] => {
    const { stdout } = run('ffmpeg', ['-v', 'error', '-i', place.path(movie), '-vf', `select=between(n\\,${from}\\,${from + frames - 1}),format=gray`, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-']);
    return Array.from({ length: frames }, (_, i) => stdout.subarray(i * size.width * size.height, (i + 1) * size.width * size.height));
  };
  const difference = (a: Uint8Array, b: (i: number) => number): number => a.reduce((sum, value, i) => sum + Math.abs(value - b(i)), 0) / a.length;

  it('render only the frames of a dissolve, a wipe and a fade, and copy the rest', () => {
    place.write('cut.otio', timeline(track([
      clip('one', 12, 36), transition(6, 6), clip('two', 24, 36), transition(4, 4, 'SMPTE_Wipe'), clip('three', 36, 36), transition(8, 0), gap(12),
    ])));
    const report = assemble(place.path('cut.otio'), 'cut.mov');
    expect(report).toMatchObject({ frames: 120 });
    const { codes } = barCodes(place.path('cut.mov'));
    expect(codes.slice(0, 30)).toEqual(codesOf(1, 12, 42));
    expect(codes.slice(42, 68)).toEqual(codesOf(2, 30, 56));
    expect(codes.slice(76, 100)).toEqual(codesOf(3, 40, 64));
    // Nothing but the 28 frames of transitions, the black and the edges of groups.
    expect(Number(report['framesEncoded'])).toBeLessThan(28 + 12 + 40);

    const dissolve = luma('cut.mov', 30, 12);
    const [going, coming] = [luma('one.mov', 42, 12), luma('two.mov', 18, 12)] as const;
    dissolve.forEach((frame, i) => { expect(difference(frame, (at) => ((going[i]?.[at] ?? 0) * (12 - i) + (coming[i]?.[at] ?? 0) * (i + 1)) / 13), `dissolve ${i}`).toBeLessThan(2.5); });
    const wipe = luma('cut.mov', 68, 8);
    const [before, after] = [luma('two.mov', 56, 8), luma('three.mov', 32, 8)] as const;
    wipe.forEach((frame, i) => { expect(difference(frame, (at) => (((at % size.width) + 0.5) / size.width < (i + 1) / 9 ? after : before)[i]?.[at] ?? 0), `wipe ${i}`).toBeLessThan(2.5); });
    const fade = luma('cut.mov', 100, 8);
    const last = luma('three.mov', 64, 8);
    fade.forEach((frame, i) => { expect(difference(frame, (at) => ((last[i]?.[at] ?? 0) * (8 - i)) / 9), `fade ${i}`).toBeLessThan(2.5); });
  });

  it('are mixed in ten bits as well', () => {
    place.write('ten.otio', timeline(track([clip('one', 12, 12), transition(6, 6), clip('two', 24, 12)])));
    assemble(place.path('ten.otio'), 'ten.mov', '--profile', 'prores:hq');
    const [going, coming] = [luma('one.mov', 18, 12), luma('two.mov', 18, 12)] as const;
    luma('ten.mov', 6, 12).forEach((frame, i) => { expect(difference(frame, (at) => ((going[i]?.[at] ?? 0) * (12 - i) + (coming[i]?.[at] ?? 0) * (i + 1)) / 13), `dissolve ${i}`).toBeLessThan(1.5); });
  });

  it('play at other speeds, backward and held, and show the topmost of several tracks', () => {
    place.write('speed.otio', timeline(
      track([clip('one', 10, 24, speed(2)), clip('two', 20, 24, speed(-1)), clip('three', 30, 12, { effects: [{ OTIO_SCHEMA: 'FreezeFrame.1', time_scalar: 0 }] }), clip('one', 40, 24, speed(0.5))]),
      track([gap(70), clip('two', 0, 8), clip('three', 0, 4, { enabled: false })]),
    ));
    assemble(place.path('speed.otio'), 'speed.mov');
    const { codes } = barCodes(place.path('speed.mov'));
    const listed = (count: number, code: (i: number) => string): string[] => Array.from({ length: count }, (_, i) => code(i));
    expect(codes).toEqual([
      ...listed(24, (i) => `1:${10 + 2 * i}`), ...listed(24, (i) => `2:${43 - i}`), ...listed(12, () => '3:30'), ...listed(10, (i) => `1:${40 + Math.floor(i / 2)}`),
      ...codesOf(2, 0, 8), ...listed(6, (i) => `1:${49 + Math.floor(i / 2)}`),
    ]);
  });

  it('hear sound tracks summed, faded over one another, with their gains', () => {
    const sound = (shot: string, start: number, duration: number) => clip(shot, start, duration);
    place.write('sound.otio', timeline(track([clip('three', 0, 72)]), track([sound('one', 10, 36), transition(6, 6), sound('two', 20, 36)], 'Audio')));
    assemble(place.path('sound.otio'), 'sound.mov');
    const samples = (path: string): Int16Array => {
      const { stdout } = run('ffmpeg', ['-v', 'error', '-i', place.path(path), '-f', 's16le', '-']);
      return new Int16Array(stdout.buffer, stdout.byteOffset, stdout.length / 2);
    };
    const [heard, one, two] = [samples('sound.mov'), samples('one.mov'), samples('two.mov')] as const;
    const frame = 4000;
    expect(heard.length).toBe(72 * frame);
    expect(heard.subarray(0, 30 * frame)).toEqual(one.subarray(10 * frame, 40 * frame));
    expect(heard.subarray(42 * frame)).toEqual(two.subarray(26 * frame, 56 * frame));
    let worst = 0;
    for (let i = 0; i < 12 * frame; i++) {
      const part = (Math.floor(i / 2) + 0.5) / (12 * 2000);
      worst = Math.max(worst, Math.abs((heard[30 * frame + i] ?? 0) - ((one[40 * frame + i] ?? 0) * (1 - part) + (two[14 * frame + i] ?? 0) * part)));
    }
    expect(worst).toBeLessThanOrEqual(1);
  });

  let same: readonly string[] | null = null;
  it.each(['edl', 'xml', 'fcpxml', 'otioz', 'otiod'])('are the same movie from .%s as from OpenTimelineIO', (format) => {
    if (!same) {
      place.write('same.otio', timeline(track([clip('one', 12, 36), transition(6, 6), clip('two', 24, 36), gap(12), clip('three', 36, 24, speed(2)), clip('one', 0, 24)])));
      assemble(place.path('same.otio'), 'same.mov');
      same = frameHashes(place.path('same.mov'));
    }
    const name = place.path(`same.${format}`);
    expect(place.stringout('convert', place.path('same.otio'), name).code).toBe(0);
    assemble(name, `${format}.mov`, '--source-rate', '24');
    expect(frameHashes(place.path(`${format}.mov`))).toEqual(same);
  });
});
