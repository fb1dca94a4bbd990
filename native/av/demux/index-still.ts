/** A picture that is a file of its own becomes a `Source` of one frame. */
import { denseHash } from '../../../app/base/spread-hash.ts';
import { StringoutError } from '../../../app/base/errors.ts';
import { rational } from '../../../app/domain/rational.ts';
import type { Source } from '../../../app/domain/source.ts';
import type { MediaFile } from '../../index/open-media-file.ts';
import { decodeStill, stillPicture } from './still-picture.ts';

/** A file is read whole to be decoded. */
const mostBytes = 2 ** 30;

/** Throws `input.damaged`, `input.unsupported`. */
export function indexStill(file: MediaFile, codec: string): Source {
  const { path, size, modifiedMs } = file;
  if (size > mostBytes) throw new StringoutError('input.unsupported', 'is a picture of more than 1 GB, too large to decode', { file: path });
  const { format } = decodeStill(file, codec);
  return {
    path, size, modifiedMs, fingerprint: denseHash({ offset: [0], size: [size] }, (offset, length) => file.read(offset, length)), container: 'still', files: [path],
    picture: stillPicture(format, rational(25), null, Uint32Array.of(size)), sound: null, timecode: null, reel: null, created: null, warnings: [],
  };
}
