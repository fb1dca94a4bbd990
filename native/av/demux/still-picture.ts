/** A single picture that is a file of its own: what its decoder makes of it. */
import { AV_FRAME_DATA_DISPLAYMATRIX } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import { rational } from '../../../app/domain/rational.ts';
import { sampleFlags, type Picture, type PictureFormat } from '../../../app/domain/source.ts';
import type { MediaFile } from '../../index/open-media-file.ts';
import { rotationOf } from '../../isobmff/read/rotation.ts';
import { PictureDecoder } from '../codec/picture-decoder.ts';
import { mergeFormat } from './describe-format.ts';
import { frameFormat } from './frame-format.ts';

export type DecodedStill = { readonly format: PictureFormat; readonly metadata: Readonly<Record<string, string>> };

/** The decoder refuses pictures of more than four times this. */
const usualSide = 4096;
const unknown: Omit<PictureFormat, 'codec'> = {
  tag: '', profile: '', width: usualSide, height: usualSide, sar: rational(1), pixelFormat: '', range: 'unknown', colour: { primaries: 2, transfer: 2, matrix: 2 },
  fieldOrder: 'progressive', rotation: 0,
};

/** Throws `input.damaged` where it does not decode. */
export function decodeStill(file: MediaFile, codec: string): DecodedStill {
  const told: PictureFormat = { ...unknown, codec };
  using decoder = new PictureDecoder(told, new Uint8Array(0));
  decoder.send(file.read(0, file.size), 0);
  let frame = decoder.receive();
  if (!frame) {
    decoder.drain();
    frame = decoder.receive();
  }
  using owned = frame;
  if (!owned) throw new StringoutError('input.damaged', `is a picture (${codec}) that does not decode, or has more than 8192x8192 pixels`, { file: file.path });
  const matrix = owned.native.getSideData(AV_FRAME_DATA_DISPLAYMATRIX);
  const rotation = matrix && matrix.length >= 8 ? rotationOf([matrix.readInt32LE(0), matrix.readInt32LE(4)]) : 0;
  return { format: { ...told, ...mergeFormat(told, frameFormat(owned)), fieldOrder: 'progressive', rotation }, metadata: owned.native.getMetadata()?.getAll() ?? {} };
}

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
