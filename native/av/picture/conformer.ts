/** Makes frames of a source fit a format. Its filters are built at the first frame and again where the frames change shape. */
import { AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG, type AVColorSpace } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { FilterChain } from '../codec/filter-chain.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { pixelFormatId } from '../library.ts';
import { conformFilters, sourceColour, type FrameLook } from './conform-filters.ts';

export class Conformer implements Disposable {
  readonly #from: PictureFormat;
  readonly #to: PictureFormat;
  #shape = '';
  #chain: FilterChain | null = null;

  constructor(from: PictureFormat, to: PictureFormat) {
    this.#from = from;
    this.#to = to;
  }

  /** The frame in the target's format, the caller's to free; `frame` stays the caller's as well. */
  conform(frame: FrameHandle): FrameHandle {
    const look = this.#look(frame);
    const shape = `${look.width}x${look.height} ${look.pixelFormat} ${look.range}`;
    if (shape !== this.#shape) this.#build(look, shape);
    if (!this.#chain) return frame.share();
    this.#chain.push(frame);
    const conformed = this.#chain.pull();
    if (!conformed) throw new StringoutError('internal', 'the filters gave no frame');
    return conformed;
  }

  [Symbol.dispose](): void {
    this.#chain?.[Symbol.dispose]();
    this.#chain = null;
    this.#shape = '';
  }

  /** Corrects the frame's own tags by what the index knows, and tells yuvj formats as full range. */
  #look(frame: FrameHandle): FrameLook {
    const { native } = frame;
    const name = frame.pixelFormat;
    const isJpeg = name.startsWith('yuvj');
    if (isJpeg) native.format = pixelFormatId(name.replace('yuvj', 'yuv'));
    const look: FrameLook = {
      ...this.#from, width: native.width, height: native.height, pixelFormat: frame.pixelFormat, range: isJpeg ? 'full' : this.#from.range,
    };
    const { matrix, isFullRange } = sourceColour(look, this.#to);
    native.colorSpace = matrix as AVColorSpace;
    native.colorRange = isFullRange ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
    return look;
  }

  #build(look: FrameLook, shape: string): void {
    this[Symbol.dispose]();
    const filters = conformFilters(look, this.#to);
    if (filters !== null) this.#chain = new FilterChain({ ...look, ...sourceColour(look, this.#to) }, filters);
    this.#shape = shape;
  }
}
