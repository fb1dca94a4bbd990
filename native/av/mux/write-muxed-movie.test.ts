import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Movie } from '../../../app/domain/movie.ts';
import { rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { Folder, frames, hasFfmpeg, hasMkvmerge, joined, pcm, plainFormat, probe, soundRun, write } from '../../isobmff/write/fixtures/media.ts';
import { run } from '../../worker/jobs/movie-write.ts';
import { Muxer } from '../codec/muxer.ts';

const folder = new Folder();
afterAll(() => folder[Symbol.dispose]());

const pattern = (seed: number, rate = '24'): string[] => ['-f', 'lavfi', '-i', `testsrc2=s=256x136:r=${rate},hue=h=${seed * 40}`, '-frames:v', '24'];
const hashesOf = (paths: readonly string[]): string[] => paths.flatMap((path) => frames(path).hashes);
const raw = (path: string): Buffer => execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a', '-f', 's24le', '-'], { maxBuffer: 1 << 28 });
const times = (path: string): number[] =>
  execFileSync('ffprobe', ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path]).toString().split('\n').filter(Boolean).map(parseFloat);

/** Neither container tells the layout of PCM. */
const guess = /Guessed Channel Layout.*\n/;

type Kind = { readonly extension: 'mp4' | 'mov'; readonly box: string; readonly arguments: readonly (readonly string[])[]; readonly format: Partial<PictureFormat>; readonly rate?: string };
const kinds: Readonly<Record<string, Kind>> = {
  'H.264 with B-frames of two encoders whose ids collide': {
    extension: 'mp4', box: 'avcC', format: {},
    arguments: [['-c:v', 'libx264', '-bf', '3', '-pix_fmt', 'yuv420p'], ['-c:v', 'libx264', '-preset', 'veryfast', '-x264-params', 'bframes=2:cabac=0:aud=1:repeat-headers=1', '-pix_fmt', 'yuv420p']],
  },
  'H.264 stored in order': {
    extension: 'mp4', box: 'avcC', format: { colour: { primaries: 9, transfer: 16, matrix: 9 } },
    arguments: [['-c:v', 'libx264', '-bf', '0', '-pix_fmt', 'yuv420p'], ['-c:v', 'libx264', '-preset', 'ultrafast', '-x264-params', 'aud=1', '-pix_fmt', 'yuv420p']],
  },
  HEVC: { extension: 'mp4', box: 'hvcC', format: { codec: 'hevc', tag: 'hvc1' }, arguments: ['bframes=0', 'bframes=4'].map((options) => ['-c:v', 'libx265', '-x265-params', `log-level=none:open-gop=0:${options}`, '-pix_fmt', 'yuv420p']) },
  ProRes: { extension: 'mov', box: '', rate: '24000/1001', format: { codec: 'prores', tag: 'apcn', pixelFormat: 'yuv422p10le' }, arguments: [['-c:v', 'prores_ks', '-profile:v', '2']] },
  DNxHR: { extension: 'mov', box: '', rate: '30000/1001', format: { codec: 'dnxhd', tag: 'AVdh', pixelFormat: 'yuv422p' }, arguments: [['-c:v', 'dnxhd', '-profile:v', 'dnxhr_hq', '-pix_fmt', 'yuv422p']] },
  'MPEG-2 with B-frames': { extension: 'mov', box: '', rate: '25', format: { codec: 'mpeg2video', tag: 'm2v1' }, arguments: [['-c:v', 'mpeg2video', '-bf', '2', '-g', '12', '-qscale:v', '3', '-pix_fmt', 'yuv420p']] },
};

