/** What a decoded frame tells of itself. */
import { AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG, AV_FRAME_FLAG_INTERLACED, AV_FRAME_FLAG_TOP_FIELD_FIRST } from 'node-av/constants';
import { rational, type Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { withoutRange } from './stream-info.ts';

export type FrameFormat = Pick<PictureFormat, 'width' | 'height' | 'pixelFormat' | 'range' | 'colour' | 'fieldOrder'> & { readonly sar: Rational | null };

export function frameFormat(frame: FrameHandle): FrameFormat {
  const { native } = frame;
  const { num, den } = native.sampleAspectRatio;
  const isFull = frame.pixelFormat.startsWith('yuvj') || native.colorRange === AVCOL_RANGE_JPEG;
  const isInterlaced = native.hasFlags(AV_FRAME_FLAG_INTERLACED);
  return {
    width: native.width, height: native.height, pixelFormat: withoutRange(frame.pixelFormat),
    range: isFull ? 'full' : native.colorRange === AVCOL_RANGE_MPEG ? 'limited' : 'unknown',
    colour: { primaries: native.colorPrimaries, transfer: native.colorTrc, matrix: native.colorSpace },
    fieldOrder: isInterlaced ? (native.hasFlags(AV_FRAME_FLAG_TOP_FIELD_FIRST) ? 'tff' : 'bff') : 'progressive',
    sar: num > 0 && den > 0 ? rational(num, den) : null,
  };
}
