import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleFlags, type Source } from '../../../app/domain/source.ts';
import { differences, indexed, probed } from './fixtures/compare.ts';
import { hasFfmpeg, MediaFolder, picture, sound } from './fixtures/media-folder.ts';

const folder = new MediaFolder();
afterAll(() => folder[Symbol.dispose]());

const x264 = '-c:v libx264 -preset veryfast';
const x265 = '-c:v libx265 -preset ultrafast -x265-params log-level=none';
const channels = (layout: string, count: number): string =>
  `-f lavfi -i anoisesrc=d=2.5:r=48000,pan=${layout}|${Array.from({ length: count }, (_, i) => `c${i}=c0`).join('|')}`;
const short = `${picture} -t 0.5`;

/** Name and ffmpeg's arguments: all that ffprobe tells of the file must be what we tell. */
const cases: readonly (readonly [string, string])[] = [
  ['bframes.mp4', `${picture} ${sound} ${x264} -g 12 -bf 3 -c:a aac`],
  ['one-frame.mp4', `${picture} -t 0.04 ${x264}`],
  ['silent.mp4', `${picture} ${x264} -bf 0`],
  ['milliseconds.mp4', `-f lavfi -i testsrc2=s=160x96:r=24000/1001:d=2.5 ${x264} -video_track_timescale 1000`],
  ['variable.mp4', `${picture} -vf setpts=PTS+floor(N/5)*0.3/TB/24 -vsync vfr ${x264}`],
  ['fields-top.mp4', `${picture} ${x264} -x264-params tff=1`],
  ['fields-bottom.mp4', `${picture} ${x264} -x264-params bff=1:bframes=0`],
  ['cropped.mp4', `${picture} -s 150x90 ${x264}`],
  ['aspect.mp4', `${picture} -vf setsar=4/3 ${x264}`],
  ['tagged.mp4', `${picture} ${x264} -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv`],
  ['full.mp4', `${picture} -pix_fmt yuvj420p ${x264}`],
  ['grey.mp4', `${picture} -pix_fmt gray ${x264}`],
  ['ten-bit.mp4', `${picture} -pix_fmt yuv422p10le ${x264}`],
  ['intra.mp4', `${picture} -pix_fmt yuv422p10le ${x264} -x264-params keyint=1`],
  ['rgb.mp4', `${picture} -pix_fmt rgb24 -c:v libx264rgb`],
  ['baseline.mp4', `${picture} -pix_fmt yuv420p ${x264} -profile:v baseline`],
  ['turned.mp4', `${picture} ${x264} -metadata:s:v rotate=90`],
  ['turned-back.mp4', `${picture} ${x264} -metadata:s:v rotate=270`],
  ['hev1.mp4', `${picture} ${x265} -tag:v hev1`],
  ['hdr.mp4', `${picture} -pix_fmt yuv420p10le ${x265}:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc -tag:v hvc1`],
  ['hevc-422.mp4', `${picture} -pix_fmt yuv422p10le ${x265}`],
  ['hevc-full.mp4', `${picture} -pix_fmt yuvj420p ${x265}`],
  ['prores.mov', `-f lavfi -i testsrc2=s=160x96:r=30000/1001:d=2.5 ${sound} -c:v prores_ks -c:a pcm_s24le -timecode 01:00:00;02 -metadata:s:v reel_name=A001`],
  ['prores-alpha.mov', `${short} -pix_fmt yuva444p10le -c:v prores_ks -profile:v 4444 -alpha_bits 16`],
  ['prores-fields.mov', `${short} -vf setfield=tff -flags +ildct -c:v prores_ks -color_primaries bt709 -color_trc bt709 -colorspace bt709`],
  ['dnxhr-hq.mov', `${short} -s 256x160 -pix_fmt yuv422p -c:v dnxhd -profile:v dnxhr_hq`],
  ['dnxhr-444.mov', `${short} -s 256x160 -pix_fmt yuv444p10le -c:v dnxhd -profile:v dnxhr_444`],
  ['dnxhd-fields.mov', `${picture} -s 1920x1080 -r 25 -t 0.1 -pix_fmt yuv422p -flags +ildct -c:v dnxhd -b:v 120M`],
  ['mpeg4.mp4', `${picture} -c:v mpeg4 -bf 2 -g 12 -q 4`],
  ['mpeg2.mov', `${picture} -c:v mpeg2video -bf 2 -g 12 -q 4`],
  ['mpeg2-fields.mov', `${picture} -c:v mpeg2video -flags +ilme+ildct -top 1 -g 12 -q 4`],
  ['mpeg2-wide.mp4', `${picture} -c:v mpeg2video -g 12 -q 4 -aspect 16:9`],
  ['mjpeg.mov', `${short} -pix_fmt yuvj422p -c:v mjpeg`],
  ['mjpeg.mp4', `${short} -pix_fmt yuvj420p -c:v mjpeg`],
  ['vp9.mp4', `${short} -pix_fmt yuv422p10le -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc`],
  ['av1.mp4', `${short} -c:v libaom-av1 -cpu-used 8`],
  ['png.mov', `${short} -pix_fmt rgba -c:v png`],
  ['animation.mov', `${short} -c:v qtrle`],
  ['v210.mov', `${short} -c:v v210`],
  ['packed.mov', `${short} -pix_fmt uyvy422 -c:v rawvideo`],
  ['rgb24.mov', `${short} -pix_fmt rgb24 -c:v rawvideo`],
  ['dv.mov', '-f lavfi -i testsrc2=s=720x480:r=30000/1001:d=0.2 -pix_fmt yuv411p -c:v dvvideo'],
  ['dv-hd.mov', '-f lavfi -i testsrc2=s=1440x1080:r=25:d=0.1 -pix_fmt yuv422p -c:v dvvideo'],
  ['cineform.mov', `${short} -pix_fmt gbrp12le -c:v cfhd`],
  ['s16le.mov', `${picture} -f lavfi -i sine=r=44100:d=2.5 ${x264} -c:a pcm_s16le`],
  ...['s16be', 's24le', 's24be', 's32le', 'f32le', 'f32be', 'f64le', 'u8', 's8', 'mulaw']
    .map((format): [string, string] => [`${format}.mov`, `-f lavfi -i sine=r=44100:d=2.5 -c:a pcm_${format}`]),
  ['fast.mov', '-f lavfi -i sine=r=192000:d=1 -c:a pcm_s24le'],
  ['aac-5.1.mp4', `${channels('5.1', 6)} -c:a aac`],
  ['pcm-5.1.mov', `${channels('5.1', 6)} -c:a pcm_s16le`],
  ['pcm-side.mov', `${channels('5.1(side)', 6)} -c:a pcm_s16le`],
  ['alone.m4a', `${sound} -c:a aac`],
  ['alac.m4a', `${sound} -c:a alac`],
  ['ac3.mp4', `${channels('5.1(side)', 6)} -c:a ac3`],
  ['eac3.mp4', `${sound} -c:a eac3`],
  ['opus.mp4', `${picture} ${sound} ${x264} -c:a libopus -strict -2`],
  ['flac.mp4', `${sound} -c:a flac -strict -2`],
  ['mp3.mp4', `${sound} -c:a libmp3lame`],
  ['mp3.mov', `${sound} -c:a libmp3lame`],
  ['ima.mov', `${sound} -c:a adpcm_ima_qt`],
];

