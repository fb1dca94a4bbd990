/** Sound of a codec that the sound jobs do not decode (ADPCM, WMA, planar PCM, ...): decoded once, as PCM of the width that the decoder gives. */
import {
  AV_SAMPLE_FMT_DBL, AV_SAMPLE_FMT_FLT, AV_SAMPLE_FMT_S16, AV_SAMPLE_FMT_S32, AV_SAMPLE_FMT_S64, AV_SAMPLE_FMT_U8, type AVSampleFormat,
} from 'node-av/constants';
import { avGetBytesPerSample, avGetPackedSampleFmt, avSampleFmtIsPlanar, type Frame } from 'node-av/lib';
import type { SoundFormat } from '../../../app/domain/source.ts';
import { FrameHandle, PacketHandle } from '../codec/handles.ts';
import type { OpenContext } from '../codec/open-context.ts';
import type { PacketView } from './demuxer.ts';
import type { PacketStore } from './packet-store.ts';
import { PcmRuns } from './pcm-sound.ts';
import { SampleClock } from './sample-clock.ts';
import { counted } from './plural.ts';
import type { SoundTables, SoundTrack } from './sound-tables.ts';
import { layoutName, type StreamInfo } from './stream-info.ts';

const pcmCodecs = new Map<AVSampleFormat, string>([
  [AV_SAMPLE_FMT_U8, 'pcm_u8'], [AV_SAMPLE_FMT_S16, 'pcm_s16le'], [AV_SAMPLE_FMT_S32, 'pcm_s32le'], [AV_SAMPLE_FMT_S64, 'pcm_s64le'],
  [AV_SAMPLE_FMT_FLT, 'pcm_f32le'], [AV_SAMPLE_FMT_DBL, 'pcm_f64le'],
]);

type Output = { readonly format: SoundFormat; readonly frameBytes: number; readonly clock: SampleClock; readonly runs: PcmRuns };

export class DecodedSound implements SoundTrack {
  readonly #info: StreamInfo;
  readonly #decoder: OpenContext;
  readonly #store: PacketStore;
  readonly #packet = new PacketHandle();
  readonly #frame = new FrameHandle();
  #output: Output | null = null;
  #isChanging = false;

  /** Takes over `decoder`. */
  constructor(info: StreamInfo, decoder: OpenContext, store: PacketStore) {
    this.#info = info;
    this.#decoder = decoder;
    this.#store = store;
  }

  add(packet: PacketView): void {
    this.#packet.fill(packet.bytes, packet.pts ?? 0);
    const code = this.#decoder.native.sendPacketSync(this.#packet.native);
    this.#packet.native.unref();
    if (code >= 0) this.#receive(packet.pts);
  }

  finish(): SoundTables | null {
    if (this.#decoder.native.sendPacketSync(null) >= 0) this.#receive(null);
    const output = this.#output;
    if (!output || output.clock.length === 0) return null;
    const { clock, runs, format } = output;
    return {
      format, config: new Uint8Array(0), length: clock.length, packets: runs.tables(clock.length), startTick: clock.start(), priming: 0,
      warnings: [
        ...(clock.holes > 0 ? [`silent in its sound: ${counted(clock.holes, 'hole')}`] : []),
        ...(this.#isChanging ? ['its sound changes format in mid-stream; what differs from the beginning is silent'] : []),
      ],
    };
  }

  [Symbol.dispose](): void {
    this.#decoder[Symbol.dispose]();
    this.#packet[Symbol.dispose]();
    this.#frame[Symbol.dispose]();
  }

  #receive(pts: number | null): void {
    let stamp = pts;
    // An error ends the packet: the next may decode.
    while (this.#decoder.native.receiveFrameSync(this.#frame.native) >= 0) {
      const frame = this.#frame.native;
      if (frame.nbSamples > 0) this.#write(frame, stamp);
      stamp = null;
      frame.unref();
    }
  }

  #write(frame: Frame, pts: number | null): void {
    const output = this.#output ??= this.#describe(frame);
    const { sampleRate, channels } = output.format;
    if (frame.sampleRate !== sampleRate || frame.channels !== channels) {
      this.#isChanging = true;
      return;
    }
    const bytes = interleaved(frame, output.frameBytes / channels);
    output.runs.add(this.#store.unpack(bytes), bytes.length, output.clock.place(pts, frame.nbSamples));
  }

  #describe(frame: Frame): Output {
    const sampleFormat = avGetPackedSampleFmt(frame.format as AVSampleFormat);
    const bytes = avGetBytesPerSample(sampleFormat);
    const { sampleRate, channels } = frame;
    const format = { codec: pcmCodecs.get(sampleFormat) ?? 'pcm_f32le', tag: '', sampleRate, channels, layout: layoutName(frame.channelLayout, channels), bits: bytes * 8 };
    return { format, frameBytes: bytes * channels, clock: new SampleClock(this.#info.timeBase, sampleRate), runs: new PcmRuns(bytes * channels) };
  }
}

/** A copy with the channels one after the other for each sample; `size`: bytes of one sample of one channel. */
function interleaved(frame: Frame, size: number): Buffer {
  const { channels, nbSamples } = frame;
  const planes = frame.extendedData ?? frame.data ?? [];
  if (!avSampleFmtIsPlanar(frame.format as AVSampleFormat)) return Buffer.from((planes[0] ?? Buffer.alloc(0)).subarray(0, nbSamples * channels * size));
  const out = Buffer.allocUnsafe(nbSamples * channels * size);
  planes.slice(0, channels).forEach((plane, channel) => {
    for (let i = 0; i < nbSamples; i++) plane.copy(out, (i * channels + channel) * size, i * size, (i + 1) * size);
  });
  return out;
}
