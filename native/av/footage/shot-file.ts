/** A movie file of one H.264 and one AAC stream, written by FFmpeg's own muxer: demo footage must not come from the writer it is to prove. */
import { FormatContext, Packet, Rational, type Stream } from 'node-av/lib';
import {
  AV_CODEC_ID_AAC, AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P, AV_PKT_FLAG_KEY, AV_PROFILE_H264_MAIN, AV_SAMPLE_FMT_FLTP, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO, AV_CHANNEL_ORDER_NATIVE,
} from 'node-av/constants';
import { check } from '../library.ts';

export type ShotStreams = {
  readonly width: number;
  readonly height: number;
  readonly rate: number;
  readonly pictureConfig: Uint8Array;
  readonly sampleRate: number;
  readonly soundConfig: Uint8Array;
  /** Samples that the decoder gives before the first one that is heard. */
  readonly priming: number;
};

/** Times of a packet in frames or samples. */
export type ShotPacket = { readonly data: Uint8Array; readonly pts: number; readonly dts: number; readonly duration: number; readonly isKey: boolean };

export class ShotFile implements Disposable {
  readonly #context = new FormatContext();
  readonly #packet = new Packet();
  readonly #picture: Stream;
  readonly #sound: Stream;
  readonly #streams: ShotStreams;

  /** Throws `output.failed`, as all methods do. */
  constructor(path: string, streams: ShotStreams) {
    this.#streams = streams;
    this.#packet.alloc();
    check(this.#context.allocOutputContext2(null, 'mp4', path), 'output.failed', 'the muxer could not be made');
    this.#picture = this.#pictureStream();
    this.#sound = this.#soundStream();
    check(this.#context.openOutputSync(), 'output.failed', `${path} could not be created`);
    check(this.#context.writeHeaderSync(), 'output.failed', 'the header could not be written');
  }

  /** Packets of both streams in any order that keeps each stream's own. */
  writePicture(packet: ShotPacket): void {
    this.#write(packet, this.#picture, new Rational(1, this.#streams.rate));
  }

  writeSound(packet: ShotPacket): void {
    this.#write(packet, this.#sound, new Rational(1, this.#streams.sampleRate));
  }

  /** The file is complete after it. */
  finish(): void {
    check(this.#context.writeTrailerSync(), 'output.failed', 'the movie could not be finished');
  }

  [Symbol.dispose](): void {
    this.#context.closeOutputSync();
    this.#context.freeContext();
    this.#packet.free();
  }

  #pictureStream(): Stream {
    const { width, height, rate, pictureConfig } = this.#streams;
    const stream = this.#context.newStream(null);
    const { codecpar } = stream;
    codecpar.codecType = AVMEDIA_TYPE_VIDEO;
    codecpar.codecId = AV_CODEC_ID_H264;
    codecpar.profile = AV_PROFILE_H264_MAIN;
    codecpar.format = AV_PIX_FMT_YUV420P;
    codecpar.width = width;
    codecpar.height = height;
    codecpar.extradata = Buffer.from(pictureConfig);
    stream.timeBase = new Rational(1, rate);
    stream.avgFrameRate = new Rational(rate, 1);
    return stream;
  }

  #soundStream(): Stream {
    const { sampleRate, soundConfig, priming } = this.#streams;
    const stream = this.#context.newStream(null);
    const { codecpar } = stream;
    codecpar.codecType = AVMEDIA_TYPE_AUDIO;
    codecpar.codecId = AV_CODEC_ID_AAC;
    codecpar.format = AV_SAMPLE_FMT_FLTP;
    codecpar.sampleRate = sampleRate;
    codecpar.channelLayout = { order: AV_CHANNEL_ORDER_NATIVE, nbChannels: 2, mask: 3n };
    codecpar.frameSize = 1024;
    codecpar.initialPadding = priming;
    codecpar.extradata = Buffer.from(soundConfig);
    stream.timeBase = new Rational(1, sampleRate);
    return stream;
  }

  #write({ data, pts, dts, duration, isKey }: ShotPacket, stream: Stream, unit: Rational): void {
    const packet = this.#packet;
    packet.data = Buffer.from(data.buffer, data.byteOffset, data.length);
    packet.pts = BigInt(pts);
    packet.dts = BigInt(dts);
    packet.duration = BigInt(duration);
    packet.streamIndex = stream.index;
    if (isKey) packet.setFlags(AV_PKT_FLAG_KEY);
    packet.rescaleTs(unit, stream.timeBase);
    check(this.#context.interleavedWriteFrameSync(packet), 'output.failed', 'a packet could not be written');
    packet.unref();
  }
}
