/** The movie's sound in order, as interleaved samples on the programme's clock: PCM as its bytes stand, all else decoded to 32-bit floats. */
import { avGetCodecName, Codec, type Stream } from 'node-av/lib';
import { AV_SAMPLE_FMT_FLTP, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { StringoutError } from '../../../app/base/errors.ts';
import { scaleRound } from '../../../app/domain/rational.ts';
import { FrameHandle, type PacketHandle } from '../codec/handles.ts';
import { OpenContext } from '../codec/open-context.ts';
import { pcmFormat } from '../sound/pcm-format.ts';
import { ticks, type MovieReader } from './movie-reader.ts';

/** `bytes` are valid only during the call. */
export type TakeSound = (position: number, bytes: Uint8Array) => void;

/** Packets that a decoder needs before the first one whose sound is right, in samples. */
const preRoll = 8192;

/** Programme samples [from, to), and some around them. Packets before are only counted. */
export async function readSound(
  reader: MovieReader, { from, to }: { readonly from: number; readonly to: number }, take: TakeSound, checkpoint: (position: number) => Promise<void>,
): Promise<void> {
  const stream = reader.track('sound');
  if (!stream) return;
  using sound = soundOf(stream, take);
  for (let read = reader.next(); read; read = reader.next()) {
    if (read.track !== 'sound') continue;
    const position = sound.position(read.packet);
    if (position >= to + preRoll) break;
    sound.push(position >= from - preRoll ? read.packet : null);
    await checkpoint(position);
  }
  sound.end();
}

/** In which the samples come. */
export function givenCodec(stream: Stream): string {
  const name = avGetCodecName(stream.codecpar.codecId) ?? '';
  return pcmFormat(name) ? name : 'pcm_f32le';
}

interface PacketSound extends Disposable {
  /** Programme sample at which the packet begins, to be asked once for each packet, in order. */
  position(packet: PacketHandle): number;
  /** Null: the packet is not wanted. */
  push(packet: PacketHandle | null): void;
  end(): void;
}

function soundOf(stream: Stream, take: TakeSound): PacketSound {
  const pcm = pcmFormat(avGetCodecName(stream.codecpar.codecId) ?? '');
  return pcm ? new PcmSound(pcm.bytes * stream.codecpar.channels, take) : new DecodedSound(stream, take);
}

/** Positions are counted: timestamps of some containers are milliseconds. */
class PcmSound implements PacketSound {
  readonly #frameBytes: number;
  readonly #take: TakeSound;
  #start = 0;
  #next = 0;

  constructor(frameBytes: number, take: TakeSound) {
    this.#frameBytes = frameBytes;
    this.#take = take;
  }

  position({ native }: PacketHandle): number {
    this.#start = this.#next;
    this.#next += Math.floor(native.size / this.#frameBytes);
    return this.#start;
  }

  push(packet: PacketHandle | null): void {
    if (packet) this.#take(this.#start, packet.native.data ?? new Uint8Array(0));
  }

  end(): void {
    // Nothing is held back.
  }

  [Symbol.dispose](): void {
    // Nothing is held.
  }
}

class DecodedSound implements PacketSound {
  readonly #context: OpenContext;
  readonly #frame = new FrameHandle();
  readonly #take: TakeSound;
  readonly #toSamples: (time: number) => number;
  #next = 0;
  #packed = new Float32Array(0);

  constructor(stream: Stream, take: TakeSound) {
    const codec = Codec.findDecoder(stream.codecpar.codecId);
    if (!codec) throw new StringoutError('decode.failed', 'there is no decoder for the movie\'s sound');
    const { timeBase, codecpar } = stream;
    this.#take = take;
    this.#toSamples = (time) => scaleRound(time, timeBase.num * codecpar.sampleRate, timeBase.den);
    this.#context = new OpenContext({
      codec, options: {}, error: 'decode.failed',
      prepare: (context) => {
        codecpar.toContext(context);
        context.pktTimebase = timeBase; // What is to be skipped moves the frames' times.
        context.threadCount = 1;
      },
    });
  }

  position({ native }: PacketHandle): number {
    const time = ticks(native.pts) ?? ticks(native.dts);
    return time === null ? this.#next : this.#toSamples(time);
  }

  push(packet: PacketHandle | null): void {
    if (!packet || packet.native.size === 0) return;
    this.#context.native.sendPacketSync(packet.native);
    this.#receive();
  }

  end(): void {
    this.#context.native.sendPacketSync(null);
    this.#receive();
  }

  [Symbol.dispose](): void {
    this.#context[Symbol.dispose]();
    this.#frame[Symbol.dispose]();
  }

  #receive(): void {
    const { native } = this.#frame;
    for (let failures = 0; failures < 64;) {
      const code = this.#context.native.receiveFrameSync(native);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return;
      if (code < 0) {
        failures++;
        continue;
      }
      const position = this.#frame.pts === null ? this.#next : this.#toSamples(this.#frame.pts);
      this.#next = position + native.nbSamples;
      if (native.format === AV_SAMPLE_FMT_FLTP && native.nbSamples > 0) this.#take(position, this.#interleaved());
      native.unref();
    }
  }

  #interleaved(): Uint8Array {
    const { native } = this.#frame;
    const planes = native.extendedData ?? native.data ?? [];
    const { nbSamples, channels } = native;
    if (this.#packed.length < nbSamples * channels) this.#packed = new Float32Array(nbSamples * channels);
    for (let channel = 0; channel < channels; channel++) {
      const plane = planes[channel];
      if (!plane) continue;
      const samples = new Float32Array(plane.buffer, plane.byteOffset, nbSamples);
      for (let i = 0; i < nbSamples; i++) this.#packed[i * channels + channel] = samples[i] ?? 0;
    }
    return new Uint8Array(this.#packed.buffer, 0, nbSamples * channels * 4);
  }
}
