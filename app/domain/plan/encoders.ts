/** What each codec is encoded with, and which container takes it. Figures behind the options stand in docs/BENCHMARKS.md. */
import type { Rational } from '../rational.ts';
import type { PictureFormat } from '../source.ts';
import type { Container, PictureEncoder, ProfileName } from '../profile.ts';

const held: Readonly<Record<Exclude<Container, 'wav'>, readonly string[]>> = {
  mp4: ['h264', 'hevc', 'av1', 'vp9', 'mpeg4', 'mpeg2video'],
  mov: ['h264', 'hevc', 'prores', 'dnxhd', 'mjpeg', 'mpeg4', 'mpeg2video'],
  mkv: ['h264', 'hevc', 'av1', 'vp9', 'prores', 'mpeg4', 'mpeg2video', 'mjpeg'],
  mxf: ['dnxhd', 'mpeg2video', 'prores', 'h264'],
};

/** The container can hold the codec and conformed clips can be encoded to it. */
export function canHold(container: Exclude<Container, 'wav'>, codec: string): boolean {
  return held[container].includes(codec);
}

const proresFlavours: Readonly<Record<string, { tag: string; profile: string; pixelFormat: string }>> = {
  proxy: { tag: 'apco', profile: 'Proxy', pixelFormat: 'yuv422p10le' },
  lt: { tag: 'apcs', profile: 'LT', pixelFormat: 'yuv422p10le' },
  '422': { tag: 'apcn', profile: 'Standard', pixelFormat: 'yuv422p10le' },
  hq: { tag: 'apch', profile: 'HQ', pixelFormat: 'yuv422p10le' },
  '4444': { tag: 'ap4h', profile: '4444', pixelFormat: 'yuv444p12le' },
};

const dnxhrFlavours: Readonly<Record<string, { profile: string; pixelFormat: string }>> = {
  lb: { profile: 'DNXHR LB', pixelFormat: 'yuv422p' },
  sq: { profile: 'DNXHR SQ', pixelFormat: 'yuv422p' },
  hq: { profile: 'DNXHR HQ', pixelFormat: 'yuv422p' },
  hqx: { profile: 'DNXHR HQX', pixelFormat: 'yuv422p10le' },
  '444': { profile: 'DNXHR 444', pixelFormat: 'yuv444p10le' },
};

export const flavours: Readonly<Partial<Record<ProfileName, readonly string[]>>> = {
  prores: Object.keys(proresFlavours),
  dnxhr: Object.keys(dnxhrFlavours),
};

/** The format of a named profile, its size and colour from the majority. */
export function defaultFormat(name: ProfileName, flavour: string | null, base: PictureFormat): PictureFormat {
  // What is encoded is YCbCr with an ordinary curve, also where the leading source is RGB or linear light (stills, EXR).
  const colour = base.colour.matrix === 0 || base.colour.transfer === 8 ? { primaries: 1, transfer: 1, matrix: 1 } : base.colour;
  const upright: PictureFormat = { ...base, colour, range: 'limited', fieldOrder: base.fieldOrder === 'unknown' ? 'progressive' : base.fieldOrder };
  switch (name) {
    case 'prores': {
      const chosen = proresFlavours[flavour ?? 'hq'] ?? proresFlavours['hq'];
      return { ...upright, codec: 'prores', ...chosen };
    }
    case 'dnxhr': {
      const chosen = dnxhrFlavours[flavour ?? 'hq'] ?? dnxhrFlavours['hq'];
      return { ...upright, codec: 'dnxhd', tag: 'AVdh', fieldOrder: 'progressive', ...chosen };
    }
    case 'hevc':
      return { ...upright, codec: 'hevc', tag: 'hvc1', profile: '', pixelFormat: tenBit(base) ? 'yuv420p10le' : 'yuv420p', fieldOrder: 'progressive' };
    case 'av1':
      return { ...upright, codec: 'av1', tag: 'av01', profile: 'Main', pixelFormat: tenBit(base) ? 'yuv420p10le' : 'yuv420p', fieldOrder: 'progressive' };
    default:
      return { ...upright, codec: 'h264', tag: 'avc1', profile: '', pixelFormat: 'yuv420p', fieldOrder: 'progressive' };
  }
}

/** What the encoder is given for pictures of `format`: ProRes 4444 holds 12 bits, and FFmpeg writes 10 of them. */
export function encodedFormat(format: PictureFormat): PictureFormat {
  return format.codec === 'prores' ? { ...format, pixelFormat: format.pixelFormat.replace('444p12', '444p10') } : format;
}

