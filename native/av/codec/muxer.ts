/** A file of one picture and one sound track, written by FFmpeg's muxers. Calls that come too early, too late or twice are refused: there they end the process. */
import { Codec, CodecContext, Dictionary, FormatContext, Rational, type Stream } from 'node-av/lib';
import {
  AV_CHANNEL_ORDER_NATIVE, AV_PKT_DATA_DISPLAYMATRIX, AV_PKT_FLAG_KEY, AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_FLTP, AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S32,
  AVCOL_RANGE_JPEG, AVCOL_RANGE_MPEG, AVCOL_RANGE_UNSPECIFIED, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO,
  type AVColorPrimaries, type AVColorSpace, type AVColorTransferCharacteristic, type AVProfile, type AVSampleFormat, type FFDecoderCodec,
} from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import { channelMask, channelNames } from '../../../app/domain/channel-names.ts';
import type { Rational as Rate } from '../../../app/domain/rational.ts';
import type { PictureFormat, SoundFormat } from '../../../app/domain/source.ts';
import { check, pixelFormatId } from '../library.ts';
import { PacketHandle } from './handles.ts';

/** Times in units of the track: frames, or samples. `data` may be used again once it is written. */
export type MuxPacket = { readonly data: Uint8Array; readonly pts: number; readonly dts: number; readonly duration: number; readonly isKey: boolean };

export type MuxTrack = { readonly stream: Stream; readonly unit: Rational };

export type MuxerName = 'mp4' | 'matroska' | 'mxf';

type State = 'new' | 'writing' | 'finished' | 'closed';

export class Muxer implements Disposable {
  readonly #path: string;
  readonly #context = new FormatContext();
  readonly #packet = new PacketHandle();
  #state: State = 'new';

  /** Tracks come next, then `begin`. What was at `path` is overwritten. All methods throw `output.failed`, `output.full`, and `internal` out of turn. */
  constructor(path: string, name: MuxerName) {
    this.#path = path;
    this.#check(this.#context.allocOutputContext2(null, name, path), 'the muxer could not be made');
  }

