/** A single picture that is a file of its own: what its decoder makes of it. */
import { AV_FRAME_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import { rational } from '../../../app/domain/rational.ts';
import { sampleFlags, type Picture, type PictureFormat } from '../../../app/domain/source.ts';
import type { MediaFile } from '../../index/open-media-file.ts';
import { rotationOf } from '../../isobmff/read/rotation.ts';
import { PictureDecoder } from '../codec/picture-decoder.ts';
import { mergeFormat } from './describe-format.ts';
import { frameFormat, type FrameFormat } from './frame-format.ts';

export type DecodedStill = { readonly format: PictureFormat; readonly metadata: Readonly<Record<string, string>> };

const unknown: Omit<PictureFormat, 'codec'> = {
  tag: '', profile: '', width: 0, height: 0, sar: rational(1), pixelFormat: '', range: 'unknown', colour: { primaries: 2, transfer: 2, matrix: 2 },
  fieldOrder: 'progressive', rotation: 0,
};

/** Throws `input.damaged` where it does not decode. */
export function decodeStill(file: MediaFile, codec: string): DecodedStill {
  const told: PictureFormat = { ...unknown, codec };
  using decoder = new PictureDecoder(told, new Uint8Array(0));
  decoder.send(file.read(0, file.size), 0);
  let first = decoder.receive();
  if (!first) {
    decoder.drain();
    first = decoder.receive();
  }
  using owned = first;
  if (!owned) throw new StringoutError('input.damaged', `is a picture (${codec}) that does not decode, or has more than 8192x8192 pixels`, { file: file.path });
  const matrix = owned.native.getSideData(AV_FRAME_DATA_DISPLAYMATRIX);
  const rotation = matrix && matrix.length >= 8 ? rotationOf([matrix.readInt32LE(0), matrix.readInt32LE(4)]) : 0;
  const frame = frameFormat(owned);
  return { format: { ...told, ...mergeFormat(told, frame), ...stillLook(codec, frame), fieldOrder: 'progressive', rotation }, metadata: owned.native.getMetadata()?.getAll() ?? {} };
}

/** What the files' headers say wrongly, or do not say: RGB without more has the primaries of sRGB, which are BT.709's. */
function stillLook(codec: string, { range, colour, pixelFormat }: FrameFormat): Pick<PictureFormat, 'range' | 'colour'> {
  const isRgb = /^(?:gbr|rgb|bgr|argb|abgr|0rgb|x2|pal8)/.test(pixelFormat) || codec === 'exr';
  // FFmpeg itself writes "linear" into every DPX, and so do others whose pictures are not.
  const transfer = codec === 'dpx' && colour.transfer === linear ? unspecified : colour.transfer;
  const known = (value: number): number => (isRgb && value === unspecified ? bt709 : value);
  return {
    // Grey pictures are stored from 0 to white.
    range: range === 'unknown' && pixelFormat.startsWith('gray') ? 'full' : range,
    colour: { primaries: known(colour.primaries), transfer: known(transfer), matrix: isRgb ? 0 : colour.matrix },
  };
}

const bt709 = 1;
const unspecified = 2;
const linear = 8;

/** Every file is a sample. `file`: for each frame its number, null for one frame. */
export function stillPicture(format: PictureFormat, rate: Picture['rate'], file: Uint32Array | null, size: Uint32Array): Picture {
  const count = size.length;
  return {
    format, rate, isConstantRate: true, isStill: file === null, config: new Uint8Array(0), sampleEntry: new Uint8Array(0), sets: null, copyObstacle: null,
    samples: {
      count, file, offset: new Float64Array(count), size, rank: Uint32Array.from({ length: count }, (_, i) => i),
      flags: new Uint8Array(count).fill(sampleFlags.sync | sampleFlags.closed),
    },
    shown: null, times: null, timescale: rate.num,
  };
}
