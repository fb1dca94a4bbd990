import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { rational } from '../../../app/domain/rational.ts';
import type { Movie } from '../../../app/domain/movie.ts';
import { makeLayout } from './make-layout.ts';
import { boxPayload, Folder, frames, hasFfmpeg, hasMkvmerge, joined, pcm, plainFormat, probe, soundRun, write } from './fixtures/media.ts';

const folder = new Folder();
afterAll(() => folder[Symbol.dispose]());
const pattern = (seed: number): string[] => ['-f', 'lavfi', '-i', `testsrc2=s=160x96:r=24:d=1,hue=h=${seed * 40}`];
const hashesOf = (paths: readonly string[]): string[] => paths.flatMap((path) => frames(path).hashes);

describe.skipIf(!hasFfmpeg)('movie.write (needs the package ffmpeg)', () => {
  const x264 = [
    ['-preset', 'medium', '-bf', '3'],
    ['-preset', 'ultrafast', '-x264-params', 'slices=4'],
    ['-preset', 'veryfast', '-x264-params', 'bframes=2:cabac=0:nal-hrd=vbr:vbv-maxrate=500:vbv-bufsize=500:repeat-headers=1'],
    ['-preset', 'veryfast', '-x264-params', 'sps-id=30:bframes=0'],
    ['-profile:v', 'baseline', '-x264-params', 'aud=1:keyint=7'],
  ].map((options, i) => hasFfmpeg ? folder.make(`h${i}.mp4`, [...pattern(i), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', ...options]) : '');

  it('H.264 of five encoder set-ups whose ids collide: every frame its own, no message', async () => {
    const movie = joined(x264, plainFormat, 'avcC', 'mp4');
    const path = folder.file('h264.mp4');
    const { bytes, progress } = await write({ ...movie, timecode: { frame: 86400, rate: rational(24), dropFrame: false, reel: 'A001' } }, path);
    expect(bytes).toBe(statSync(path).size);
    expect(progress.at(-1)).toBe(bytes);
    const decoded = frames(path);
    expect(decoded.messages).toBe('');
    expect(decoded.hashes).toHaveLength(120);
    expect(decoded.hashes).toEqual(hashesOf(x264));
    expect(probe(path, ['-show_entries', 'stream_tags=timecode'])).toContain('01:00:00:00');
    expect(probe(path, ['-select_streams', 'v', '-show_entries', 'stream=start_time,nb_frames,r_frame_rate'])).toContain('start_time=0.000000');
  });

  it.each(['mp4', 'mov'] as const)('chapters of .%s, which ffprobe reads and which disturb no frame', async (container) => {
    const path = folder.file(`chapters.${container}`);
    const movie = joined(x264.slice(0, 2), plainFormat, 'avcC', container);
    await write({ ...movie, timecode: { frame: 0, rate: rational(24), dropFrame: false, reel: '' }, chapters: [{ frame: 0, title: 'Erste Szene – é' }, { frame: 24, title: 'SC 02' }] }, path);
    const told = probe(path, ['-show_chapters']).split('\n').filter((line) => /^(?:start_time|end_time|TAG:title)=/.test(line));
    expect(told).toEqual(['start_time=0.000000', 'end_time=1.000000', 'TAG:title=Erste Szene – é', 'start_time=1.000000', 'end_time=2.000000', 'TAG:title=SC 02']);
    const decoded = frames(path);
    expect(decoded.messages).toBe('');
    expect(decoded.hashes).toEqual(hashesOf(x264.slice(0, 2)));
  });

  it('a layout made for players: its runs, one after the other, are the movie that is written', async () => {
    const movie = joined(x264.slice(0, 3), plainFormat, 'avcC', 'mp4');
    const written = folder.file('written.mp4');
    await write(movie, written);
    const runs = await makeLayout({ kind: 'layout.make', movie, path: folder.file('head'), expected: movie.files.map(() => null) }, { progress: () => undefined, checkpoint: () => Promise.resolve() });
    const pieces = Array.from(runs.length, (length, i) => readFileSync(runs.files[runs.file[i] ?? 0] ?? '').subarray(runs.offset[i], (runs.offset[i] ?? 0) + length));
    expect(Buffer.concat(pieces).equals(readFileSync(written))).toBe(true);
    expect(runs.bytes).toBe(statSync(written).size);
  });

  it('keeps the first source and the one with its own id byte for byte', async () => {
    const movie = joined([x264[0] ?? '', x264[3] ?? ''], plainFormat, 'avcC', 'mp4');
    const path = folder.file('kept.mp4');
    await write(movie, path);
    const whole = readFileSync(path);
    for (const run of movie.picture?.runs ?? []) {
      const source = readFileSync(movie.files[run.file as number] ?? '');
      const sample = source.subarray(run.offset[0], (run.offset[0] ?? 0) + (run.size[0] ?? 0));
      expect(whole.includes(sample)).toBe(true);
    }
    expect(frames(path).hashes).toEqual(hashesOf(movie.files));
  });

  it('writes the colour into every SPS that tells none', async () => {
    const colour = { primaries: 9, transfer: 16, matrix: 9 };
    const path = folder.file('colour.mp4');
    await write(joined(x264.slice(0, 2), { ...plainFormat, colour }, 'avcC', 'mp4'), path);
    const annexB = folder.make('colour.h264', ['-i', path, '-c', 'copy']);
    expect(probe(annexB, ['-show_entries', 'stream=color_transfer'])).toContain('smpte2084');
    expect(frames(path).messages).toBe('');
  });

  it('HEVC of three set-ups', async () => {
    const paths = ['bframes=0', 'bframes=4:b-pyramid=1', 'bframes=2:hrd=1:vbv-maxrate=500:vbv-bufsize=500'].map((options, i) =>
      folder.make(`x${i}.mp4`, [...pattern(i), '-c:v', 'libx265', '-tag:v', 'hvc1', '-preset', 'ultrafast', '-x265-params', `log-level=none:open-gop=0:${options}`, '-pix_fmt', 'yuv420p']));
    const path = folder.file('hevc.mp4');
    await write(joined(paths, { ...plainFormat, codec: 'hevc', tag: 'hvc1' }, 'hvcC', 'mp4'), path);
    const decoded = frames(path);
    expect(decoded.messages).toBe('');
    expect(decoded.hashes).toEqual(hashesOf(paths));
  });

  it.each([['pcm_s16le', 16, 2, 'stereo'], ['pcm_s24le', 24, 6, '5.1'], ['pcm_s32le', 32, 1, 'mono'], ['pcm_f32le', 32, 8, '7.1']])(
    'ProRes with %s of %i bits, %i channels, sample-exact', async (codec, bits, channels, layout) => {
      const source = folder.make(`p${codec}.mov`, [...pattern(1), '-f', 'lavfi', '-i', `anoisesrc=r=48000:d=1:a=0.3,aformat=channel_layouts=${layout}`, '-c:v', 'prores_ks', '-c:a', codec]);
      const movie = joined([source, source], { ...plainFormat, codec: 'prores', tag: 'apch', pixelFormat: 'yuv422p10le' }, '', 'mov');
      const sound = pcm(codec, bits, channels, layout, 96000, [soundRun(source, 0, 0), soundRun(source, 0, 48000)]);
      const path = folder.file(`out${codec}.mov`);
      await write({ ...movie, sound }, path);
      const raw = (from: string): Buffer => execFileSync('ffmpeg', ['-v', 'warning', '-i', from, '-map', '0:a', '-c', 'copy', '-f', 'data', '-'], { maxBuffer: 1 << 28 });
      expect(raw(path).equals(Buffer.concat([raw(source), raw(source)]))).toBe(true);
      const told = probe(path, ['-select_streams', 'a', '-show_entries', 'stream=codec_name,channels,channel_layout']);
      expect(told).toContain(`codec_name=${codec}\n`);
      expect(told).toContain(`channels=${channels}\n`);
      expect(told).toContain(`channel_layout=${layout}\n`);
      expect(frames(path)).toEqual({ hashes: hashesOf([source, source]), messages: '' });
    });

  it('AAC packets beside the picture, in the order of the source', async () => {
    const source = folder.make('a.mp4', [...pattern(2), '-f', 'lavfi', '-i', 'sine=r=48000:d=1', '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest']);
    const movie = joined([source], plainFormat, 'avcC', 'mp4');
    const esds = boxPayload(source, 'esds');
    const config = esds.subarray(esds.indexOf(5, 20) + 5, esds.indexOf(5, 20) + 5 + (esds[esds.indexOf(5, 20) + 4] ?? 0));
    const run = soundRun(source, 0, 0);
    const whole: Movie = { ...movie, sound: { format: { codec: 'aac', tag: 'mp4a', sampleRate: 48000, channels: 1, layout: 'mono', bits: 0 }, config, priming: 1024, length: 48000, runs: [run] } };
    const path = folder.file('aac.mp4');
    await write(whole, path);
    expect(frames(path, 'a')).toEqual({ ...frames(source, 'a'), messages: '' });
    expect(frames(path)).toEqual({ hashes: hashesOf([source]), messages: '' });
    // One run: the media data of both are the same.
    expect(Buffer.from(boxPayload(path, 'mdat')).equals(Buffer.from(boxPayload(source, 'mdat').subarray(0, boxPayload(path, 'mdat').length)))).toBe(true);
    if (hasMkvmerge) execFileSync('mkvmerge', ['-q', '-o', folder.file('aac.mkv'), path]);
  });

  it('names a source that changed or became shorter', async () => {
    const source = folder.make('c.mp4', [...pattern(3), '-c:v', 'libx264', '-pix_fmt', 'yuv420p']);
    const movie = joined([source], plainFormat, 'avcC', 'mp4');
    const { run } = await import('../../worker/jobs/movie-write.ts');
    const context = { progress: (): void => undefined, checkpoint: () => Promise.resolve() };
    const { size, mtimeMs } = statSync(source);
    appendFileSync(source, 'x');
    await expect(run({ kind: 'movie.write', movie, path: folder.file('changed.mp4'), expected: [{ size, modifiedMs: mtimeMs }] }, context))
      .rejects.toMatchObject({ code: 'input.changed', place: { file: source } });
  });
});
