/** What FFmpeg says of one stream, as plain values. */
import { avChannelLayoutDescribe, avGetCodecName, Codec, type ChannelLayout, type Stream } from 'node-av/lib';
import {
  AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO, AV_CODEC_ID_NONE, AV_CODEC_PROP_INTRA_ONLY, AV_DISPOSITION_ATTACHED_PIC, AV_DISPOSITION_STILL_IMAGE,
  AV_NOPTS_VALUE, AV_PKT_DATA_DISPLAYMATRIX,
} from 'node-av/constants';
import { channelNames, maskNames } from '../../../app/domain/channel-names.ts';
import { rational, type Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { rotationOf } from '../../isobmff/read/rotation.ts';
import { pixelFormatName } from '../library.ts';

export type StreamInfo = {
  readonly index: number;
  readonly kind: 'picture' | 'sound' | 'other';
  /** FFmpeg's name, "" where it knows none. */
  readonly codec: string;
  /** Whether FFmpeg here decodes it. */
  readonly hasDecoder: boolean;
  readonly tag: string;
  readonly profile: string;
  readonly config: Uint8Array;
  /** Seconds a tick. */
  readonly timeBase: Rational;
  /** In ticks; null unknown. */
  readonly start: number | null;
  readonly duration: number | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** A picture that goes with sound, such as a record's cover. */
  readonly isCover: boolean;
  readonly isIntraOnly: boolean;
  readonly width: number;
  readonly height: number;
  readonly pixelFormat: string;
  readonly sar: Rational;
  readonly range: PictureFormat['range'];
  readonly colour: PictureFormat['colour'];
  readonly rotation: PictureFormat['rotation'];
  /** Mean rate of what was looked at, and the rate that all its stamps lie on; null unknown. */
  readonly meanRate: Rational | null;
  readonly gridRate: Rational | null;
  readonly sampleRate: number;
  readonly channels: number;
  readonly layout: string;
  readonly bits: number;
  /** Samples at the beginning that are to be left out. */
  readonly priming: number;
};

export function describeStream(stream: Stream): StreamInfo {
  const { codecpar } = stream;
  const kind = codecpar.codecType === AVMEDIA_TYPE_VIDEO ? 'picture' : codecpar.codecType === AVMEDIA_TYPE_AUDIO ? 'sound' : 'other';
  const codec = codecpar.codecId === AV_CODEC_ID_NONE ? '' : avGetCodecName(codecpar.codecId) ?? '';
  const decoder = kind === 'other' || codec === '' ? null : Codec.findDecoder(codecpar.codecId);
  const pixelFormat = kind === 'picture' ? pixelFormatName(codecpar.format) : '';
  const { num, den } = stream.timeBase;
  return {
    index: stream.index, kind, codec, hasDecoder: decoder !== null,
    tag: /^[\x20-\x7e]{4}$/.test(codecpar.codecTagString ?? '') ? codecpar.codecTagString ?? '' : '',
    profile: decoder?.profiles?.find(({ profile }) => profile === codecpar.profile)?.name ?? '',
    config: Uint8Array.from(codecpar.extradata ?? []),
    timeBase: rational(num, den),
    start: stream.startTime === AV_NOPTS_VALUE ? null : Number(stream.startTime),
    duration: stream.duration > 0n ? Number(stream.duration) : null,
    metadata: lowerKeys(stream.metadata?.getAll() ?? {}),
    isCover: stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC) || stream.hasDisposition(AV_DISPOSITION_STILL_IMAGE),
    isIntraOnly: codecpar.hasProperties(AV_CODEC_PROP_INTRA_ONLY),
    width: codecpar.width, height: codecpar.height,
    pixelFormat: withoutRange(pixelFormat),
    sar: aspect(stream.sampleAspectRatio) ?? aspect(codecpar.sampleAspectRatio) ?? rational(1),
    range: pixelFormat.startsWith('yuvj') || codecpar.colorRange === AVCOL_RANGE_JPEG ? 'full' : codecpar.colorRange === AVCOL_RANGE_MPEG ? 'limited' : 'unknown',
    colour: { primaries: codecpar.colorPrimaries, transfer: codecpar.colorTrc, matrix: codecpar.colorSpace },
    rotation: turn(codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)),
    meanRate: aspect(stream.avgFrameRate), gridRate: aspect(stream.rFrameRate),
    sampleRate: codecpar.sampleRate, channels: codecpar.channels, layout: kind === 'sound' ? layoutName(codecpar.channelLayout, codecpar.channels) : '',
    bits: codecpar.bitsPerRawSample || codecpar.bitsPerCodedSample, priming: codecpar.initialPadding,
  };
}

/** Names without the range that FFmpeg's "yuvj" ones carry. */
export function withoutRange(pixelFormat: string): string {
  return pixelFormat.replace(/^yuvj/, 'yuv');
}

/** "5.1(side)" and "5.1" are the same loudspeakers here, as MEDIA has it; an order that is not told is none. */
export function layoutName(layout: ChannelLayout, channels: number): string {
  const name = avChannelLayoutDescribe(layout) ?? '';
  if (maskNames(layout.mask) && channelNames(name, channels)) return name === '5.1(side)' ? '5.1' : name;
  return channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${channels} channels`;
}

function aspect({ num, den }: { num: number; den: number }): Rational | null {
  return num > 0 && den > 0 ? rational(num, den) : null;
}

function lowerKeys(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]));
}

function turn(matrix: Buffer | null): PictureFormat['rotation'] {
  return matrix && matrix.length >= 8 ? rotationOf([matrix.readInt32LE(0), matrix.readInt32LE(4)]) : 0;
}
