/**
 * A file under FFmpeg's demuxer, opened with every door shut: it may use the named formats only, and no file but this one. What it
 * says of its streams is copied at once, since a stream of FFmpeg is dangerous once its file is closed.
 */
import { Codec, Dictionary, FormatContext, InputFormat, Packet } from 'node-av/lib';
import {
  AVDISCARD_ALL, AVERROR_EAGAIN, AVERROR_EOF, AVMEDIA_TYPE_AUDIO, AVMEDIA_TYPE_VIDEO, AV_NOPTS_VALUE, AV_PKT_DATA_SKIP_SAMPLES, AV_PKT_FLAG_CORRUPT,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import { check } from '../library.ts';
import { OpenContext } from '../codec/open-context.ts';
import { mostPixels } from './picture-size.ts';
import { describeStream, type StreamInfo } from './stream-info.ts';

export type DemuxerSetup = {
  readonly path: string;
  readonly size: number;
  /** Bytes to look at; what lies behind does not exist for the demuxer. */
  readonly length: number;
  /** FFmpeg's names, separated by commas. */
  readonly formats: string;
  readonly isSure: boolean;
};

/** Valid until the next packet; times in the stream's time base, null where unknown. */
export type PacketView = {
  readonly stream: number;
  readonly pts: number | null;
  readonly dts: number | null;
  readonly duration: number;
  /** Where FFmpeg says it came from: at or before its bytes; -1 unknown. */
  readonly position: number;
  readonly isKey: boolean;
  readonly isCorrupt: boolean;
  readonly bytes: Buffer;
  /** Sound samples to leave out at the beginning and end of what it decodes to. */
  readonly skip: { readonly start: number; readonly end: number } | null;
};

/** Bytes and microseconds that may be read to find out about the streams. */
const probeBytes = 8_000_000n;
const probeDuration = 8_000_000n;
const mostStreams = 128;

export class Demuxer implements Disposable {
  readonly format: string;
  readonly streams: readonly StreamInfo[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Microseconds, by the header; null where it does not say. */
  readonly duration: number | null;
  readonly pictureStream: number;
  readonly soundStream: number;
  readonly #context = new FormatContext();
  #isOpen = false;

  /** Throws `input.unsupported` where no format fits, `input.damaged` where one does and cannot be read. */
  constructor({ path, size, length, formats, isSure }: DemuxerSetup) {
    const context = this.#context;
    // Without this, interrupting it does nothing.
    context.allocContext();
    try {
      const options = { format_whitelist: formats, protocol_whitelist: 'file,subfile', codec_whitelist: probingDecoders(), max_streams: String(mostStreams) };
      for (const [name, value] of Object.entries(options)) {
        check(context.setOption(name, value), 'internal', `FFmpeg's demuxers have no option ${name}`);
      }
      context.probesize = probeBytes;
      context.maxAnalyzeDuration = probeDuration;
      const url = length < size ? `subfile,,start,0,end,${length},,:${path}` : `file:${path}`;
      const forced = isSure && !formats.includes(',') ? InputFormat.findInputFormat(formats) : null;
      if (context.openInputSync(url, forced) < 0) throw cannotOpen(path, formats, isSure);
      this.#isOpen = true;
      this.format = context.iformat?.name?.split(',')[0] ?? '';
      if (!isSure && context.probeScore < leastScore) throw cannotOpen(path, formats, isSure);
      findStreamInfo(context);
      this.streams = context.streams.map(describeStream);
      this.metadata = context.metadata?.getAll() ?? {};
      this.duration = context.duration > 0n ? Number(context.duration) : null;
      const picture = context.findBestStream(AVMEDIA_TYPE_VIDEO);
      this.pictureStream = this.streams[picture]?.isCover === false ? picture : -1;
      this.soundStream = Math.max(-1, context.findBestStream(AVMEDIA_TYPE_AUDIO, -1, this.pictureStream));
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  /** All packets of the two streams, in the file's order. Ends quietly where the file does, or cannot be read further. */
  *packets(): Generator<PacketView, void, undefined> {
    for (const stream of this.#context.streams) {
      if (stream.index !== this.pictureStream && stream.index !== this.soundStream) stream.discard = AVDISCARD_ALL;
    }
    const packet = new Packet();
    packet.alloc();
    try {
      for (let failures = 0; ;) {
        const code = this.#context.readFrameSync(packet);
        if (code === AVERROR_EOF || code === AVERROR_EAGAIN) return;
        if (code < 0) {
          if (++failures > mostFailures) return;
          continue;
        }
        const { data, streamIndex } = packet;
        if (data && data.length > 0 && (streamIndex === this.pictureStream || streamIndex === this.soundStream)) yield view(packet, data);
        packet.unref();
      }
    } finally {
      packet.free();
    }
  }

  /** A decoder set up with all that the container tells; null where there is none, or it refuses. */
  openDecoder(stream: number): OpenContext | null {
    const codecpar = this.#context.streams[stream]?.codecpar;
    const codec = codecpar && Codec.findDecoder(codecpar.codecId);
    if (!codec) return null;
    try {
      return new OpenContext({ codec, options: {}, error: 'decode.failed', prepare: (context) => void codecpar.toContext(context) });
    } catch {
      return null;
    }
  }

  /** Where the last packet of a stream of plain samples ends in the file; null where it cannot be jumped to. No packets can be read after it. */
  endOf(stream: number): number | null {
    const { duration } = this.streams[stream] ?? { duration: null };
    if (duration === null || this.#context.seekFrameSync(stream, BigInt(duration - 1), AVSEEK_FLAG_BACKWARD) < 0) return null;
    let end: number | null = null;
    for (const packet of this.packets()) if (packet.stream === stream && packet.position >= 0) end = packet.position + packet.bytes.length;
    return end;
  }

  [Symbol.dispose](): void {
    if (this.#isOpen) this.#context.closeInputSync();
    else this.#context.freeContext();
    this.#isOpen = false;
  }
}

let probing: string | null = null;

/**
 * Decoders that may look at the streams: not those of H.264 and HEVC, whose parsers tell enough, and which would take a gigabyte and
 * seconds where a header claims a picture of 16000 x 16000.
 */
function probingDecoders(): string {
  probing ??= Codec.getCodecList().filter((codec) => codec.isDecoder() && !/^(?:h264|hevc|vvc)/.test(codec.name ?? '')).map((codec) => codec.name).join(',');
  return probing;
}

function findStreamInfo(context: FormatContext): void {
  // Options for more than one stream end the process.
  using options = context.nbStreams === 1 ? Dictionary.fromObject({ max_pixels: String(mostPixels) }) : null;
  context.findStreamInfoSync(options);
}

/** Below it FFmpeg guesses: random bytes look like MPEG audio. */
const leastScore = 25;
/** Packets that cannot be read, in one file. */
const mostFailures = 100;

function view(packet: Packet, bytes: Buffer): PacketView {
  const skip = packet.getSideData(AV_PKT_DATA_SKIP_SAMPLES);
  return {
    stream: packet.streamIndex, pts: time(packet.pts), dts: time(packet.dts), duration: Number(packet.duration), position: Number(packet.pos),
    isKey: packet.isKeyframe, isCorrupt: packet.hasFlags(AV_PKT_FLAG_CORRUPT), bytes,
    skip: skip && skip.length >= 8 ? { start: skip.readUInt32LE(0), end: skip.readUInt32LE(4) } : null,
  };
}

function time(value: bigint): number | null {
  return value === AV_NOPTS_VALUE ? null : Number(value);
}

function cannotOpen(path: string, formats: string, isSure: boolean): StringoutError {
  if (!isSure) return new StringoutError('input.unsupported', 'is no media that Stringout reads: its content is in no known format', { file: path });
  const name = formatNames[formats] ?? formats.split(',')[0] ?? '';
  return new StringoutError('input.damaged', `is a damaged ${name} file: its header cannot be read`, { file: path });
}

const formatNames: Readonly<Record<string, string>> = {
  'matroska,webm': 'Matroska or WebM', mxf: 'MXF', avi: 'AVI', wav: 'WAV', w64: 'Wave64', aiff: 'AIFF', caf: 'CAF', ogg: 'Ogg', flac: 'FLAC', mpegts: 'MPEG transport stream',
  mpeg: 'MPEG program stream', 'flv,live_flv': 'FLV', asf: 'Windows Media', ivf: 'IVF', yuv4mpegpipe: 'Y4M', gif: 'GIF', apng: 'animated PNG', gxf: 'GXF', nut: 'NUT',
};
