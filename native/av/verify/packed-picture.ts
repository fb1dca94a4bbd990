/** A decoded picture in kept memory: planes one after the other, rows without padding. */
import { createHash } from 'node:crypto';
import { avImageCopyToBuffer, avImageGetBufferSize } from 'node-av/lib';
import { bitDepth } from '../../../app/domain/plan/encoders.ts';
import type { FrameHandle } from '../codec/handles.ts';
import { check } from '../library.ts';

/** What identical pictures have, in dB. */
const identical = 100;

export class PackedPicture {
  #bytes = Buffer.alloc(0);
  #size = 0;
  #shape = '';
  #lumaSamples = 0;
  #depth = 8;

  /** Throws `internal` for a picture that is not in memory. */
  load(frame: FrameHandle): this {
    const { native, pixelFormat } = frame;
    const { width, height, format } = native;
    const id = format as Parameters<typeof avImageGetBufferSize>[0];
    // Full range is told by the frame's tag; the bytes are the same.
    const shape = `${width}x${height} ${pixelFormat.replace('yuvj', 'yuv')}`;
    if (shape !== this.#shape) {
      this.#shape = shape;
      this.#size = check(avImageGetBufferSize(id, width, height, 1), 'internal', 'a picture of unknown size');
      if (this.#size > this.#bytes.length) this.#bytes = Buffer.allocUnsafeSlow(this.#size);
      this.#depth = bitDepth(pixelFormat);
      const samples = this.#size / (this.#depth > 8 ? 2 : 1);
      this.#lumaSamples = isPlanar(pixelFormat) ? width * height : Math.floor(samples);
    }
    check(avImageCopyToBuffer(this.#bytes, this.#size, native.data, native.linesize, id, width, height, 1), 'internal', 'a picture could not be read');
    return this;
  }

  equals(other: PackedPicture): boolean {
    return this.#shape === other.#shape && this.#content.equals(other.#content);
  }

  /** dB over the luma (of RGB: green, or all three where they are interleaved); `identical` at most, 0 for another shape. */
  psnr(other: PackedPicture): number {
    if (this.#shape !== other.#shape) return 0;
    const error = squaredError(this.#luma, other.#luma);
    if (error === 0) return identical;
    const peak = 2 ** this.#depth - 1;
    return Math.min(identical, 10 * Math.log10((peak * peak * this.#lumaSamples) / error));
  }

  /** Hex, as ffmpeg's framemd5 has it. */
  md5(): string {
    return createHash('md5').update(this.#content).digest('hex');
  }

  get #content(): Buffer {
    return this.#bytes.subarray(0, this.#size);
  }

  get #luma(): Uint8Array | Uint16Array {
    const { buffer } = this.#bytes;
    return this.#depth > 8 ? new Uint16Array(buffer, 0, this.#lumaSamples) : new Uint8Array(buffer, 0, this.#lumaSamples);
  }
}

function isPlanar(pixelFormat: string): boolean {
  return /^(?:yuv|gray|gbr)/.test(pixelFormat);
}

/** Sums of so many squares of 8 bits still fit 32. */
const exactly = 16_384;

function squaredError(a: Uint8Array | Uint16Array, b: Uint8Array | Uint16Array): number {
  return a instanceof Uint8Array && b instanceof Uint8Array ? narrowError(a, b) : wideError(a, b);
}

function narrowError(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length;) {
    const end = Math.min(a.length, i + exactly);
    let part = 0;
    for (; i < end; i++) {
      const difference = (a[i] ?? 0) - (b[i] ?? 0);
      part = (part + Math.imul(difference, difference)) | 0;
    }
    sum += part;
  }
  return sum;
}

function wideError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    sum += difference * difference;
  }
  return sum;
}
