/** One decoder of sound, kept open over all clips that share its configuration. */
import { Codec, CodecContext, Frame, Packet } from 'node-av/lib';
import { AV_CODEC_FLAG2_SKIP_MANUAL, AV_CHANNEL_ORDER_NATIVE, AVERROR_EAGAIN, AVERROR_EOF, type FFDecoderCodec } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { SoundFormat } from '../../../app/domain/source.ts';
import { channelMask, channelNames } from '../../../app/domain/channel-names.ts';

/** Decoders whose name is not their codec's, or whose namesake computes with integers. */
const decoderNames: Readonly<Record<string, string>> = { mp3: 'mp3float', mp2: 'mp2float', mp1: 'mp1float', dts: 'dca' };

export class SoundDecoder implements Disposable {
  readonly #context = new CodecContext();
  readonly #packet = new Packet();
  readonly #frame = new Frame();
  #isDrained = false;

  /** Throws `decode.failed`. */
  constructor(format: SoundFormat, config: Uint8Array) {
    const codec = Codec.findDecoderByName((decoderNames[format.codec] ?? format.codec) as FFDecoderCodec);
    if (!codec) throw new StringoutError('decode.failed', `there is no decoder for ${format.codec} sound`);
    this.#packet.alloc();
    this.#frame.alloc();
    this.#context.allocContext3(codec);
    this.#context.sampleRate = format.sampleRate;
    const names = channelNames(format.layout, format.channels);
    if (names) this.#context.channelLayout = { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: format.channels, mask: channelMask(names) };
    this.#context.bitsPerRawSample = format.bits;
    this.#context.bitsPerCodedSample = format.bits;
    if (config.length > 0) this.#context.extraData = Buffer.from(config);
    this.#context.threadCount = 1;
    // Samples are counted from the first the decoder gives: it must not hide any (opus' pre-skip).
    this.#context.setFlags2(AV_CODEC_FLAG2_SKIP_MANUAL);
    const code = this.#context.open2Sync(codec);
    if (code < 0) {
      this[Symbol.dispose]();
      throw new StringoutError('decode.failed', `the decoder refuses this ${format.codec} sound (${code})`);
    }
  }

  /** Forget the sound before: the next packet may come from anywhere. */
  restart(): void {
    this.#context.flushBuffers();
    this.#isDrained = false;
  }

  /**
   * Decodes one packet, or with null what the decoder still holds. Each frame is given to `take` with the `tag` of its packet, null where a
   * packet gives a further one; it is valid only there. False: the packet does not decode.
   */
  decode(bytes: Uint8Array | null, tag: number, take: (frame: Frame, tag: number | null) => void): boolean {
    if (this.#isDrained || bytes?.length === 0) return bytes === null;
    this.#isDrained = bytes === null;
    let code = this.#send(bytes, tag);
    if (code < 0) return false;
    while ((code = this.#context.receiveFrameSync(this.#frame)) >= 0) {
      const { pts } = this.#frame;
      if (this.#frame.nbSamples > 0) take(this.#frame, pts < 0n ? null : Number(pts));
      this.#frame.unref();
    }
    return code === AVERROR_EAGAIN || code === AVERROR_EOF;
  }

  [Symbol.dispose](): void {
    this.#context.freeContext();
    this.#frame.free();
    this.#packet.free();
  }

  #send(bytes: Uint8Array | null, tag: number): number {
    if (!bytes) return this.#context.sendPacketSync(null);
    this.#packet.data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#packet.pts = BigInt(tag);
    const code = this.#context.sendPacketSync(this.#packet);
    this.#packet.unref();
    return code;
  }
}