export type EncoderChoice = {
  readonly preset: string | null;
  readonly crf: number | null;
  readonly rate: Rational;
  readonly name: ProfileName;
  /** False: pictures must be stored in the order in which they are shown. */
  readonly canReorder: boolean;
};

/** Encoder and settings of a format. Ids 29 and 30 keep our parameter sets apart from what cameras use, so that no byte changes. */
export function pictureEncoder(format: PictureFormat, choice: EncoderChoice): PictureEncoder {
  const gop = String(Math.max(1, Math.round((2 * choice.rate.num) / choice.rate.den)));
  switch (format.codec) {
    case 'h264': return x264(format, choice, gop);
    case 'hevc': return x265(choice, gop);
    case 'av1': return plain('libsvtav1', { preset: choice.preset ?? '8', crf: String(choice.crf ?? 24), g: gop }, 2);
    case 'vp9': return plain('libvpx-vp9', {
      deadline: 'realtime', 'cpu-used': choice.preset ?? '5', crf: String(choice.crf ?? 20), b: '0', g: gop, 'auto-alt-ref': '0', 'lag-in-frames': '0',
    }, 2);
    case 'prores': return plain('prores_ks', { profile: proresProfile(format.tag), vendor: 'apl0' }, 2);
    case 'dnxhd': return plain('dnxhd', { profile: dnxhdProfile(format.profile) }, 2);
    case 'mjpeg': return plain('mjpeg', { qmin: '1', qmax: '3', flags: '+qscale', global_quality: String(2 * 118) }, 2);
    case 'mpeg2video': return plain('mpeg2video', { g: '12', bf: '0', flags: '+qscale', global_quality: String(2 * 118), qmin: '1' }, 1);
    default: return plain('mpeg4', { g: '12', flags: '+qscale', global_quality: String(2 * 118), qmin: '1' }, 1);
  }
}

function plain(name: string, options: Readonly<Record<string, string>>, threads: number): PictureEncoder {
  return { name, options, edgeOptions: options, threads };
}

function x264(format: PictureFormat, choice: EncoderChoice, gop: string): PictureEncoder {
  const common = 'force-cfr=1:annexb=0:open-gop=0:repeat-headers=0';
  const fields = format.fieldOrder === 'tff' ? ':tff=1' : format.fieldOrder === 'bff' ? ':bff=1' : '';
  return {
    name: 'libx264',
    options: {
      preset: choice.preset ?? 'veryfast', crf: String(choice.crf ?? 18), g: gop, 'forced-idr': '1', ...(choice.canReorder ? {} : { bf: '0' }),
      'x264-params': `${common}:sps-id=29${fields}`,
    },
    // Edges are short: bits are cheap and time is not. No B-frames and force-cfr give each packet at once, so one encoder serves them all.
    edgeOptions: {
      preset: 'ultrafast', qp: String(23 + 6 * (bitDepth(format.pixelFormat) - 8)), bf: '0', g: '250', 'forced-idr': '1',
      'x264-params': `${common}:8x8dct=1:scenecut=0:sps-id=30${fields}`,
    },
    threads: 2,
  };
}

function x265(choice: EncoderChoice, gop: string): PictureEncoder {
  const common = 'annexb=0:repeat-headers=0:open-gop=0:info=0:log-level=none';
  return {
    name: 'libx265',
    options: { preset: choice.preset ?? 'superfast', crf: String(choice.crf ?? 18), g: gop, 'forced-idr': '1', 'x265-params': common },
    edgeOptions: {
      preset: 'ultrafast', bf: '0', g: '250', 'forced-idr': '1',
      'x265-params': `${common}:qp=21:bframes=0:scenecut=0:rc-lookahead=0:frame-threads=1`,
    },
    threads: 2,
  };
}

function proresProfile(tag: string): string {
  return String(Math.max(0, ['apco', 'apcs', 'apcn', 'apch', 'ap4h', 'ap4x'].indexOf(tag)));
}

/** "DNXHR HQX" -> dnxhr_hqx; DNxHD compression ids keep plain dnxhd, whose size and bit rate name the id. */
function dnxhdProfile(profile: string): string {
  const match = /^DNXHR (\w+)$/i.exec(profile);
  return match ? `dnxhr_${(match[1] ?? 'hq').toLowerCase()}` : 'dnxhd';
}

export function bitDepth(pixelFormat: string): number {
  const match = /p(9|10|12|14|16)(le|be)?$/.exec(pixelFormat);
  return match ? Number(match[1]) : 8;
}

function tenBit(format: PictureFormat): boolean {
  return bitDepth(format.pixelFormat) > 8;
}
