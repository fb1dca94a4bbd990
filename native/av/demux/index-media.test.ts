import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeWindow, samplesByRank } from '../../../app/domain/plan/cut-picture.ts';
import { sampleFlags, sourceFrames, type Source } from '../../../app/domain/source.ts';
import { ffmpegMissing, hashesByFfmpeg, hashesOf, MediaFolder, probePackets, probeStream, run } from './fixtures/judged-media.ts';

const folder = new MediaFolder();
afterAll(() => folder[Symbol.dispose]());

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=192x108:r=24000/1001', '-t', '2'];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-x264-params', 'b-adapt=0:b-pyramid=normal', '-g', '12', '-pix_fmt', 'yuv420p'];

/** Name, ffmpeg's arguments; `unpacked`: its packets do not lie whole in the file. */
const cases: readonly { readonly name: string; readonly args: readonly string[]; readonly unpacked?: boolean }[] = [
  { name: 'h264.mkv', args: x264 },
  { name: 'h264.flv', args: x264 },
  { name: 'h264.ts', args: x264, unpacked: true },
  { name: 'h264.m2ts', args: x264, unpacked: true },
  { name: 'bare.h264', args: x264, unpacked: true },
  { name: 'annexb.avi', args: [...x264, '-bsf:v', 'h264_mp4toannexb'], unpacked: true },
  { name: 'interlaced.ts', args: ['-c:v', 'libx264', '-flags', '+ilme+ildct', '-top', '1', '-vf', 'setfield=tff', '-bf', '2'], unpacked: true },
  { name: 'hevc.mkv', args: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'bframes=4:keyint=12:log-level=none'] },
  { name: 'hevc10.ts', args: ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', 'bframes=4:keyint=12:temporal-layers=1:log-level=none'], unpacked: true },
  { name: 'bare.hevc', args: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'bframes=4:keyint=12:open-gop=0:log-level=none'], unpacked: true },
  { name: 'prores.mkv', args: ['-c:v', 'prores', '-profile:v', '3'], unpacked: true },
  { name: 'dnxhd.mxf', args: ['-r', '25', '-s', '1920x1080', '-c:v', 'dnxhd', '-b:v', '120M', '-pix_fmt', 'yuv422p', '-t', '0.3'] },
  { name: 'mpeg2.mxf', args: ['-r', '25', '-c:v', 'mpeg2video', '-bf', '2'] },
  { name: 'mpeg2.mpg', args: ['-r', '25', '-c:v', 'mpeg2video', '-bf', '2', '-q:v', '3'], unpacked: true },
  { name: 'mpeg2.m2v', args: ['-r', '25', '-c:v', 'mpeg2video', '-bf', '2', '-flags', '+cgop', '-sc_threshold', '1000000000', '-q:v', '3'] },
  { name: 'mpeg4.avi', args: ['-c:v', 'mpeg4', '-bf', '2', '-q:v', '3'] },
  { name: 'mpeg4.m4v', args: ['-c:v', 'mpeg4', '-bf', '2', '-q:v', '3'] },
  { name: 'mjpeg.avi', args: ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'] },
  { name: 'vp9.webm', args: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8'] },
  { name: 'vp8.webm', args: ['-c:v', 'libvpx', '-auto-alt-ref', '1', '-lag-in-frames', '16', '-b:v', '300k', '-deadline', 'good', '-cpu-used', '5'] },
  { name: 'av1.mkv', args: ['-c:v', 'libsvtav1', '-preset', '12'] },
  { name: 'av1.ivf', args: ['-c:v', 'libsvtav1', '-preset', '12'] },
  { name: 'ffv1.mkv', args: ['-c:v', 'ffv1'] },
  { name: 'raw.y4m', args: ['-pix_fmt', 'yuv420p'] },
  { name: 'raw.avi', args: ['-c:v', 'rawvideo', '-pix_fmt', 'bgr24'] },
  { name: 'tape.dv', args: ['-r', '25', '-s', '720x576', '-pix_fmt', 'yuv420p', '-c:v', 'dvvideo'] },
];

const made = new Map<string, string>();

/** A file of the cases, made when it is first asked for. */
function media(name: string): string {
  const path = made.get(name) ?? folder.make(name, ...picture, ...cases.find((one) => one.name === name)?.args ?? []);
  made.set(name, path);
  return path;
}

describe.skipIf(ffmpegMissing)('every container decodes to ffmpeg\'s own frames, from its tables alone', () => {
  it.each(cases)('$name', async ({ name, unpacked = false }) => {
    const path = media(name);
    const source = await folder.index(path);
    const packets = probePackets(path, 'v:0');
    const stream = probeStream(path, 'v:0');
    expect(source.picture?.format).toMatchObject({
      codec: stream['codec_name'], width: stream['width'], height: stream['height'], pixelFormat: String(stream['pix_fmt']).replace('yuvj', 'yuv'), rotation: 0,
    });
    expect(hashesOf(source)).toEqual(hashesByFfmpeg(path));
    expect(sourceFrames(source)).toBe(packets.length);
    const { samples } = source.picture ?? expect.fail('it has a picture');
    const keys = packets.map(({ flags }) => flags.includes('K'));
    expect([...samples.flags].map((flags) => (flags & sampleFlags.sync) !== 0)).toEqual(keys);
    if (unpacked) expect(source.files).toHaveLength(2);
    else expect([...samples.size]).toEqual(packets.map(({ size }) => Number(size)));
    expect(source.warnings).toEqual([]);
  });

  it('has length-prefixed samples with a configuration, whatever the container had', async () => {
    const sources = await Promise.all(['h264.mkv', 'h264.ts', 'bare.h264', 'annexb.avi'].map((name) => folder.index(media(name))));
    const sets = sources.map((source) => source.picture?.sets);
    for (const source of sources) expect(source.picture).toMatchObject({ config: expect.objectContaining({ 0: 1 }), copyObstacle: null, sets: sets[0] });
    expect(sources.map(discarded)).toEqual(sources.map(() => discarded(sources[0])));
    expect(discarded(sources[0])).toBeGreaterThan(0);
  });
});

/** Frames that no other needs. */
function discarded(source: Source | undefined): number {
  return [...source?.picture?.samples.flags ?? []].filter((flags) => (flags & sampleFlags.disposable) !== 0).length;
}

describe.skipIf(ffmpegMissing)('rates', () => {
  it.each(['24000/1001', '25', '30000/1001', '48', '50', '60000/1001', '120', '15'])('%s is constant in Matroska\'s milliseconds', async (rate) => {
    const path = folder.make('rate.mkv', '-f', 'lavfi', '-i', `testsrc2=s=64x64:r=${rate}`, '-t', '2', '-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2');
    const { picture: found } = await folder.index(path);
    const [num = 0, den = 1] = rate.split('/').map(Number);
    expect(found).toMatchObject({ rate: { num, den }, isConstantRate: true, times: null });
  });

  it('variable ones keep each frame\'s time', async () => {
    const path = folder.make('variable.mkv', '-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=30', '-t', '4', '-vf', 'select=mod(n\\,7)', '-fps_mode', 'vfr', '-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2');
    const { picture: found } = await folder.index(path);
    const stamps = probePackets(path, 'v:0').map(({ pts }) => pts ?? 0).toSorted((a, b) => a - b);
    expect(found).toMatchObject({ rate: { num: 30, den: 1 }, isConstantRate: false, timescale: 1000 });
    expect([...found?.times ?? []]).toEqual(stamps.map((stamp) => stamp - (stamps[0] ?? 0)));
  });
});

describe.skipIf(ffmpegMissing)('what the container tells', () => {
  it('colour, pixel aspect, field order, rotation', async () => {
    const tagged = folder.make('tagged.mkv', ...picture, '-vf', 'setsar=4/3', ...x264, '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc', '-color_range', 'tv');
    expect((await folder.index(tagged)).picture?.format).toMatchObject({ sar: { num: 4, den: 3 }, colour: { primaries: 9, transfer: 16, matrix: 9 }, range: 'limited', fieldOrder: 'progressive' });
    expect((await folder.index(media('interlaced.ts'))).picture?.format.fieldOrder).toBe('tff');
    expect((await folder.index(media('tape.dv'))).picture?.format).toMatchObject({ fieldOrder: 'bff', sar: { num: 64, den: 45 } });
    expect((await folder.index(media('mjpeg.avi'))).picture?.format.range).toBe('full');
  });

  it.skipIf(spawnSync('mkvpropedit', ['--version']).error).each([[90, 270], [-90, 90], [180, 180]])('a roll of %d degrees turns it by %d clockwise', async (roll, rotation) => {
    const path = folder.make('rolled.mkv', ...picture, ...x264);
    run('mkvpropedit', ['-q', path, '--edit', 'track:v1', '--set', 'projection-type=0', '--set', `projection-pose-roll=${roll}`]);
    expect((await folder.index(path)).picture?.format.rotation).toBe(rotation);
  });

  it('flavours by the names that movies use', async () => {
    expect((await folder.index(media('prores.mkv'))).picture?.format).toMatchObject({ tag: 'apch', profile: 'HQ' });
    expect((await folder.index(media('dnxhd.mxf'))).picture?.format).toMatchObject({ tag: 'AVdn', profile: '1237' });
  });

  it('timecode, reel and date', async () => {
    const path = folder.make('labelled.mxf', '-f', 'lavfi', '-i', 'testsrc2=s=192x108:r=30000/1001', '-t', '1', '-c:v', 'mpeg2video', '-timecode', '01:00:00;02');
    expect((await folder.index(path)).timecode).toEqual({ frame: 107_894, rate: { num: 30_000, den: 1001 }, dropFrame: true });
    const tagged = folder.make('reel.mkv', ...picture, ...x264, '-metadata', 'timecode=10:00:00:05', '-metadata', 'reel_name=A001', '-metadata', 'creation_time=2024-03-05T10:11:12Z');
    expect(await folder.index(tagged)).toMatchObject({ timecode: { frame: 864_005, dropFrame: false }, reel: 'A001', created: '2024-03-05T10:11:12.000Z' });
  });

  it('a cover is no picture', async () => {
    const cover = folder.make('cover.png', ...picture, '-frames:v', '1');
    const path = folder.make('cover.mp3', '-f', 'lavfi', '-i', 'sine', '-i', cover, '-map', '0', '-map', '1', '-t', '1', '-disposition:v', 'attached_pic');
    expect(await folder.index(path)).toMatchObject({ picture: null, container: 'mp3' });
  });
});

const fields = join(import.meta.dirname, '../../../../shared/corpus/media/bmx/separate_fields_gop.h264');

describe.skipIf(ffmpegMissing || !existsSync(fields))('fields that are samples of their own (needs ../shared/corpus)', () => {
  it('make whole frames, all of them or a few', async () => {
    const source = await folder.index(fields);
    const expected = hashesByFfmpeg(fields);
    expect(source.picture).toMatchObject({ copyObstacle: 'the two fields of its frames are samples of their own', rate: { num: 30_000, den: 1001 }, isConstantRate: true });
    expect(hashesOf(source)).toEqual(expected);
    const { samples, shown } = source.picture ?? expect.fail('it has a picture');
    const few = [...shown ?? []].slice(3, 7);
    const window = decodeWindow(samples, samplesByRank(samples), { from: few[0] ?? 0, to: (few.at(-1) ?? 0) + 1 });
    expect(hashesOf(source, { samples: window, wanted: new Set(few) }).slice(3, 7)).toEqual(expected.slice(3, 7));
  });
});

describe.skipIf(ffmpegMissing)('streams that are not clean', () => {
  it('starts in the middle of a group: what cannot be decoded is left out, and said', async () => {
    const whole = folder.make('open.ts', ...picture, '-c:v', 'mpeg2video', '-bf', '2', '-g', '12', '-q:v', '3', '-f', 'mpegts', '-mpegts_flags', '+resend_headers');
    const packets = probePackets(whole, 'v:0') as unknown as readonly { readonly pos: string }[];
    const cut = folder.at('cut.ts');
    writeFileSync(cut, readFileSync(whole).subarray(Number(packets[5]?.pos)));
    const source = await folder.index(cut);
    expect(source.warnings.join()).toMatch(/before its first key frame lie \d+ frames|left out at its beginning/);
    const all = hashesOf(await folder.index(whole));
    expect(all.join()).toContain(hashesOf(source).join());
  });

  it('parameter sets that change in mid-stream keep it from being copied, and it decodes', async () => {
    const [a, b] = ['192x108', '160x96'].map((size, i) => folder.make(`part${i}.ts`, '-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25`, '-t', '1', '-output_ts_offset', String(i), ...x264));
    const joined = folder.at('joined.ts');
    writeFileSync(joined, Buffer.concat([readFileSync(a ?? ''), readFileSync(b ?? '')]));
    const source = await folder.index(joined);
    expect(source.picture?.copyObstacle).toBe('its parameter sets change in mid-stream');
    expect(hashesOf(source)).toEqual([...hashesByFfmpeg(a ?? ''), ...hashesByFfmpeg(b ?? '')]);
  });

  it('a Matroska file that was cut off ends at its last whole frame', async () => {
    const whole = folder.make('long.mkv', '-f', 'lavfi', '-i', 'testsrc2=s=192x108:r=24000/1001', '-t', '4', ...x264);
    const path = folder.at('cut.mkv');
    writeFileSync(path, readFileSync(whole).subarray(0, 0.45 * readFileSync(whole).length));
    const source = await folder.index(path);
    expect(source.picture?.isConstantRate).toBe(true);
    expect(source.warnings[0]).toMatch(/^it is cut short: its header tells of 4\.0 s/);
    expect(hashesOf(source)).toEqual(hashesOf(await folder.index(whole)).slice(0, sourceFrames(source)));
  });

  it.each(['h264.ts', 'h264.mkv', 'mpeg2.mxf', 'mpeg2.mpg', 'mpeg4.avi', 'bare.h264'])('%s with two gigabytes of zeros behind it', async (name) => {
    const path = folder.at(`tail-${name}`);
    writeFileSync(path, readFileSync(media(name)));
    truncateSync(path, 2 ** 31);
    const source = await folder.index(path);
    const whole = await folder.index(media(name));
    expect(source.warnings[0]).toMatch(/^ends in \d+ bytes of zeros, which are left out$/);
    expect(sourceFrames(source)).toBe(sourceFrames(whole));
    expect(source.picture?.samples.size).toEqual(whole.picture?.samples.size);
  });

  it('unpacks once: the file is used again, and made again where it is not whole', async () => {
    const path = media('h264.ts');
    const first = await folder.index(path);
    const unpacked = first.files[1] ?? '';
    const bytes = readFileSync(unpacked);
    truncateSync(unpacked, 100);
    expect(await folder.index(path)).toEqual(first);
    expect(readFileSync(unpacked)).toEqual(bytes);
    rmSync(unpacked);
    expect(await folder.index(path)).toEqual(first);
    expect(existsSync(unpacked)).toBe(true);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(basename(unpacked).startsWith(first.fingerprint)).toBe(true);
  });

  it('names that FFmpeg would take for something else', async () => {
    const path = folder.at('concat:a,b,:%03d -"\'\n😀.ts');
    writeFileSync(path, readFileSync(media('h264.ts')));
    expect(sourceFrames(await folder.index(path))).toBe(48);
  });
});
