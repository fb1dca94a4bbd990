/** FFmpeg's own AAC encoder, fed in place: fill `planes` with 1024 samples, then `encode`. */
import { Codec, CodecContext, Packet, Rational } from 'node-av/lib';
import { AV_CHANNEL_ORDER_NATIVE, AV_CODEC_FLAG_GLOBAL_HEADER, AV_SAMPLE_FMT_FLTP, AVERROR_EAGAIN, AVERROR_EOF, FF_ENCODER_AAC } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { SoundFormat } from '../../../app/domain/source.ts';
import { channelMask, channelNames } from '../../../app/domain/channel-names.ts';
import { HeldFrame, type FrameShape } from './held-frame.ts';
import type { Planes } from './sample-blocks.ts';

export const aacBlock = 1024;
/** Samples that a decoder gives before the first one that was put in. */
export const aacPriming = 1024;

export class AacEncoder implements Disposable {
  readonly #context = new CodecContext();
  readonly #packet = new Packet();
  readonly #shape: FrameShape;
  #held: HeldFrame;
  #position = 0n;
  #expected = BigInt(-aacPriming);
  /** AudioSpecificConfig (ISO 14496-3, 1.6.2.1). */
  readonly config: Uint8Array;

  /** `bitRate` in bits a second. Throws `encode.failed`. */
  constructor(format: SoundFormat, bitRate: number) {
    const { sampleRate, channels } = format;
    const names = channelNames(format.layout.replace('(side)', ''), channels) ?? channelNames(usualLayouts[channels] ?? '', channels);
    const codec = Codec.findEncoderByName(FF_ENCODER_AAC);
    if (!names || !codec) throw new StringoutError('encode.failed', `AAC cannot hold ${channels} channels (${format.layout}); choose PCM in a .mov`);
    this.#shape = { sampleFormat: AV_SAMPLE_FMT_FLTP, sampleRate, channels, mask: channelMask(names) };
    this.#held = new HeldFrame(this.#shape, aacBlock);
    this.#packet.alloc();
    const context = this.#context;
    context.allocContext3(codec);
    context.sampleRate = sampleRate;
    context.sampleFormat = AV_SAMPLE_FMT_FLTP;
    context.channelLayout = { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: channels, mask: this.#shape.mask };
    context.bitRate = BigInt(bitRate);
    context.timeBase = new Rational(1, sampleRate);
    context.threadCount = 1;
    context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    // Less than half the time of the default, and better below 4 kHz.
    context.setOption('aac_coder', 'fast');
    const cutoff = bandwidth(bitRate / channels, sampleRate);
    if (cutoff) context.setOption('cutoff', cutoff);
    const code = context.open2Sync(codec);
    if (code < 0 || context.frameSize !== aacBlock) {
      this[Symbol.dispose]();
      throw new StringoutError('encode.failed', `the AAC encoder refuses ${channels} channels at ${sampleRate} Hz and ${bitRate} bit/s (${code})`);
    }
    this.config = Uint8Array.from(context.extraData ?? []);
  }

  /** Memory of the next block: one plane of floats a channel. Ask again after each `encode`. */
  get planes(): Planes {
    // Not ours alone while the encoder still reads it.
    if (!this.#held.frame.isWritable) {
      this.#held[Symbol.dispose]();
      this.#held = new HeldFrame(this.#shape, aacBlock);
    }
    return this.#held.planes;
  }

  /** Encodes the block; packets that come out are given to `take` and valid only there. */
  encode(take: (packet: Uint8Array) => void): void {
    this.#held.store();
    this.#held.frame.pts = this.#position;
    this.#position += BigInt(aacBlock);
    let code = this.#context.sendFrameSync(this.#held.frame);
    while (code >= 0 && (code = this.#context.receivePacketSync(this.#packet)) >= 0) {
      if (this.#packet.pts !== this.#expected) throw new StringoutError('encode.failed', `the AAC encoder's delay is not ${aacPriming} samples`);
      this.#expected += BigInt(aacBlock);
      take(this.#packet.data ?? new Uint8Array(0));
      this.#packet.unref();
    }
    if (code !== AVERROR_EAGAIN && code !== AVERROR_EOF) throw new StringoutError('encode.failed', `the AAC encoder gave up (${code})`);
  }

  [Symbol.dispose](): void {
    this.#context.freeContext();
    this.#packet.free();
    this.#held[Symbol.dispose]();
  }
}

/** What a number of channels most likely is where their order is unknown. */
const usualLayouts: Readonly<Record<number, string>> = { 3: '3.0', 4: '4.0', 5: '5.0', 6: '5.1', 7: '6.1', 8: '7.1' };

/** Hz, or 0 for the encoder's own choice (18 kHz at 96 kbit/s a channel and less below). `bitRate`: a channel's. */
function bandwidth(bitRate: number, sampleRate: number): number {
  if (bitRate < 128_000) return 0;
  return bitRate < 160_000 ? Math.min(21_000, sampleRate / 2) : sampleRate / 2;
}
