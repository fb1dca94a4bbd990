import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { decodedSound, ffmpegMissing, MediaFolder, probePackets, probeStream, run, soundBytes } from './fixtures/judged-media.ts';

const folder = new MediaFolder();
afterAll(() => folder[Symbol.dispose]());

const tone = ['-f', 'lavfi', '-i', 'aevalsrc=0.5*sin(440*2*PI*t)|0.4*sin(554*2*PI*t*t):s=48000', '-t', '2'];

/** What ffmpeg makes of it as raw samples. */
function raw(path: string, format: string): Buffer {
  return run('ffmpeg', ['-v', 'quiet', '-i', path, '-map', '0:a:0', '-c:a', `pcm_${format}`, '-f', format, '-']);
}

describe.skipIf(ffmpegMissing)('PCM lies in its file as a few stretches', () => {
  it.each([
    ['a.wav', 's16le', []], ['b.wav', 's24le', ['-rf64', 'always']], ['c.wav', 's32le', []], ['d.wav', 'f32le', []], ['e.wav', 'u8', []], ['f.wav', 'f64le', []],
    ['a.w64', 's24le', []], ['a.aiff', 's16be', []], ['b.aiff', 's24be', []], ['a.caf', 's24le', []], ['a.au', 's16be', []],
  ])('%s, %s', async (name, format, options) => {
    const path = folder.make(name, ...tone, '-c:a', `pcm_${format}`, ...options);
    const source = await folder.index(path);
    expect(Buffer.concat(soundBytes(source))).toEqual(raw(path, format));
    expect(source.files).toEqual([path]);
    expect(source.sound).toMatchObject({ length: 96_000, start: 0, packets: { count: 1 }, format: { codec: `pcm_${format}`, sampleRate: 48_000, channels: 2, layout: 'stereo', bits: probeStream(path, 'a:0')['bits_per_sample'] } });
  });

  it.each([['a.mkv', 's16le'], ['a.avi', 's24le'], ['a.mxf', 's16le'], ['a.nut', 's16be']])('%s beside a picture', async (name, format) => {
    const path = folder.make(name, '-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=25', ...tone, '-c:v', name.endsWith('mxf') ? 'mpeg2video' : 'mjpeg', '-c:a', `pcm_${format}`);
    const source = await folder.index(path);
    expect(Buffer.concat(soundBytes(source))).toEqual(raw(path, format));
    expect(source.files).toEqual([path]);
  });

  it('mono to eight channels at other rates', async () => {
    for (const [channels, layout] of [[1, 'mono'], [6, '5.1'], [8, '7.1']] as const) {
      const path = folder.make('channels.wav', '-f', 'lavfi', '-i', `anoisesrc=r=44100,aformat=channel_layouts=${layout}`, '-t', '0.1', '-c:a', 'pcm_s16le');
      expect((await folder.index(path)).sound).toMatchObject({ length: 4410, format: { channels, layout, sampleRate: 44_100 } });
    }
  });

  it('silence is sound', async () => {
    const path = folder.make('silence.wav', '-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-t', '20', '-c:a', 'pcm_s24le');
    expect(await folder.index(path)).toMatchObject({ sound: { length: 960_000 }, warnings: [] });
  });

  it.each(['long.wav', 'long.mov', 'long.mkv'])('%s with another second of sound in it has another fingerprint', async (name) => {
    const video = name.endsWith('wav') ? [] : ['-f', 'lavfi', '-i', 'color=s=64x64:r=5', '-c:v', 'mpeg4', '-shortest'];
    const path = folder.make(name, '-f', 'lavfi', '-i', 'anoisesrc=r=48000:d=600:seed=1,aformat=channel_layouts=stereo', ...video, '-c:a', 'pcm_s16le');
    const before = await folder.index(path);
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length * 0.37);
    const { packets } = before.sound as NonNullable<typeof before.sound>;
    packets.offset.forEach((offset, i) => {
      const end = Math.min(offset + (packets.size[i] ?? 0), at + 192_000);
      if (end > Math.max(offset, at)) bytes.fill(0, Math.max(offset, at), end);
    });
    writeFileSync(path, bytes);
    expect((await folder.index(path)).fingerprint).not.toBe(before.fingerprint);
  });

  it('a file that ends before its header says', async () => {
    const path = folder.make('whole.wav', ...tone);
    const cut = folder.at('cut.wav');
    writeFileSync(cut, readFileSync(path).subarray(0, 50_001));
    const { sound } = await folder.index(cut);
    expect(sound?.length).toBe(raw(cut, 's16le').length / 4);
  });
});

