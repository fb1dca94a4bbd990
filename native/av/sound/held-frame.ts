/**
 * A sound frame whose memory is allocated once and kept: samples are written and read through `planes`, never through `frame.data`. Where
 * JavaScript may not see the library's memory (Electron's memory cage), `planes` are memory of our own, and `store` and `load` copy.
 */
import { avGetBytesPerSample, Frame } from 'node-av/lib';
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
  /** Our own memory, planes one after the other; null where `planes` are the library's. */
  readonly #own: Buffer | null;

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
    isShared ??= seesMemory(frame, planes);
    const size = (capacity * avGetBytesPerSample(shape.sampleFormat) * shape.channels) / planes.length;
    const own = isShared ? null : Buffer.alloc(size * planes.length);
    this.#own = own;
    this.planes = planes.map((plane, index) => (own ? own.subarray(index * size, (index + 1) * size) : new Uint8Array(plane.buffer, plane.byteOffset, plane.length)));
  }

  /** Before the library reads the frame: it has what was written into `planes`. */
  store(): void {
    if (!this.#own) return;
    const { frame } = this;
    const { nbSamples } = frame;
    frame.nbSamples = this.capacity; // what follows the samples is copied too, and does no harm
    const code = frame.fromBuffer(this.#own);
    frame.nbSamples = nbSamples;
    if (code < 0) throw new StringoutError('internal', `sound could not be given to the library (${code})`);
  }

  /** After the library wrote the frame: its samples are in `planes`. */
  load(): void {
    if (!this.#own || this.frame.nbSamples === 0) return;
    const bytes = this.frame.toBuffer();
    const size = bytes.length / this.planes.length;
    this.planes.forEach((plane, index) => { plane.set(bytes.subarray(index * size, (index + 1) * size)); });
  }

  [Symbol.dispose](): void {
    this.frame.free();
  }
}

let isShared: boolean | null = null;

/** Asked once in a process, of its first frame. */
function seesMemory(frame: Frame, planes: readonly Buffer[]): boolean {
  const [first] = planes;
  if (!first) return false;
  const before = frame.toBuffer()[0] ?? 0;
  first[0] = before ^ 0xff;
  return frame.toBuffer()[0] !== before;
}

/** A mask with as many positions as there are channels: for frames whose channels are told apart by a matrix, not by name. */
export function anyMask(channels: number): bigint {
  return (1n << BigInt(channels)) - 1n;
}
