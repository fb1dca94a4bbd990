/** A decoder of pictures fed with bare samples, no container: bytes and a number in, frames with that number out. */
import { avGetCodecName, Codec } from 'node-av/lib';
import { AV_CODEC_FLAG_OUTPUT_CORRUPT, AVERROR_EAGAIN, AVERROR_EOF, type FFDecoderCodec } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { check, pixelFormatId } from '../library.ts';
import { FrameHandle, PacketHandle } from './handles.ts';
import { OpenContext } from './open-context.ts';

/** Codecs whose namesake among the decoders is none, or not the best. */
const decoderNames: Readonly<Record<string, string>> = { av1: 'libdav1d' };
/** A picture that is patched to be huge takes all memory before it fails: the coded size may be only a little beyond the index's. */
const leastPixelLimit = 1 << 20;
/** Of pictures whose size is not known yet: 8192 x 8192. */
const unknownPixelLimit = 2 ** 26;

/** Bits a pixel of QuickTime's RGB, which its decoders must be told. */
const packedBits: Readonly<Record<string, number>> = { rgb555be: 16, rgb24: 24, argb: 32, gray: 40 };

export class PictureDecoder implements Disposable {
  readonly #open: () => OpenContext;
  readonly #isForOnePicture: boolean;
  #context: OpenContext;
  readonly #packet = new PacketHandle();
  #frame = new FrameHandle();
  #isUsed = false;
  #isDrained = false;

  /** `config`: FFmpeg's extradata. A `format` of no width is not known yet. Throws `decode.failed`. */
  constructor(format: PictureFormat, config: Uint8Array, threads = 1) {
    const codec = findDecoder(format.codec);
    if (!codec) throw new StringoutError('decode.failed', `there is no decoder for ${format.codec}`);
    this.#isForOnePicture = format.codec === 'png';
    this.#open = () => new OpenContext({
      codec, error: 'decode.failed',
      options: {
        max_pixels: String(format.width === 0 ? unknownPixelLimit : Math.max(leastPixelLimit, 4 * format.width * format.height)),
        // A stream that does not tell its depth of reordering is given the most: guessing drops pictures until it is right.
        ...(format.codec === 'h264' ? { strict: '1' } : {}),
      },
      prepare: (context) => {
        if (format.width > 0) {
          context.width = format.width;
          context.height = format.height;
        }
        if (format.tag.length === 4) context.codecTag = format.tag;
        // The bytes themselves do not tell.
        if (format.codec === 'rawvideo' && format.pixelFormat !== '') context.pixelFormat = pixelFormatId(format.pixelFormat);
        if (format.codec === 'qtrle' || format.tag === 'raw ') context.bitsPerCodedSample = packedBits[format.pixelFormat] ?? 0;
        if (config.length > 0) context.extraData = Buffer.from(config);
        context.threadCount = threads;
        // Frames after a start that is not an IDR are asked for by number; which are exact is the plan's business.
        context.setFlags(AV_CODEC_FLAG_OUTPUT_CORRUPT);
      },
    });
    this.#context = this.#open();
  }

  /** One sample, and the number its frame shall bear. False: it does not decode, and others may. Call `receive` until null before the next. */
  send(bytes: Uint8Array, pts: number): boolean {
    if (this.#isDrained) throw new StringoutError('internal', 'a decoder that was drained takes no samples before it is flushed');
    if (this.#isForOnePicture && this.#isUsed) this.#reopen();
    this.#isUsed = true;
    this.#packet.fill(bytes, pts);
    const code = this.#context.native.sendPacketSync(this.#packet.native);
    this.#packet.native.unref();
    if (code === AVERROR_EAGAIN) throw new StringoutError('internal', 'the decoder is full: receive its frames first');
    return code >= 0;
  }

  /** The next frame, the caller's to free; null: none at present, or after `drain` none any more. Frames that do not decode are left out. */
  receive(): FrameHandle | null {
    const frame = this.#frame;
    for (let failures = 0; failures < mostFailures; failures++) {
      const code = this.#context.native.receiveFrameSync(frame.native);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return null;
      if (code < 0) continue;
      this.#frame = new FrameHandle();
      return frame;
    }
    return null;
  }

  /** No more samples come: `receive` gives what is left. */
  drain(): void {
    if (this.#isDrained) return;
    this.#isDrained = true;
    check(this.#context.native.sendPacketSync(null), 'decode.failed', `${this.#context.name} could not be drained`);
  }

  /** Forget all; the next sample may come from anywhere. */
  flush(): void {
    this.#context.native.flushBuffers();
    this.#isDrained = false;
    // FFmpeg 8.1's HEVC decoder otherwise hands out frames from before the flush.
    for (let stale = this.receive(); stale; stale = this.receive()) stale.free();
  }

  /** FFmpeg 8.1's PNG decoder takes a row of the picture before for one of the next, flushed or not. */
  #reopen(): void {
    this.#context[Symbol.dispose]();
    this.#context = this.#open();
  }

  [Symbol.dispose](): void {
    this.#context[Symbol.dispose]();
    this.#packet[Symbol.dispose]();
    this.#frame[Symbol.dispose]();
  }
}

/** By name; some decoders have another than their codec (msmpeg4v3's is msmpeg4). */
function findDecoder(codec: string): Codec | null {
  return Codec.findDecoderByName((decoderNames[codec] ?? codec) as FFDecoderCodec)
    ?? Codec.getCodecList().find((one) => one.isDecoder() && avGetCodecName(one.id) === codec) ?? null;
}

/** Errors in a row from one sample, against a decoder that never ends. */
const mostFailures = 64;
