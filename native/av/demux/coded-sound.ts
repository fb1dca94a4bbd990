/** Coded sound whose packets the sound jobs decode: each with the samples it gives, told by a rule where there is one, else by decoding it. */
import type { SoundFormat } from '../../../app/domain/source.ts';
import { SoundDecoder } from '../sound/sound-decoder.ts';
import { readAdts } from './adts.ts';
import type { PacketView } from './demuxer.ts';
import type { PacketStore, Place } from './packet-store.ts';
import { sampleRule, type SampleRule } from './packet-samples.ts';
import { SampleClock } from './sample-clock.ts';
import { counted } from './plural.ts';
import type { SoundTables, SoundTrack } from './sound-tables.ts';
import { layoutName, type StreamInfo } from './stream-info.ts';

type Row = Place & { readonly size: number; readonly header: number; readonly pts: number | null; samples: number };

/** How the decoder gives it: the rate may be double that of the container (SBR), the channels twice as many (PS). */
type Shape = Pick<SoundFormat, 'sampleRate' | 'channels' | 'layout'>;

/** Packets in a row without sound after which it is given up. */
const mostSilent = 64;
const lossless = new Set(['flac', 'alac', 'truehd', 'mlp', 'wavpack', 'tta']);

export class CodedSound implements SoundTrack {
  readonly #info: StreamInfo;
  readonly #store: PacketStore;
  readonly #rule: SampleRule | null;
  readonly #rows: Row[] = [];
  #decoder: SoundDecoder | null;
  #shape: Shape | null = null;
  /** Samples of the first packet that gave any. */
  #first = 0;
  #skip = { start: 0, end: 0 };
  /** Of all packets: the AudioSpecificConfig that their ADTS headers tell; -1: they have none, or do not agree. */
  #config: number | null = null;

  constructor(info: StreamInfo, store: PacketStore) {
    this.#info = info;
    this.#store = store;
    this.#rule = sampleRule(info.codec, info.config);
    this.#decoder = openDecoder(info);
  }

  add(packet: PacketView): void {
    const { bytes, pts, skip } = packet;
    if (this.#isHopeless()) return;
    this.#skip = { start: this.#rows.length === 0 ? skip?.start ?? 0 : this.#skip.start, end: skip?.end ?? 0 };
    const place = this.#store.place(this.#info.index, packet.position, bytes);
    this.#rows.push({ ...place, size: bytes.length, header: this.#adtsHeader(bytes), pts, samples: 0 });
    this.#count(bytes);
  }

  finish(): SoundTables | null {
    this.#decode(null);
    if (!this.#shape) return null;
    const { sampleRate } = this.#shape;
    const clock = new SampleClock(this.#info.timeBase, sampleRate);
    const positions = this.#rows.map(({ pts, samples }) => clock.place(pts, samples));
    const isStripped = this.#config !== null && this.#config >= 0;
    const header = (row: Row): number => (isStripped ? row.header : 0);
    return {
      format: { codec: this.#info.codec, tag: this.#info.tag, ...this.#shape, bits: lossless.has(this.#info.codec) ? this.#info.bits : 0 },
      config: isStripped && this.#config !== null ? Uint8Array.of(this.#config >> 8, this.#config & 255) : this.#info.config,
      length: Math.max(0, clock.length - this.#skip.end),
      packets: {
        count: this.#rows.length,
        file: this.#rows.every(({ file }) => file === 0) ? null : Uint32Array.from(this.#rows, ({ file }) => file),
        offset: Float64Array.from(this.#rows, (row) => row.offset + header(row)),
        size: Uint32Array.from(this.#rows, (row) => row.size - header(row)),
        position: Float64Array.from([...positions, clock.length]),
      },
      startTick: this.#startTick(clock.start(), sampleRate),
      priming: this.#info.priming || this.#skip.start,
      warnings: clock.holes > 0 ? [`silent in its sound: ${counted(clock.holes, 'hole')}`] : [],
    };
  }

  [Symbol.dispose](): void {
    this.#decoder?.[Symbol.dispose]();
    this.#decoder = null;
  }

  /** FFmpeg takes a codec's delay off the stamps in whole ticks. */
  #startTick(start: number | null, sampleRate: number): number | null {
    const { num, den } = this.#info.timeBase;
    const delay = (this.#info.priming * den) / (sampleRate * num);
    return start === null ? null : start + Math.round(delay) - delay;
  }

  #isHopeless(): boolean {
    return !this.#shape && (this.#rows.length >= mostSilent || !this.#decoder);
  }

  /** Bytes of the packet's ADTS header, 0 without. */
  #adtsHeader(bytes: Uint8Array): number {
    if (this.#info.codec !== 'aac' || this.#info.config.length > 0 || this.#config === -1) return 0;
    const header = readAdts(bytes);
    const isUsual = header?.isPlain === true && header.frameLength === bytes.length && (this.#config ?? header.config) === header.config;
    this.#config = isUsual ? header.config : -1;
    return isUsual ? header.length : 0;
  }

  #count(bytes: Buffer): void {
    const row = this.#rows.at(-1);
    if (!this.#rule || !this.#shape) this.#decode(bytes);
    if (!row || !this.#rule || !this.#shape) return;
    // Those before the first that gave sound are as long.
    if (this.#decoder) for (const before of this.#rows) before.samples = this.#rule(bytes, this.#first);
    row.samples = this.#rule(bytes, this.#first);
    this[Symbol.dispose]();
  }

  #decode(bytes: Buffer | null): void {
    this.#decoder?.decode(bytes, this.#rows.length - 1, (frame, tag) => {
      const row = this.#rows[tag ?? this.#rows.length - 1];
      if (row) row.samples += frame.nbSamples;
      if (this.#shape) return;
      this.#first = frame.nbSamples;
      this.#shape = { sampleRate: frame.sampleRate, channels: frame.channels, layout: layoutName(frame.channelLayout, frame.channels) };
    });
  }
}

function openDecoder(info: StreamInfo): SoundDecoder | null {
  const { codec, tag, sampleRate, channels, layout, bits, config } = info;
  try {
    return new SoundDecoder({ codec, tag, sampleRate, channels, layout, bits }, config);
  } catch {
    return null;
  }
}