/** Files made from bframes.mp4 by copying. */
const remuxed: readonly (readonly [string, string])[] = [
  ['edited.mp4', '-ss 0.7 -i SOURCE -c copy'],
  ['late-picture.mp4', '-itsoffset 0.5 -i SOURCE -i SOURCE -map 0:v -map 1:a -c copy'],
  ['late-sound.mp4', '-i SOURCE -itsoffset 0.5 -i SOURCE -map 0:v -map 1:a -c copy'],
  ['unedited.mp4', '-i SOURCE -c copy -use_editlist 0'],
  ['negative.mp4', '-i SOURCE -c copy -movflags negative_cts_offsets'],
  ['fragments.mp4', '-i SOURCE -c copy -movflags frag_keyframe+empty_moov+default_base_moof'],
  ['half-fragmented.mp4', '-i SOURCE -c copy -movflags frag_keyframe'],
  ['single-frames.mp4', '-i SOURCE -c copy -movflags frag_every_frame+empty_moov+separate_moof'],
  ['fragments-pcm.mov', '-i SOURCE -c:v copy -c:a pcm_s16le -movflags frag_keyframe+empty_moov'],
  ['sidx.mp4', '-i SOURCE -c copy -movflags dash+frag_keyframe+global_sidx'],
  ['fast-start.mov', '-i SOURCE -c copy -movflags faststart'],
];