describe.skipIf(ffmpegMissing)('coded sound decodes to ffmpeg\'s samples, from its tables alone', () => {
  it.each([
    ['a.mp3', ['-c:a', 'libmp3lame']], ['a.flac', ['-c:a', 'flac', '-sample_fmt', 's16']], ['a.ogg', ['-c:a', 'libvorbis']], ['a.opus', ['-c:a', 'libopus']], ['a.ac3', ['-c:a', 'ac3']],
    ['a.eac3', ['-c:a', 'eac3']], ['a.aac', ['-c:a', 'aac']], ['a.mp2', ['-c:a', 'mp2']], ['b.mka', ['-c:a', 'libopus']], ['c.mka', ['-c:a', 'aac']], ['d.mka', ['-c:a', 'alac', '-sample_fmt', 's16p']],
    ['f.mka', ['-c:a', 'dca', '-strict', '-2']],
  ])('%s', async (name, args) => {
    const path = folder.make(name, ...tone, ...args);
    const source = await folder.index(path);
    const { sound } = source;
    if (!sound) return expect.fail('it has sound');
    expect(sound.format).toMatchObject({ codec: probeStream(path, 'a:0')['codec_name'], sampleRate: 48_000, channels: 2, layout: 'stereo' });
    expect(sound.packets.count).toBe(probePackets(path, 'a:0').length);
    const expected = new Float32Array(Uint8Array.from(raw(path, 'f32le')).buffer).filter((_, i) => i % 2 === 0);
    const ours = decodedSound(source).subarray(sound.start, sound.length);
    // The last packet's padding is cut off by some versions only.
    expect(Math.abs(ours.length - expected.length)).toBeLessThan(2048);
    const length = Math.min(ours.length, expected.length) - 2048;
    let worst = 0;
    for (let i = 0; i < length; i++) worst = Math.max(worst, Math.abs((ours[i] ?? 0) - (expected[i] ?? 0)));
    expect(worst).toBeLessThan(2e-4);
  });

  it.each([['adpcm.wav', 'adpcm_ms'], ['broadcast.ts', 's302m'], ['law.wav', 'pcm_alaw']])('%s of a codec that is decoded once and for all, or as it is', async (name, codec) => {
    const path = folder.make(name, ...tone, '-c:a', codec, '-sample_fmt', 's16', '-strict', '-2');
    const source = await folder.index(path);
    const bytes = Buffer.concat(soundBytes(source));
    if (codec === 'pcm_alaw') expect(source.sound?.format.codec).toBe(codec);
    else expect(bytes.equals(raw(path, 's16le'))).toBe(true);
  });
});

describe.skipIf(ffmpegMissing)('the sound heard with a frame', () => {
  const burst = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=25', '-f', 'lavfi', '-i', 'aevalsrc=if(between(t\\,1\\,1.2)\\,0.8*sin(1000*2*PI*t)\\,0):s=48000', '-t', '2'];
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2'];

  it.each([
    ['s.mkv', [...x264, '-c:a', 'flac']], ['s2.mkv', [...x264, '-c:a', 'aac']], ['s3.mkv', [...x264, '-c:a', 'pcm_s16le']], ['s.webm', ['-c:v', 'libvpx', '-c:a', 'libopus']],
    ['s.ts', [...x264, '-c:a', 'aac']], ['s2.ts', [...x264, '-c:a', 'mp2']], ['s3.ts', ['-c:v', 'mpeg2video', '-c:a', 'ac3']], ['s.avi', ['-c:v', 'mjpeg', '-c:a', 'pcm_s16le']],
    ['s2.avi', ['-c:v', 'mpeg4', '-c:a', 'libmp3lame']], ['s.mxf', ['-c:v', 'mpeg2video', '-c:a', 'pcm_s16le']], ['s.mpg', ['-c:v', 'mpeg2video', '-c:a', 'mp2']], ['s.flv', [...x264, '-c:a', 'aac']],
  ] as const)('is where ffmpeg has it: %s', async (name, args) => {
    const path = folder.make(name, ...burst, ...args);
    const source = await folder.index(path);
    const { sound } = source;
    if (!sound) return expect.fail('it has sound');
    const pcm = sound.format.codec.startsWith('pcm') ? int16(Buffer.concat(soundBytes(source))) : decodedSound(source);
    const ours = onset(pcm) - sound.start / sound.startDen;
    const theirs = onset(int16(raw(path, 's16le'))) + (firstTime(path, 'a:0') - firstTime(path, 'v:0')) * 48_000;
    // Matroska and FLV round to milliseconds, on both sides.
    expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(/mkv|webm|flv/.test(name) ? 49 : 2);
  });
});

function int16(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: Math.floor(bytes.length / 2) }, (_, i) => bytes.readInt16LE(2 * i) / 32_768);
}

/** First sample of the burst. */
function onset(samples: Float32Array): number {
  return samples.findIndex((value) => Math.abs(value) > 0.3);
}

function firstTime(path: string, stream: string): number {
  const text = run('ffprobe', ['-v', 'quiet', '-select_streams', stream, '-show_entries', 'frame=best_effort_timestamp_time', '-read_intervals', '%+#4', '-of', 'csv=p=0', path]).toString();
  return Number.parseFloat(text);
}

describe.skipIf(ffmpegMissing)('recorders\' WAV', () => {
  it('has the time of its first sample, counted at the rate of its iXML', async () => {
    const path = folder.make('plain.wav', ...tone, '-write_bext', '1', '-metadata', 'time_reference=172972800', '-metadata', 'origination_date=2024-03-05', '-metadata', 'origination_time=10:11:12');
    expect(await folder.index(path)).toMatchObject({ timecode: null, reel: null, created: '2024-03-05T10:11:12.000Z' });
    const xml = Buffer.from('<BWFXML><TAPE>R7</TAPE><SPEED><TIMECODE_RATE>24000/1001</TIMECODE_RATE><TIMECODE_FLAG>NDF</TIMECODE_FLAG></SPEED></BWFXML>  ');
    const chunk = Buffer.concat([Buffer.from('iXML'), Buffer.of(xml.length, 0, 0, 0), xml]);
    const bytes = readFileSync(path);
    const labelled = folder.at('labelled.wav');
    writeFileSync(labelled, Buffer.concat([bytes.subarray(0, 12), chunk, bytes.subarray(12)]));
    // 172,972,800 samples are 3603.6 s: an hour of 24 labels a second.
    expect(await folder.index(labelled)).toMatchObject({ timecode: { frame: 86_400, rate: { num: 24_000, den: 1001 }, dropFrame: false }, reel: 'R7' });
  });
});
