/** Codec strings of WebCodecs from decoder configurations (RFC 6381; ISO 14496-15, Annex E; the codecs' own mappings for VP9 and AV1). */
import type { Picture, PictureFormat, Sound } from '../source.ts';

/** Null for what no browser decodes. */
export function pictureCodec({ format, config }: Picture): string | null {
  switch (format.codec) {
    case 'h264': return config.length < 4 ? null : `avc1.${hex(config[1])}${hex(config[2])}${hex(config[3])}`;
    case 'hevc': return config.length < 13 ? null : hevcCodec(config);
    case 'vp8': return 'vp8';
    case 'vp9': return vp9Codec(config, format);
    case 'av1': return av1Codec(config, format);
    default: return null;
  }
}

/** The samples of these bring what the decoder needs. */
export function needsDescription(codec: string): boolean {
  return codec === 'h264' || codec === 'hevc';
}

function hevcCodec(config: Uint8Array): string {
  const profile = config[1] ?? 0;
  const compatibility = ((config[2] ?? 0) * 2 ** 24 + ((config[3] ?? 0) << 16) + ((config[4] ?? 0) << 8) + (config[5] ?? 0)) >>> 0;
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) if ((compatibility >>> bit) & 1) reversed += 2 ** (31 - bit);
  const constraints = Array.from(config.subarray(6, 12), hex);
  while (constraints.length > 0 && constraints.at(-1) === '00') constraints.pop();
  const space = ['', 'A', 'B', 'C'][profile >> 6] ?? '';
  return ['hvc1', `${space}${profile & 31}`, reversed.toString(16), `${(profile & 32) === 0 ? 'L' : 'H'}${config[12] ?? 0}`, ...constraints].join('.');
}

/** Where the container has no vpcC it is told by the format, with the level of 1080p: decoders in software look at neither. */
function vp9Codec(config: Uint8Array, format: PictureFormat): string {
  const depth = bitsOf(format);
  const [profile, level, bits] = config.length >= 7 && config[0] === 1 ? [config[4], config[5], (config[6] ?? 0) >> 4] : [Number(/\d/.exec(format.profile)?.[0] ?? (depth > 8 ? 2 : 0)), 41, depth];
  return `vp09.${two(profile)}.${two(level)}.${two(bits)}`;
}

/** As above, with an av1C. */
function av1Codec(config: Uint8Array, format: PictureFormat): string {
  if (config.length < 4 || config[0] !== 0x81) return `av01.0.08M.${two(bitsOf(format))}`;
  const [, second = 0, third = 0] = config;
  const isHigh = (third & 64) !== 0;
  return `av01.${second >> 5}.${two(second & 31)}${third >= 128 ? 'H' : 'M'}.${two(isHigh ? (third & 32) === 0 ? 10 : 12 : 8)}`;
}

function bitsOf({ pixelFormat }: PictureFormat): number {
  return Number(/p(\d\d)/.exec(pixelFormat)?.[1] ?? 8);
}

function two(value: number | undefined): string {
  return String(value ?? 0).padStart(2, '0');
}

/** "pcm_..." for what the player reads by itself; null for what it cannot. */
export function soundCodec({ format, config }: Sound): string | null {
  switch (format.codec) {
    case 'aac': return `mp4a.40.${config.length > 0 ? (config[0] ?? 16) >> 3 : 2}`;
    case 'mp3': case 'opus': case 'flac': case 'vorbis': return format.codec;
    default: return /^pcm_(?:[su]8|[sf](?:16|24|32|64)[lb]e)$/.test(format.codec) ? format.codec : null;
  }
}

function hex(value: number | undefined): string {
  return (value ?? 0).toString(16).padStart(2, '0');
}