/** Two files one after the other, with as much noise of 24 bits in stereo. */
function movieOf(name: string, container: 'mkv' | 'mxf'): { movie: Movie; paths: readonly string[]; sound: string } {
  const kind = kinds[name];
  if (!kind) throw new Error(name);
  const rate = kind.rate ?? '24';
  const [num = 24, den = 1] = rate.split('/').map(Number);
  const slug = name.replaceAll(/\W/g, '');
  const paths = [0, 1].map((i) => folder.make(`${slug}${i}.${kind.extension}`, [...pattern(i, rate), ...(kind.arguments[i] ?? kind.arguments[0] ?? [])]));
  const length = Math.round((48 * 48_000 * den) / num);
  const sound = folder.make(`${slug}.mov`, ['-f', 'lavfi', '-i', 'anoisesrc=r=48000:a=0.3,aformat=channel_layouts=stereo', '-af', `atrim=end_sample=${length}`, '-c:a', 'pcm_s24le']);
  const { picture } = joined(paths, { ...plainFormat, width: 256, height: 136, ...kind.format }, kind.box, 'mov');
  return {
    movie: {
      container, files: [...paths, sound], picture: picture && { ...picture, rate: rational(num, den) },
      sound: pcm('pcm_s24le', 24, 2, 'stereo', length, [soundRun(sound, 2, 0)]),
      timecode: { frame: 86_400, rate: rational(num, den), dropFrame: false, reel: 'A001' },
    }, paths, sound,
  };
}