  /** `config`: FFmpeg's extradata, may be empty. */
  addPicture(format: PictureFormat, config: Uint8Array, rate: Rate): MuxTrack {
    const unit = new Rational(rate.den, rate.num);
    const track = this.#addTrack(format.codec, config, unit, (context) => {
      context.codecType = AVMEDIA_TYPE_VIDEO;
      context.width = format.width;
      context.height = format.height;
      context.pixelFormat = pixelFormatId(format.pixelFormat);
      context.sampleAspectRatio = new Rational(format.sar.num, format.sar.den);
      context.framerate = new Rational(rate.num, rate.den);
      context.colorRange = { limited: AVCOL_RANGE_MPEG, full: AVCOL_RANGE_JPEG, unknown: AVCOL_RANGE_UNSPECIFIED }[format.range];
      // FFmpeg's numbers are those of H.273.
      context.colorPrimaries = format.colour.primaries as AVColorPrimaries;
      context.colorTrc = format.colour.transfer as AVColorTransferCharacteristic;
      context.colorSpace = format.colour.matrix as AVColorSpace;
      context.setOption('field_order', { progressive: 'progressive', tff: 'tt', bff: 'bb', unknown: 'unknown' }[format.fieldOrder]);
      // Which flavour of ProRes it is, is told by nothing else.
      if (format.codec === 'prores') {
        context.codecTag = format.tag;
        context.profile = proresTags.indexOf(format.tag) as AVProfile;
      }
    });
    track.stream.avgFrameRate = new Rational(rate.num, rate.den);
    track.stream.sampleAspectRatio = new Rational(format.sar.num, format.sar.den);
    if (format.rotation !== 0) {
      this.#check(track.stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, displayMatrix(format.rotation)), 'the rotation could not be told');
    }
    return track;
  }

  /** `priming`: samples that the decoder gives before the first one that is heard. */
  addSound(format: SoundFormat, config: Uint8Array, priming: number): MuxTrack {
    const names = channelNames(format.layout, format.channels);
    const track = this.#addTrack(format.codec, config, new Rational(1, format.sampleRate), (context) => {
      context.codecType = AVMEDIA_TYPE_AUDIO;
      context.sampleRate = format.sampleRate;
      context.sampleFormat = sampleFormat(format);
      if (names) context.channelLayout = { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: format.channels, mask: channelMask(names) };
      else context.channels = format.channels;
      if (format.bits > 0) context.bitsPerCodedSample = format.bits;
    });
    if (format.codec === 'aac') track.stream.codecpar.frameSize = 1024;
    track.stream.codecpar.initialPadding = priming;
    return track;
  }

  /** Creates the file and writes its header. */
  begin(metadata: Readonly<Record<string, string>> = {}): void {
    this.#expect('new');
    using tags = Dictionary.fromObject({ ...metadata });
    this.#context.metadata = tags;
    this.#check(this.#context.openOutputSync(), 'the file could not be created');
    this.#check(this.#context.writeHeaderSync(), 'the header could not be written');
    this.#state = 'writing';
  }

  /** Packets of both tracks in any order that keeps each track's own; nearly by time keeps memory small. */
  write(track: MuxTrack, { data, pts, dts, duration, isKey }: MuxPacket): void {
    this.#expect('writing');
    const { native } = this.#packet;
    native.data = Buffer.from(data.buffer, data.byteOffset, data.length);
    native.pts = BigInt(pts);
    native.dts = BigInt(dts);
    native.duration = BigInt(duration);
    native.streamIndex = track.stream.index;
    if (isKey) native.setFlags(AV_PKT_FLAG_KEY);
    native.rescaleTs(track.unit, track.stream.timeBase);
    this.#check(this.#context.interleavedWriteFrameSync(native), 'a packet could not be written');
    native.unref();
  }

  /** The file is complete after it, and closed. */
  finish(): void {
    this.#expect('writing');
    this.#state = 'finished';
    this.#check(this.#context.writeTrailerSync(), 'the movie could not be finished');
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#context.closeOutputSync();
    this.#context.freeContext();
    this.#packet.free();
  }

  /** By way of a codec context, which alone takes the field order. */
  #addTrack(codecName: string, config: Uint8Array, unit: Rational, prepare: (context: CodecContext) => void): MuxTrack {
    this.#expect('new');
    const codec = Codec.findDecoderByName(codecName as FFDecoderCodec);
    if (!codec) throw new StringoutError('internal', `FFmpeg does not know ${codecName}`);
    const stream = this.#context.newStream(null);
    const context = new CodecContext();
    context.allocContext3(codec);
    try {
      context.codecId = codec.id;
      prepare(context);
      if (config.length > 0) context.extraData = Buffer.from(config);
      this.#check(stream.codecpar.fromContext(context), 'a track could not be described');
    } finally {
      context.freeContext();
    }
    stream.timeBase = unit;
    return { stream, unit };
  }

  #expect(state: State): void {
    if (this.#state !== state) throw new StringoutError('internal', `a muxer that is ${this.#state} is not ${state}`);
  }

  #check(code: number, what: string): void {
    if (diskFull.has(code)) throw new StringoutError('output.full', 'the disk is full; free space or choose another target', { file: this.#path });
    check(code, 'output.failed', what);
  }
}

/** In the order of FFmpeg's profile numbers. */
const proresTags = ['apco', 'apcs', 'apcn', 'apch', 'ap4h', 'ap4x'];

/** ENOSPC and EDQUOT as FFmpeg gives them. */
const diskFull = new Set([-28, -122]);

function sampleFormat({ codec }: SoundFormat): AVSampleFormat {
  switch (codec) {
    case 'pcm_s16le': return AV_SAMPLE_FMT_S16;
    case 'pcm_s24le':
    case 'pcm_s32le': return AV_SAMPLE_FMT_S32;
    case 'pcm_f32le': return AV_SAMPLE_FMT_FLT;
    default: return AV_SAMPLE_FMT_FLTP;
  }
}

/** Clockwise degrees as libavutil/display.h writes them: nine numbers of 16.16 and 2.30. */
function displayMatrix(degrees: 90 | 180 | 270): Buffer {
  const one = 65_536;
  const [a, b, c, d] = { 90: [0, one, -one, 0], 180: [-one, 0, 0, -one], 270: [0, -one, one, 0] }[degrees] as [number, number, number, number];
  return Buffer.from(Int32Array.of(a, b, 0, c, d, 0, 0, 0, 1 << 30).buffer);
}
