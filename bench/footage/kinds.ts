/** What each kind of footage is: the ffmpeg arguments of its few masters, up to the name of the file to write. */

export type FootageKind = 'h264-aac' | 'prores-pcm' | 'long-h264' | 'long-h264-pcm' | 'mixed';

export type Kind = {
  readonly extension: string;
  /** Of one file, roughly: for the question whether the disk has room. */
  readonly expectedBytes: number;
  readonly masters: readonly (readonly string[])[];
};

/** Moving pattern, its own colour, and grain: what a camera gives an encoder to do. */
function picture(seed: number, size: string, rate: string, seconds: number): string[] {
  const grain = `noise=all_seed=${seed}:alls=10:allf=t`;
  return ['-f', 'lavfi', '-t', String(seconds), '-i', `testsrc2=size=${size}:rate=${rate},hue=h=${seed * 40},${grain}`];
}

function tone(seed: number, rate: number, seconds: number): string[] {
  return ['-f', 'lavfi', '-t', String(seconds), '-i', `anoisesrc=seed=${seed}:amplitude=0.2:color=pink:sample_rate=${rate},aformat=channel_layouts=stereo`];
}

const tagged709 = ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-pix_fmt', 'yuv420p'];
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '8.5M', '-maxrate', '11M', '-bufsize', '11M', '-g', '48', '-keyint_min', '48', '-sc_threshold', '0', '-bf', '3', ...tagged709];
const aac = ['-c:a', 'aac', '-b:a', '160k', '-ac', '2'];
const proresPcm = ['-c:v', 'prores_ks', '-profile:v', 'proxy', '-vendor', 'apl0', '-pix_fmt', 'yuv422p10le', '-c:a', 'pcm_s16le'];

const seeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const kinds: Readonly<Record<FootageKind, Kind>> = {
  /** 3 to 4 s, 1080p24, GOP 48. */
  'h264-aac': {
    extension: '.mp4',
    expectedBytes: 4e6,
    masters: seeds(9).map((seed) => [...picture(seed, '1920x1080', '24', 3 + (seed % 5) / 4), ...tone(seed, 48_000, 3 + (seed % 5) / 4), ...h264, ...aac]),
  },
  'prores-pcm': {
    extension: '.mov',
    expectedBytes: 11e6,
    masters: seeds(6).map((seed) => [...picture(seed, '1920x1080', '24', 1.5 + (seed % 3) / 4), ...tone(seed, 48_000, 1.5 + (seed % 3) / 4), ...proresPcm]),
  },
  /** 20 s, for trims: GOP 48 with 3 B-frames. */
  'long-h264': {
    extension: '.mp4',
    expectedBytes: 22e6,
    masters: seeds(4).map((seed) => [...picture(seed, '1920x1080', '24', 20), ...tone(seed, 48_000, 20), ...h264, ...aac]),
  },
  'long-h264-pcm': {
    extension: '.mov',
    expectedBytes: 25e6,
    masters: seeds(2).map((seed) => [...picture(seed, '1920x1080', '24', 20), ...tone(seed, 48_000, 20), ...h264, '-c:a', 'pcm_s16le']),
  },
  /** Five sizes, rates and codecs: everything is encoded. 4 s each. */
  mixed: {
    extension: '.mov',
    expectedBytes: 12e6,
    masters: [
      [...picture(1, '1920x1080', '24', 4), ...tone(1, 48_000, 4), ...h264, ...aac],
      [...picture(2, '1280x720', '25', 4), ...tone(2, 44_100, 4), ...h264, ...aac],
      [...picture(3, '1920x1080', '25', 4), ...tone(3, 48_000, 4), ...proresPcm],
      [...picture(4, '1440x1080', '30', 4), ...tone(4, 48_000, 4), '-c:v', 'mpeg2video', '-b:v', '15M', ...tagged709, '-c:a', 'pcm_s16le'],
      [...picture(5, '1920x1080', '30', 4), ...tone(5, 48_000, 4), '-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error', '-b:v', '6M', '-tag:v', 'hvc1', ...tagged709, ...aac],
    ],
  },
};
