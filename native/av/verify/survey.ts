/** Every packet of a movie listed: what its header promises against what is there. */
import { avGetCodecName, type Stream } from 'node-av/lib';
import { AV_PKT_DATA_SKIP_SAMPLES } from 'node-av/constants';
import type { VerifySurveyResult } from '../../../app/contract/jobs/movie-verify.ts';
import { rational, scaleRound, type Rational } from '../../../app/domain/rational.ts';
import type { JobContext } from '../../worker/job-context.ts';
import type { PacketHandle } from '../codec/handles.ts';
import { MessageLog } from './message-log.ts';
import { MovieReader, ticks } from './movie-reader.ts';
import { pcmFormat } from '../sound/pcm-format.ts';

/** Throws `input.missing`, `input.unsupported`, `input.damaged`. Progress counts packets, of an unknown number. */
export async function surveyMovie(path: string, context: JobContext): Promise<VerifySurveyResult> {
  using log = new MessageLog();
  const messages: string[] = [];
  using reader = new MovieReader(path, ['picture', 'sound']);
  const picture = reader.track('picture');
  const sound = reader.track('sound');
  const packets = new PacketTable();
  const length = sound ? new SoundLength(sound) : null;
  for (let count = 0; ; count++) {
    const read = reader.next();
    if (read === false) messages.push('the file ends before its last packet');
    if (!read) break;
    if (read.track === 'picture') packets.add(read.packet);
    else length?.add(read.packet);
    if (count % 256 === 0) {
      context.progress(count, 2 * count + 1);
      await context.checkpoint();
    }
  }
  const result = {
    picture: picture && {
      timeBase: rational(picture.timeBase.num, picture.timeBase.den), rate: rateOf(picture), promised: promisedFrames(picture, reader.seconds), ...packets.columns(),
    },
    sound: sound && length && { codec: length.codec, sampleRate: sound.codecpar.sampleRate, channels: sound.codecpar.channels, length: Math.max(0, length.samples) },
  };
  return { ...result, messages: [...messages, ...await log.close()] };
}

class PacketTable {
  readonly #pts: number[] = [];
  readonly #dts: number[] = [];
  readonly #isKey: number[] = [];

  add({ native }: PacketHandle): void {
    const pts = ticks(native.pts);
    const dts = ticks(native.dts);
    this.#pts.push(pts ?? dts ?? NaN);
    this.#dts.push(dts ?? pts ?? NaN);
    this.#isKey.push(native.isKeyframe ? 1 : 0);
  }

  columns(): { pts: Float64Array; dts: Float64Array; isKey: Uint8Array } {
    return { pts: Float64Array.from(this.#pts), dts: Float64Array.from(this.#dts), isKey: Uint8Array.from(this.#isKey) };
  }
}

/** Samples that are heard: of PCM by its bytes, else by the packets' durations less what is marked to be skipped. */
class SoundLength {
  readonly codec: string;
  readonly #frameBytes: number;
  readonly #frameSize: number;
  readonly #toSamples: (duration: number) => number;
  samples = 0;

  constructor({ codecpar, timeBase }: Stream) {
    this.codec = avGetCodecName(codecpar.codecId) ?? '';
    this.#frameBytes = (pcmFormat(this.codec)?.bytes ?? 0) * codecpar.channels;
    this.#frameSize = codecpar.frameSize;
    this.#toSamples = (duration) => scaleRound(duration, timeBase.num * codecpar.sampleRate, timeBase.den);
  }

  add({ native }: PacketHandle): void {
    if (this.#frameBytes > 0) {
      this.samples += Math.floor(native.size / this.#frameBytes);
      return;
    }
    // libavcodec/packet.h: two little-endian numbers, samples to skip at the start and at the end.
    const skip = native.getSideData(AV_PKT_DATA_SKIP_SAMPLES);
    const skipped = skip && skip.length >= 8 ? skip.readUInt32LE(0) + skip.readUInt32LE(4) : 0;
    // Where frames are of one size, the last packet's duration may have what is skipped taken off already.
    this.samples += (this.#frameSize || this.#toSamples(Number(native.duration))) - skipped;
  }
}

function rateOf({ avgFrameRate, rFrameRate }: Stream): Rational | null {
  for (const rate of [rFrameRate, avgFrameRate]) if (rate.num > 0 && rate.den > 0) return rational(rate.num, rate.den);
  return null;
}

/** Matroska tells no number of frames, but a duration. */
function promisedFrames(stream: Stream, seconds: number | null): number | null {
  if (stream.nbFrames > 0n) return Number(stream.nbFrames);
  const { timeBase, duration } = stream;
  const rate = rateOf(stream);
  const length = duration > 0n ? (Number(duration) * timeBase.num) / timeBase.den : seconds;
  return length === null || !rate ? null : Math.round((length * rate.num) / rate.den);
}
