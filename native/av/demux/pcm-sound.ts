/** PCM: one element for each stretch of sample frames that lies in one piece. */
import type { SoundFormat } from '../../../app/domain/source.ts';
import { pcmFormat } from '../sound/pcm-format.ts';
import type { PacketView } from './demuxer.ts';
import type { PacketStore, Place } from './packet-store.ts';
import { SampleClock } from './sample-clock.ts';
import { counted } from './plural.ts';
import type { SoundTables, SoundTrack } from './sound-tables.ts';
import type { StreamInfo } from './stream-info.ts';

type Run = Place & { size: number; readonly position: number };

/** Sizes are counted in 32 bits. */
const longestRun = 1 << 30;

/** Runs of PCM being put together. */
export class PcmRuns {
  readonly #frameBytes: number;
  readonly #runs: Run[] = [];

  /** `frameBytes`: one sample of all channels. */
  constructor(frameBytes: number) {
    this.#frameBytes = frameBytes;
  }

  /** `size` in whole sample frames; any length. */
  add(place: Place, size: number, position: number): void {
    const last = this.#runs.at(-1);
    const isNext = last && last.file === place.file && last.offset + last.size === place.offset && last.position + last.size / this.#frameBytes === position;
    if (isNext && last.size + size <= longestRun) {
      last.size += size;
      return;
    }
    const most = longestRun - (longestRun % this.#frameBytes);
    for (let done = 0; done < size; done += most) {
      this.#runs.push({ file: place.file, offset: place.offset + done, size: Math.min(most, size - done), position: position + done / this.#frameBytes });
    }
  }

  tables(end: number): SoundTables['packets'] {
    const runs = this.#runs;
    return {
      count: runs.length,
      file: runs.every(({ file }) => file === 0) ? null : Uint32Array.from(runs, ({ file }) => file),
      offset: Float64Array.from(runs, ({ offset }) => offset),
      size: Uint32Array.from(runs, ({ size }) => size),
      position: Float64Array.from([...runs.map(({ position }) => position), end]),
    };
  }
}

export class PcmSound implements SoundTrack {
  readonly #info: StreamInfo;
  readonly #store: PacketStore;
  readonly #frameBytes: number;
  readonly #clock: SampleClock;
  readonly #runs: PcmRuns;

  constructor(info: StreamInfo, store: PacketStore) {
    this.#info = info;
    this.#store = store;
    this.#frameBytes = (pcmFormat(info.codec)?.bytes ?? 1) * info.channels;
    this.#clock = new SampleClock(info.timeBase, info.sampleRate);
    this.#runs = new PcmRuns(this.#frameBytes);
  }

  add(packet: PacketView): void {
    const whole = packet.bytes.length - (packet.bytes.length % this.#frameBytes);
    if (whole === 0) return;
    const place = this.#store.place(this.#info.index, packet.position, packet.bytes.subarray(0, whole));
    this.#runs.add(place, whole, this.#clock.place(packet.pts, whole / this.#frameBytes));
  }

  /** All up to byte `end` of the source, whose first packet was added: files that hold nothing but sound lie in one piece. */
  extendTo(end: number): void {
    const { count, offset, size } = this.#runs.tables(0);
    const from = (offset[0] ?? 0) + (size[0] ?? 0);
    const rest = end - from - ((end - from) % this.#frameBytes);
    if (count === 1 && rest > 0) this.#runs.add({ file: 0, offset: from }, rest, this.#clock.place(null, rest / this.#frameBytes));
  }

  finish(): SoundTables | null {
    const { length, holes } = this.#clock;
    if (length === 0) return null;
    return {
      format: this.#format(), config: new Uint8Array(0), length, packets: this.#runs.tables(length), startTick: this.#clock.start(), priming: 0,
      warnings: holes > 0 ? [`silent in its sound: ${counted(holes, 'hole')}`] : [],
    };
  }

  [Symbol.dispose](): void {
    // Holds nothing.
  }

  #format(): SoundFormat {
    const { codec, tag, sampleRate, channels, layout, bits } = this.#info;
    return { codec, tag, sampleRate, channels, layout, bits: bits || (pcmFormat(codec)?.bytes ?? 0) * 8 };
  }
}
