/** Every kind of source that README names becomes frames of a movie: whole and cut, right to the frame. */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventOf, Place } from './fixtures/command.ts';
import { barCodes, codesOf, isUniform, lag, pictureTimes, sound, streams } from './fixtures/judge.ts';
import { aac, defaultSize, h264, makeShot, pcm, soundOf, tags709, type Shot } from './fixtures/shots.ts';
import { missing, run } from './fixtures/tools.ts';

type Kind = Omit<Shot, 'shot' | 'frames'> & {
  readonly extension: string;
  readonly target?: string;
  /** The warning that is due. */
  readonly warns?: RegExp;
  /** Samples by which the file has its sound behind its picture: what its maker lost. */
  readonly late?: number;
};

/** Samples: Matroska's timestamps are whole milliseconds, and half of one is what they leave open. */
const stampSlack: Readonly<Record<string, number>> = { mkv: 24, webm: 24 };

const prores = ['-c:v', 'prores_ks', '-profile:v', 'lt', '-pix_fmt', 'yuv422p10le', ...tags709];
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-g', '12', '-bf', '2', ...tags709];
const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-crf', '16', '-tag:v', 'hvc1', '-x265-params', 'log-level=error:keyint=12', ...tags709];
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-crf', '16', '-b:v', '0', '-g', '12', ...tags709];
const av1 = ['-c:v', 'libsvtav1', '-preset', '12', '-crf', '16', '-g', '12', '-svtav1-params', 'lp=1', ...tags709];
const fragmented = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof'];