describe.skipIf(!hasFfmpeg)('movie.write through muxers (needs the package ffmpeg)', () => {
  it.each([
    ['H.264 with B-frames of two encoders whose ids collide', 'mkv'], ['HEVC', 'mkv'], ['ProRes', 'mkv'],
    ['H.264 stored in order', 'mxf'], ['ProRes', 'mxf'], ['DNxHR', 'mxf'], ['MPEG-2 with B-frames', 'mxf'],
  ] as const)('%s in .%s: every frame and every sample its own, uniform in time', async (name, container) => {
    const { movie, paths, sound } = movieOf(name, container);
    const path = folder.file(`out.${container}.tmp`);
    const { bytes, progress } = await write(movie, path);
    try {
      expect(bytes).toBe(statSync(path).size);
      expect(progress.at(-1)).toBeGreaterThan(bytes / 2);
      const decoded = frames(path);
      expect(decoded.messages.replace(guess, '')).toBe('');
      expect(decoded.hashes).toHaveLength(48);
      expect(decoded.hashes).toEqual(hashesOf(paths));
      expect(raw(path).equals(raw(sound))).toBe(true);
      const { num, den } = movie.picture?.rate ?? rational(24);
      times(path).toSorted((a, b) => a - b).forEach((time, i) => { expect(Math.abs(time - (i * den) / num)).toBeLessThan(0.00051); });
      expect(probe(path, ['-select_streams', 'v', '-show_entries', 'stream=r_frame_rate,start_time'])).toBe(`r_frame_rate=${num}/${den}\nstart_time=0.000000\n`);
      const label = { 24: '01:00:00:00', 25: '00:57:36:00', 30: '00:48:00:00' }[Math.ceil(num / den)];
      expect(probe(path, ['-show_entries', 'format_tags']).toLowerCase()).toContain(`tag:timecode=${label}\n`);
      if (container === 'mkv' && hasMkvmerge) {
        const told = JSON.parse(execFileSync('mkvmerge', ['-J', path]).toString()) as { container: { properties: { duration: number } }; tracks: { type: string; properties: { default_duration?: number } }[]; errors: string[]; warnings: string[] };
        expect([told.errors, told.warnings, told.tracks.map(({ type }) => type)]).toEqual([[], [], ['video', 'audio']]);
        expect(Math.round((told.tracks[0]?.properties.default_duration ?? 0) / 1000)).toBe(Math.round((1e6 * den) / num));
      }
    } finally {
      execFileSync('rm', [path]);
    }
  });

  it('every clip of a joined movie decodes after a seek, in .mxf with the sets before it', async () => {
    const { movie, paths } = movieOf('H.264 stored in order', 'mxf');
    const path = folder.file('seek.mxf');
    await write(movie, path);
    const done = spawnSync('ffmpeg', ['-v', 'warning', '-ss', '1', '-i', path, '-map', '0:v', '-f', 'framemd5', '-']);
    expect(done.stderr.toString().replace(guess, '')).toBe('');
    expect(done.stdout.toString().match(/[0-9a-f]{32}/g)).toEqual(frames(paths[1] ?? '').hashes);
    expect(probe(path, ['-select_streams', 'v', '-show_entries', 'stream=color_transfer'])).toBe('color_transfer=smpte2084\n');
  });

  it('tells shape, turn, fields and colour in .mkv', async () => {
    const { movie, paths } = movieOf('ProRes', 'mkv');
    const format = { ...movie.picture!.format, sar: rational(4, 3), rotation: 90, fieldOrder: 'tff', colour: { primaries: 1, transfer: 1, matrix: 1 } } as const;
    const path = folder.file('told.mkv');
    await write({ ...movie, picture: { ...movie.picture!, format } }, path);
    const told = probe(path, ['-select_streams', 'v', '-show_entries', 'stream=sample_aspect_ratio,field_order,color_space,color_range:stream_side_data=rotation']);
    expect(told).toBe('sample_aspect_ratio=4:3\ncolor_range=tv\ncolor_space=unknown\nfield_order=tt\nrotation=-90\n');
    // ProRes tells its colour in every frame, which ffprobe believes.
    if (hasMkvmerge) expect(execFileSync('mkvmerge', ['-J', path]).toString()).toMatch(/"color_matrix_coefficients": 1,[^]*"projection_pose_roll": -90/);
    expect(frames(path).hashes).toHaveLength(hashesOf(paths).length);
  });

  it('writes over nothing, and names a source that changed', async () => {
    const { movie, paths } = movieOf('DNxHR', 'mxf');
    const path = folder.file('there.mxf');
    writeFileSync(path, 'precious');
    await expect(write(movie, path)).rejects.toMatchObject({ code: 'output.failed', place: { file: path } });
    expect(statSync(path).size).toBe(8);
    const context = { progress: (): void => undefined, checkpoint: () => Promise.resolve() };
    const expected = movie.files.map((file) => ({ size: statSync(file).size, modifiedMs: statSync(file).mtimeMs }));
    appendFileSync(paths[1] ?? '', 'x');
    await expect(run({ kind: 'movie.write', movie, path: folder.file('changed.mxf'), expected }, context)).rejects.toMatchObject({ code: 'input.changed', place: { file: paths[1] } });
  });

  it.skipIf(process.platform !== 'linux')('says that the disk is full', () => {
    using muxer = new Muxer('/dev/full', 'matroska');
    const track = muxer.addSound({ codec: 'pcm_s16le', tag: '', sampleRate: 48_000, channels: 1, layout: 'mono', bits: 16 }, new Uint8Array(0), 0);
    const fill = (): void => {
      muxer.begin();
      for (let i = 0; i < 100; i++) muxer.write(track, { data: new Uint8Array(9600), pts: 4800 * i, dts: 4800 * i, duration: 4800, isKey: true });
      muxer.finish();
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'output.full', place: { file: '/dev/full' } }));
  });

  it('refuses what ends the process: packets before the header or after the end, a second end', () => {
    using muxer = new Muxer(folder.file('turns.mkv'), 'matroska');
    const track = muxer.addSound({ codec: 'pcm_s16le', tag: '', sampleRate: 48_000, channels: 1, layout: 'mono', bits: 16 }, new Uint8Array(0), 0);
    const packet = { data: new Uint8Array(96), pts: 0, dts: 0, duration: 48, isKey: true };
    expect(() => { muxer.write(track, packet); }).toThrow(/not writing/);
    expect(() => { muxer.finish(); }).toThrow(/not writing/);
    muxer.begin();
    expect(() => { muxer.begin(); }).toThrow(/not new/);
    muxer.write(track, packet);
    muxer.finish();
    expect(() => { muxer.write(track, packet); }).toThrow(/not writing/);
    expect(() => { muxer.finish(); }).toThrow(/not writing/);
    expect(() => new Muxer(folder.file('no such folder/x.mkv'), 'matroska').begin()).toThrow(/could not be created/);
  });
});
