/** How coded pictures stand in a file: configuration, sample entry and flags, the same whichever encoder made them. */
import { StringoutError } from '../../../app/base/errors.ts';
import { sampleFlags, type PictureFormat } from '../../../app/domain/source.ts';
import { av1Configuration } from '../../isobmff/write/av1-configuration.ts';
import type { EncodedPicture } from '../codec/picture-encoder.ts';
import { hvcConfiguration, vp9Configuration } from './decoder-configuration.ts';

const tags: Readonly<Record<string, string>> = {
  h264: 'avc1', hevc: 'hvc1', av1: 'av01', vp9: 'vp09', mpeg4: 'mp4v', mpeg2video: 'mp4v', mjpeg: 'mp4v', dnxhd: 'AVdn', prores: 'apch',
};

/** Four characters of the sample entry. Sets are out of band here, whatever the sources beside have. */
export function codedTag(format: PictureFormat): string {
  const fixed = format.codec === 'h264' || format.codec === 'hevc';
  return fixed || format.tag.length !== 4 ? tags[format.codec] ?? format.tag : format.tag;
}

/** avcC, hvcC, av1C or vpcC payload, or the codec's own headers. Throws `encode.failed`. */
export function codedConfig(format: PictureFormat, extradata: Uint8Array): Uint8Array {
  switch (format.codec) {
    case 'h264':
      if (extradata[0] !== 1) throw new StringoutError('encode.failed', 'the H.264 encoder was not asked for length-prefixed samples (annexb=0)');
      return extradata;
    case 'hevc': return extradata[0] === 1 ? extradata : hvcConfiguration(extradata, format.pixelFormat);
    case 'av1': return av1Configuration(extradata);
    case 'vp9': return vp9Configuration(format);
    case 'mpeg4':
    case 'mpeg2video': return extradata;
    default: return new Uint8Array(0);
  }
}

/** The sample's bytes as a file holds them. */
export function codedBytes(format: PictureFormat, data: Uint8Array): Uint8Array {
  switch (format.codec) {
    // Temporal delimiters are forbidden in samples (AV1 in ISO-BMFF, 2.4).
    case 'av1': return data[0] === 0x12 && data[1] === 0 ? data.subarray(2) : data;
    case 'h264':
    case 'hevc':
      if (!isLengthPrefixed(data)) throw new StringoutError('encode.failed', `the ${format.codec} encoder gave samples without lengths`);
      return data;
    default: return data;
  }
}

export function codedFlags(format: PictureFormat, picture: EncodedPicture): number {
  const key = picture.isKey ? sampleFlags.sync | sampleFlags.closed : 0;
  return key | (picture.isDisposable || isUnreferenced(format.codec, picture.data) ? sampleFlags.disposable : 0);
}

/** Told by the last unit, which is a slice: before it may stand SEI. Only for samples with lengths. */
function isUnreferenced(codec: string, data: Uint8Array): boolean {
  if (codec !== 'h264') return false;
  let header = 0;
  for (const unit of units(data)) header = unit;
  return ((header >> 5) & 3) === 0;
}

function isLengthPrefixed(data: Uint8Array): boolean {
  let at = 0;
  while (at + 4 < data.length) at += 4 + lengthAt(data, at);
  return at === data.length && data.length > 0;
}

/** First byte of each unit. */
function* units(data: Uint8Array): Generator<number> {
  for (let at = 0; at + 4 < data.length; at += 4 + lengthAt(data, at)) yield data[at + 4] ?? 0;
}

function lengthAt(data: Uint8Array, at: number): number {
  return new DataView(data.buffer, data.byteOffset + at, 4).getUint32(0);
}
