/** A sound frame whose memory is allocated once and kept: samples are written and read through `planes`, never through `frame.data`. */
import { Frame } from 'node-av/lib';
import type { AVSampleFormat } from 'node-av/constants';
import { AV_CHANNEL_ORDER_NATIVE } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { Planes } from './sample-blocks.ts';

export type FrameShape = {
  readonly sampleFormat: AVSampleFormat;
  readonly sampleRate: number;
  readonly channels: number;
  /** FFmpeg's mask of positions. */
  readonly mask: bigint;
};

export class HeldFrame implements Disposable {
  readonly frame: Frame;
  readonly capacity: number;
  /** Valid until disposal. One element a channel, or one for packed samples. */
  readonly planes: Planes;

  /** `capacity` in samples. Throws `memory.exhausted`. */
  constructor(shape: FrameShape, capacity: number) {
    const frame = new Frame();
    frame.alloc();
    frame.format = shape.sampleFormat;
    frame.sampleRate = shape.sampleRate;
    frame.channelLayout = { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: shape.channels, mask: shape.mask };
    frame.nbSamples = capacity;
    const code = frame.getBuffer();
    const planes = code < 0 ? null : frame.data;
    if (!planes) {
      frame.free();
      throw new StringoutError('memory.exhausted', `no memory for ${capacity} samples of sound`);
    }
    this.frame = frame;
    this.capacity = capacity;
    this.planes = planes.map((plane) => new Uint8Array(plane.buffer, plane.byteOffset, plane.length));
  }

  [Symbol.dispose](): void {
    this.frame.free();
  }
}

/** A mask with as many positions as there are channels: for frames whose channels are told apart by a matrix, not by name. */
export function anyMask(channels: number): bigint {
  return (1n << BigInt(channels)) - 1n;
}
