/**
 * libswresample with the memory of its output: sample format, channels and rate in one native call. Its output k lies exactly at the
 * time of k samples of the output rate after the first input; `restart` begins a new count without building the filter again.
 */
import { SoftwareResampleContext, type Frame } from 'node-av/lib';
import { AV_CHANNEL_ORDER_NATIVE, type AVSampleFormat } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { ChannelMatrix } from './channel-matrix.ts';
import { anyMask, HeldFrame, type FrameShape } from './held-frame.ts';
import type { Planes } from './sample-blocks.ts';

export type ConverterOutput = {
  readonly sampleFormat: AVSampleFormat;
  readonly sampleRate: number;
  /** 64-bit arithmetic: for 32-bit integers, which would lose 8 bits in float. */
  readonly isWide: boolean;
};

const firstCapacity = 8192;

export class SoundConverter implements Disposable {
  readonly #context: SoftwareResampleContext;
  readonly #input: FrameShape;
  readonly #output: FrameShape;
  #held: HeldFrame;

  /** Frames given to `push` must have the shape `input`. Throws `decode.failed`. */
  constructor(input: FrameShape, output: ConverterOutput, matrix: ChannelMatrix) {
    // With our own matrix the names mean nothing to the library; without one they must be the same on both sides.
    const mask = matrix.isIdentity ? input.mask : anyMask(matrix.outputs);
    const { sampleFormat, sampleRate } = output;
    this.#input = input;
    this.#output = { sampleFormat, sampleRate, channels: matrix.outputs, mask };
    this.#context = new SoftwareResampleContext();
    try {
      check(this.#context.allocSetOpts2(layout(this.#output), sampleFormat, sampleRate, layout(input), input.sampleFormat, input.sampleRate));
      if (output.isWide) check(this.#context.setOption('internal_sample_fmt', 'dblp'));
      if (!matrix.isIdentity) check(this.#context.setMatrix([...matrix.weights], matrix.inputs));
      check(this.#context.init());
      this.#held = new HeldFrame(this.#output, firstCapacity);
    } catch (error) {
      this.#context.free();
      throw error;
    }
  }

  /** What `push` and `flush` gave; the next call overwrites it. */
  get planes(): Planes {
    return this.#held.planes;
  }

  restart(): void {
    check(this.#context.init());
  }

  /** `count` samples of silence go in; what comes out comes with the next `push`. */
  pushSilence(count: number): void {
    if (count > 0) check(this.#context.injectSilence(count));
  }

  /** Samples that came out, now in `planes`; null: the frame has not the converter's shape, and nothing happened. */
  push(frame: Frame): number | null {
    this.#reserve(frame.nbSamples);
    const { frame: out, capacity } = this.#held;
    out.nbSamples = capacity;
    let code = this.#context.convertFrame(out, frame);
    if (code < 0 && frame.channelLayout.order !== AV_CHANNEL_ORDER_NATIVE && frame.channelLayout.nbChannels === this.#input.channels) {
      frame.channelLayout = layout(this.#input); // channels without names are taken by index
      code = this.#context.convertFrame(out, frame);
    }
    if (code < 0) return null; // the shape is the only thing that can be wrong
    this.#held.load();
    return out.nbSamples;
  }

  /** The resampler's rest; `restart` before the next `push`. */
  flush(): number {
    this.#reserve(0);
    const { frame: out, capacity } = this.#held;
    out.nbSamples = capacity;
    check(this.#context.convertFrame(out, null));
    this.#held.load();
    return out.nbSamples;
  }

  [Symbol.dispose](): void {
    this.#held[Symbol.dispose]();
    this.#context.free();
  }

  #reserve(input: number): void {
    const needed = this.#context.getOutSamples(input);
    if (needed <= this.#held.capacity) return;
    this.#held[Symbol.dispose]();
    this.#held = new HeldFrame(this.#output, 2 * needed);
  }
}

function layout(shape: FrameShape): { order: typeof AV_CHANNEL_ORDER_NATIVE; nbChannels: number; mask: bigint } {
  return { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: shape.channels, mask: shape.mask };
}

function check(code: number): void {
  if (code < 0) throw new StringoutError('decode.failed', `this sound could not be converted (libswresample ${code})`);
}
