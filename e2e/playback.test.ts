/** The movie in a browser: every clip is found by seeking and shown in playing. */
import { describe, expect, it } from 'vitest';
import { Place } from './fixtures/command.ts';
import { Player } from './fixtures/player.ts';
import { h264, makeShot, tags709 } from './fixtures/shots.ts';
import { missing } from './fixtures/tools.ts';

const cuts: readonly (readonly [number, number, number])[] = [[1, 0, 48], [2, 5, 40], [1, 30, 47], [3, 7, 8], [2, 12, 48], [3, 1, 33], [1, 11, 25]];
const codes = cuts.flatMap(([shot, from, to]) => Array.from({ length: to - from }, (_, i) => `${shot}:${from + i}`));

const kinds: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'H.264 of three encoders': [
    h264, ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '24', '-pix_fmt', 'yuv420p'], ['-c:v', 'libx264', '-profile:v', 'baseline', '-g', '15', '-pix_fmt', 'yuv420p'],
  ],
  VP9: Array.from({ length: 3 }, () => ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '20', '-b:v', '0', '-g', '12']),
  AV1: Array.from({ length: 3 }, () => ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '20', '-g', '12', '-svtav1-params', 'lp=1']),
};

describe.skipIf(missing('ffmpeg', 'chromium') !== '')('in Chromium', () => {
  it.each(Object.entries(kinds))('%s: every frame after a seek, and in playing', async (_, pictures) => {
    using place = new Place();
    pictures.forEach((picture, i) => makeShot(place.path(`${i + 1}.mp4`), { shot: i + 1, frames: 48, picture: [...picture, ...tags709] }));
    const movie = place.path('reel.mp4');
    place.succeed('assemble', place.list('cuts.csv', cuts.map(([shot, from, to]) => `${shot}.mp4,${from},${to}`)), '-o', movie);
    await using player = await Player.open(movie);
    expect(await player.duration()).toBeCloseTo(codes.length / 24, 3);
    const seeks = codes.flatMap((code, frame) => (frame % 5 === 0 || codes[frame - 1]?.split(':')[0] !== code.split(':')[0] ? [frame] : []));
    for (const frame of seeks) expect([frame, await player.seek((frame + 0.5) / 24)]).toEqual([frame, codes[frame]]);
    // A busy machine may leave frames out; what is shown must be right and in order.
    const shown = (await player.play(0, (codes.length - 2) / 24)).map((code) => codes.indexOf(code));
    expect(shown).not.toContain(-1);
    expect(shown.length).toBeGreaterThan(codes.length / 10);
  });
});