const kinds: Readonly<Record<string, Kind>> = {
  'H.264+AAC in fragmented MP4': { extension: 'mp4', more: fragmented },
  'H.264+PCM in MOV, 23.976': { extension: 'mov', sound: pcm, rate: '24000/1001' },
  'H.264+AAC in MKV': { extension: 'mkv' },
  'H.264+AAC in MPEG-TS': { extension: 'ts' },
  'H.264 without sound': { extension: 'mp4', sound: null },
  'HEVC in MKV, 29.97': { extension: 'mkv', picture: hevc, rate: '30000/1001' },
  'HEVC+AAC in MPEG-TS': { extension: 'ts', picture: hevc },
  'ProRes+PCM 24': { extension: 'mov', picture: prores, sound: ['-c:a', 'pcm_s24le'], target: 'mov' },
  'ProRes 4444 in MOV': { extension: 'mov', picture: ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuv444p10le', ...tags709], sound: pcm, target: 'mov' },
  'ProRes in MKV': { extension: 'mkv', picture: prores, sound: pcm, target: 'mov' },
  'DNxHR in MXF': { extension: 'mxf', picture: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_sq', '-pix_fmt', 'yuv422p', ...tags709], sound: pcm, target: 'mov' },
  'DNxHR in MOV': { extension: 'mov', picture: ['-c:v', 'dnxhd', '-profile:v', 'dnxhr_hqx', '-pix_fmt', 'yuv422p10le', ...tags709], sound: pcm, target: 'mov' },
  'MPEG-2 in MPEG-PS': { extension: 'mpg', picture: mpeg2, sound: ['-c:a', 'mp2'], rate: '25' },
  'MPEG-2 in MXF': { extension: 'mxf', picture: mpeg2, sound: pcm, rate: '25' },
  'MPEG-4+MP3 in AVI': { extension: 'avi', picture: ['-c:v', 'mpeg4', '-q:v', '2', '-g', '12', '-bf', '2'], sound: ['-c:a', 'libmp3lame', '-b:a', '192k'], late: 1105, warns: /MPEG-4 pictures can be copied only where all of the movie is/ },
  'MJPEG+PCM in AVI': { extension: 'avi', picture: ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p'], sound: pcm, target: 'mov' },
  'MJPEG in MOV': { extension: 'mov', picture: ['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj422p'], sound: pcm, target: 'mov' },
  'VP9+Opus in WebM': { extension: 'webm', picture: vp9, sound: ['-c:a', 'libopus', '-b:a', '160k'], late: -312 },
  'AV1+Opus in MKV': { extension: 'mkv', picture: av1, sound: ['-c:a', 'libopus', '-b:a', '160k'], late: -312 },
  'AV1+AAC in MP4': { extension: 'mp4', picture: av1 },
  'H.264+AC-3 in MP4': { extension: 'mp4', sound: ['-c:a', 'ac3', '-b:a', '256k'] },
  'FFV1+FLAC in MKV': { extension: 'mkv', picture: ['-c:v', 'ffv1', '-pix_fmt', 'yuv420p', ...tags709], sound: ['-c:a', 'flac'], warns: /ffv1, which \.mp4 cannot hold/ },
  'H.264, sound at 44.1 kHz, longer than the picture': { extension: 'mp4', sampleRate: 44_100, soundExtra: 0.7 },
  'H.264, sound shorter than the picture': { extension: 'mov', sound: pcm, soundExtra: -0.4 },
};

describe.skipIf(missing('ffmpeg', 'ffprobe') !== '')('sources', () => {
  it.each(Object.entries(kinds))('%s', (_, kind) => {
    using place = new Place();
    const names = [3, 4].map((shot) => `${shot}.${kind.extension}`);
    names.forEach((name, i) => makeShot(place.path(name), { ...kind, shot: 3 + i, frames: 48 }));
    const movie = place.path(`reel.${kind.target ?? 'mp4'}`);
    const list = place.list('list.csv', [`${names[0]},,`, `${names[1]},7,31`, `${names[0]},24,25`]);
    const done = place.stringout('assemble', list, '-o', movie, '--json', '--verify');
    expect([done.code, done.stderr]).toEqual([0, kind.warns ? expect.stringMatching(kind.warns) : '']);
    expect(eventOf(done, 'verification')['ok']).toBe(true);
    const { codes, messages } = barCodes(movie);
    expect([messages, codes]).toEqual(['', [...codesOf(3, 0, 48), ...codesOf(4, 7, 31), ...codesOf(3, 24, 25)]]);
    const { times, rate } = pictureTimes(movie);
    expect([isUniform(times), rate]).toEqual([true, (kind.rate ?? '24').includes('/') ? kind.rate : `${kind.rate ?? 24}/1`]);
    if (kind.sound === null) return;
    const heard = sound(movie);
    const samples = (frame: number): number => Math.round((frame * 48_000) / rateOf(kind.rate ?? '24'));
    if (kind.sampleRate !== undefined) return;
    const own = [3, 4].map((shot) => soundOf(shot, 100_000));
    const slack = stampSlack[kind.extension] ?? 0;
    const late = kind.late ?? 0;
    expect(Math.abs(lag(heard, own[0] ?? heard, 2000, samples(36), 1500) - late)).toBeLessThanOrEqual(slack);
    expect(Math.abs(lag(heard, own[1] ?? heard, samples(48) + 1500, samples(12), 1500, samples(7) + 1500) - late)).toBeLessThanOrEqual(slack);
  });

  it('image sequences with a hole, stills and sound beside them', () => {
    using place = new Place();
    makeShot(place.path('source.mov'), { shot: 9, frames: 12, picture: ['-c:v', 'ffv1', '-pix_fmt', 'yuv420p', ...tags709], sound: null, more: ['-f', 'matroska'] });
    for (const [folder, pixels] of [['png', 'rgb24'], ['jpg', 'yuvj422p'], ['tif', 'rgb24'], ['dpx', 'rgb24'], ['exr', 'gbrpf32le']] as const) {
      mkdirSync(place.path(folder));
      run('ffmpeg', ['-v', 'error', '-i', place.path('source.mov'), '-pix_fmt', pixels, '-q:v', '1', '-start_number', '1001', place.path(folder, `plate.%04d.${folder}`)]);
    }
    rmSync(place.path('png/plate.1005.png'));
    renameSync(place.path('source.mov'), place.path('source.other'));
    mkdirSync(place.path('still'));
    run('ffmpeg', ['-v', 'error', '-i', place.path('source.other'), '-frames:v', '1', place.path('still/card.png')]);
    const done = place.stringout('assemble', place.folder, '-o', place.path('reel.mp4'), '--rate', '24', '--json');
    expect(done.code).toBe(0);
    const report = eventOf(done, 'report');
    expect(report).toMatchObject({ clips: 6, frames: 5 * 12 + 48 });
    expect(String(report['warnings'])).toMatch(/1005/);
    const { codes, messages } = barCodes(place.path('reel.mp4'));
    const whole = codesOf(9, 0, 12);
    const holed = whole.map((code, i) => (i === 4 ? '9:3' : code));
    // dpx, exr, jpg, png, still, tif
    expect([messages, codes]).toEqual(['', [...whole, ...whole, ...whole, ...holed, ...Array.from({ length: 48 }, () => '9:0'), ...whole]]);
  });

  it('WAV, BWF and AIFF alone: black with their sound', () => {
    using place = new Place();
    makeShot(place.path('source.mov'), { shot: 5, frames: 48, sound: pcm });
    run('ffmpeg', ['-v', 'error', '-i', place.path('source.mov'), '-vn', place.path('a.wav'), '-vn', '-write_bext', '1', place.path('b.wav'), '-vn', place.path('c.aiff')]);
    rmSync(place.path('source.mov'));
    place.succeed('assemble', place.folder, '-o', place.path('reel.mov'), '--rate', '24');
    expect(pictureTimes(place.path('reel.mov')).times.length).toBe(3 * 48);
    const heard = sound(place.path('reel.mov'));
    for (const clip of [0, 1, 2]) expect(lag(heard, soundOf(5, 96_000), clip * 96_000, 48_000, 200, 0)).toBe(0);
  });

  it('variable rate becomes constant in real time; rotation and pixel aspect are kept', () => {
    using place = new Place();
    makeShot(place.path('plain.mp4'), { shot: 6, frames: 48 });
    // Frames 12 to 23 are left out, so frame 11 is seen for half a second.
    run('ffmpeg', ['-v', 'error', '-i', place.path('plain.mp4'), '-vf', "select='not(between(n,12,23))'", '-vsync', 'vfr', ...h264, ...tags709, ...aac, place.path('variable.mp4')]);
    place.succeed('assemble', place.list('variable.csv', ['variable.mp4,,']), '-o', place.path('constant.mp4'), '--rate', '24');
    expect(barCodes(place.path('constant.mp4')).codes).toEqual([...codesOf(6, 0, 12), ...Array.from({ length: 12 }, () => '6:11'), ...codesOf(6, 24, 48)]);
    run('ffmpeg', ['-v', 'error', '-i', place.path('plain.mp4'), '-c', 'copy', '-metadata:s:v:0', 'rotate=90', place.path('turned.mp4')]);
    makeShot(place.path('wide.mp4'), { shot: 7, frames: 24, picture: [...h264, ...tags709, '-vf', 'setsar=4/3'] });
    place.succeed('assemble', place.list('turned.csv', ['turned.mp4,,']), '-o', place.path('turned reel.mp4'));
    const turn = (name: string): string => /"rotation":(-?\d+)/.exec(JSON.stringify(streams(place.path(name))))?.[1] ?? '0';
    expect(turn('turned.mp4')).not.toBe('0');
    expect(turn('turned reel.mp4')).toBe(turn('turned.mp4'));
    place.succeed('assemble', place.list('wide.csv', ['wide.mp4,,']), '-o', place.path('wide reel.mp4'));
    expect(streams(place.path('wide reel.mp4'))[0]).toMatchObject({ sample_aspect_ratio: '4:3', width: defaultSize.width });
  });
});

function rateOf(rate: string): number {
  const [num = 0, den = 1] = rate.split('/').map(Number);
  return num / den;
}
