/** An encoder of pictures of one format. Frames that are not of that format are refused before FFmpeg sees them, where they end the process. */
import { Codec, Rational } from 'node-av/lib';
import {
  AV_CODEC_FLAG_GLOBAL_HEADER, AV_CODEC_FLAG_INTERLACED_DCT, AV_CODEC_FLAG_INTERLACED_ME, AV_PICTURE_TYPE_I, AV_PICTURE_TYPE_NONE, AV_PKT_FLAG_DISPOSABLE,
  AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG, AVERROR_EAGAIN, AVERROR_EOF,
  type AVColorPrimaries, type AVColorSpace, type AVColorTransferCharacteristic, type FFEncoderCodec,
} from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import type { Rational as Rate } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { check, pixelFormatId } from '../library.ts';
import { PacketHandle, type FrameHandle } from './handles.ts';
import { OpenContext } from './open-context.ts';

export type EncoderSettings = { readonly name: string; readonly options: Readonly<Record<string, string>>; readonly threads: number };

export type EncodedPicture = {
  /** The caller's. */
  readonly data: Uint8Array;
  /** Of the frame that was sent. */
  readonly pts: number;
  readonly isKey: boolean;
  readonly isDisposable: boolean;
};

export class PictureEncoder implements Disposable {
  readonly #context: OpenContext;
  readonly #format: PictureFormat;
  readonly #pixelFormat: number;
  readonly #quality: number;
  readonly #packet = new PacketHandle();
  #isDrained = false;
  /** Frames sent whose packets have not come yet. */
  pending = 0;

  /** Throws `encode.failed`. */
  constructor(settings: EncoderSettings, format: PictureFormat, rate: Rate) {
    const codec = Codec.findEncoderByName(settings.name as FFEncoderCodec);
    if (!codec) throw new StringoutError('encode.failed', `there is no encoder ${settings.name}`);
    this.#format = format;
    this.#pixelFormat = pixelFormatId(format.pixelFormat);
    this.#context = new OpenContext({
      codec, error: 'encode.failed',
      // FFmpeg calls limited range in Motion JPEG unofficial, and cameras write it all the same.
      options: settings.name === 'mjpeg' ? { strict: 'unofficial', ...settings.options } : settings.options,
      prepare: (context) => {
        context.width = format.width;
        context.height = format.height;
        context.pixelFormat = pixelFormatId(format.pixelFormat);
        context.sampleAspectRatio = new Rational(format.sar.num, format.sar.den);
        context.timeBase = new Rational(rate.den, rate.num);
        context.framerate = new Rational(rate.num, rate.den);
        context.colorRange = format.range === 'full' ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
        // FFmpeg's numbers are those of H.273.
        context.colorPrimaries = format.colour.primaries as AVColorPrimaries;
        context.colorTrc = format.colour.transfer as AVColorTransferCharacteristic;
        context.colorSpace = format.colour.matrix as AVColorSpace;
        context.threadCount = settings.threads;
        context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
        if (isInterlaced(format)) context.setFlags(AV_CODEC_FLAG_INTERLACED_DCT, AV_CODEC_FLAG_INTERLACED_ME);
      },
    });
    this.#quality = this.#context.native.globalQuality;
  }

  /** Parameter sets or whatever the codec keeps apart from its samples; may be empty. */
  get extradata(): Uint8Array {
    return new Uint8Array(this.#context.native.extraData ?? []);
  }

  /** `pts` counts frames and must rise. `isKey`: a picture where decoding can start. Call `receive` until null before the next. */
  send(frame: FrameHandle, pts: number, isKey: boolean): void {
    const { native } = frame;
    if (!frame.isPicture || native.width !== this.#format.width || native.height !== this.#format.height || native.format !== this.#pixelFormat) {
      throw new StringoutError('internal', `the encoder takes ${this.#format.width}x${this.#format.height} ${this.#format.pixelFormat}`
        + `, not ${frame.isPicture ? `${native.width}x${native.height} ${frame.pixelFormat}` : 'sound'}`);
    }
    if (this.#isDrained) throw new StringoutError('internal', 'an encoder that was drained takes no frames');
    frame.pts = pts;
    frame.fieldOrder = this.#format.fieldOrder === 'unknown' ? 'progressive' : this.#format.fieldOrder;
    native.pictType = isKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    native.quality = this.#quality; // Where the quantiser is fixed, MPEG-2 and MPEG-4 take it from the frame.
    check(this.#context.native.sendFrameSync(native), 'encode.failed', `${this.#context.name} refuses a frame`);
    this.pending++;
  }

  /** The next coded picture, in decode order; null: none at present, or after `drain` none any more. */
  receive(): EncodedPicture | null {
    const code = this.#context.native.receivePacketSync(this.#packet.native);
    if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return null;
    check(code, 'encode.failed', `${this.#context.name} gave up`);
    const { native } = this.#packet;
    const picture = {
      data: new Uint8Array(native.data ?? []), pts: Number(native.pts), isKey: native.isKeyframe, isDisposable: native.hasFlags(AV_PKT_FLAG_DISPOSABLE),
    };
    native.unref();
    this.pending--;
    return picture;
  }

  /** No more frames come: `receive` gives what is left. */
  drain(): void {
    if (this.#isDrained) return;
    this.#isDrained = true;
    check(this.#context.native.sendFrameSync(null), 'encode.failed', `${this.#context.name} could not be drained`);
  }

  [Symbol.dispose](): void {
    this.#context[Symbol.dispose]();
    this.#packet[Symbol.dispose]();
  }
}

function isInterlaced(format: PictureFormat): boolean {
  return format.fieldOrder === 'tff' || format.fieldOrder === 'bff';
}