describe.skipIf(!hasFfmpeg)('indexIsobmff (needs the package ffmpeg)', () => {
  const source = hasFfmpeg ? folder.make('source.mp4', `${picture} ${sound} ${x264} -g 12 -bf 3 -c:a aac`) : '';

  it.each([...cases, ...remuxed])('%s: as ffprobe tells it', (name, args) => {
    const path = folder.make(name, args.replaceAll('SOURCE', source));
    expect(differences(indexed(path), probed(path))).toEqual([]);
  });

  it('reads timecode, reel, time of creation, and where the sound begins', () => {
    const path = folder.make('facts.mov', `-f lavfi -i testsrc2=s=160x96:r=30000/1001:d=1 ${sound} -c:v prores_ks -c:a aac -timecode 01:00:00;02 -metadata:s:v reel_name=A001 -metadata creation_time=2024-02-03T04:05:06Z`);
    const { timecode, reel, created, sound: heard } = indexed(path);
    expect(timecode).toEqual({ frame: 107_894, rate: { num: 30_000, den: 1001 }, dropFrame: true });
    expect(reel).toBe('A001');
    expect(created).toBe('2024-02-03T04:05:06.000Z');
    expect(heard).toMatchObject({ start: 1024, startDen: 1 });
  });

  it('tells key frames that stand alone from those that do not', () => {
    const { sync, closed, cra } = sampleFlags;
    const open = folder.make('open.mp4', `${picture} ${x264} -preset medium -x264-params keyint=12:bframes=3:open-gop=1:scenecut=0`);
    expect(keys(indexed(open))).toEqual([sync | closed, sync]);
    const leading = folder.make('cra.mp4', `${picture} ${x265}:keyint=12:open-gop=1:bframes=3:scenecut=0 -tag:v hvc1`);
    expect(keys(indexed(leading))).toEqual([sync | closed, sync | cra]);
    const shut = folder.make('idr.mp4', `${picture} ${x265}:keyint=12:open-gop=0:bframes=3 -tag:v hvc1`);
    expect(keys(indexed(shut))).toEqual([sync | closed]);
    const mpeg4 = folder.make('open-mpeg4.mp4', `${picture} -c:v mpeg4 -bf 2 -g 12 -q 4`);
    expect(keys(indexed(mpeg4))).toEqual([sync | closed, sync]);
    const mpeg2 = folder.make('closed-mpeg2.mov', `${picture} -c:v mpeg2video -bf 2 -g 12 -q 4 -flags +cgop -sc_threshold 1000000000`);
    expect(keys(indexed(mpeg2))).toEqual([sync | closed]);
  });

  it.each([
    ['many-keys.mp4', `${x264} -g 12 -bf 0`], ['mpeg2.mov', '-c:v mpeg2video -g 12 -bf 0'], ['mpeg4.mp4', '-c:v mpeg4 -g 12 -bf 0'],
    ['vp9.mp4', '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 12'], ['av1.mp4', '-c:v libaom-av1 -usage realtime -cpu-used 8 -g 12'],
  ])('finds the key frames of %s without a table of them', (name, options) => {
    const path = folder.make(`keys-${name}`, `${picture} ${options}`);
    const told = indexed(path).picture?.samples.flags;
    const bytes = readFileSync(path);
    bytes.write('free', bytes.indexOf('stss'), 'latin1');
    expect(told?.filter((flags) => flags & sampleFlags.closed)).toHaveLength(5);
    expect(indexed(folder.write(`no-table-${name}`, bytes)).picture?.samples.flags).toEqual(told);
  });

  it('puts sets that stand in samples alone into the configuration', () => {
    const path = folder.make('in-band.mp4', `${picture} ${x264} -x264-params keyint=12:repeat-headers=1`);
    const plain = indexed(path);
    const bytes = readFileSync(path);
    const at = bytes.indexOf('avcC');
    const spsLength = bytes.readUInt16BE(at + 10);
    // One set of each kind: told to be none of either, with what stood there behind.
    const whole = Buffer.from(bytes.subarray(at + 9, at + 12 + spsLength));
    bytes[at + 9] = 0xe0;
    bytes[at + 10] = 0;
    bytes.fill(0, at + 11, at + 11 + whole.length);
    bytes.write('avc3', bytes.indexOf('avc1', bytes.indexOf('stsd')), 'latin1');
    const found = indexed(folder.write('avc3.mp4', bytes));
    expect(found.picture?.format).toEqual({ ...plain.picture?.format, tag: 'avc3' });
    expect(found.picture?.sets).toEqual(plain.picture?.sets);
    expect(found.picture?.copyObstacle).toBeNull();
  });
});

/** Flags of the key frames, each combination once. */
function keys(source: Source): number[] {
  const seen = Array.from(source.picture?.samples.flags ?? [], (flags) => flags & ~sampleFlags.disposable).filter((flags) => flags !== 0);
  return [...new Set(seen)];
}
