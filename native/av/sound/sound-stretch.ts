/**
 * Decoded sound of one clip, frame by frame with its place in the source, as blocks on the same clock at the programme's rate. A run of
 * frames without a hole is resampled in one go, beginning where both rates have a sample at the same time, so that a window in mid-file
 * gives what the whole file would have given.
 */
import type { Frame } from 'node-av/lib';
import { greatestCommonDivisor } from '../../../app/domain/rational.ts';
import type { ConverterCache } from './converter-cache.ts';
import type { Planes } from './sample-blocks.ts';
import type { SoundConverter } from './sound-converter.ts';

/** Timestamps of some containers are rounded to milliseconds: what is nearer than this follows on, in seconds. */
const jitter = 0.0015;

/** `position`: samples at the programme's rate from the source's packet 0. */
export type EmitSound = (position: number, planes: Planes, offset: number, length: number) => void;

export class SoundStretch {
  readonly #converters: ConverterCache;
  readonly #emit: EmitSound;
  #converter: SoundConverter | null = null;
  #sourceRate = 0;
  /** Source sample that would follow without a hole. */
  #next = 0;
  /** Programme sample that comes out of the converter next. */
  #out = 0;
  /** Outputs before it belong to the silence that led up to the grid. */
  #firstOut = 0;

  constructor(converters: ConverterCache, emit: EmitSound) {
    this.#converters = converters;
    this.#emit = emit;
  }

  /** `position`: source sample of the frame's first one, at the frame's own rate. */
  push(frame: Frame, position: number): void {
    if (!this.#converter || Math.abs(position - this.#next) > jitter * this.#sourceRate) this.#begin(frame, position);
    let count = this.#converter?.push(frame) ?? null;
    if (count === null) {
      this.#begin(frame, position); // the sound changes its format here
      count = this.#converter?.push(frame) ?? 0;
    }
    this.#next += frame.nbSamples;
    this.#pass(count);
  }

  end(): void {
    if (this.#converter) this.#pass(this.#converter.flush());
    this.#converter = null;
  }

  #begin(frame: Frame, position: number): void {
    this.end();
    const { sampleRate: programmeRate } = this.#converters.output;
    const sourceRate = frame.sampleRate;
    const divisor = greatestCommonDivisor(sourceRate, programmeRate);
    const period = sourceRate / divisor;
    const gridStart = Math.floor(position / period) * period;
    this.#converter = this.#converters.forFrame(frame);
    this.#converter.restart();
    this.#converter.pushSilence(position - gridStart);
    this.#sourceRate = sourceRate;
    this.#next = position;
    this.#out = (gridStart / period) * (programmeRate / divisor);
    this.#firstOut = Math.ceil((position * programmeRate) / sourceRate);
  }

  #pass(count: number): void {
    const skip = Math.min(count, Math.max(0, this.#firstOut - this.#out));
    if (count > skip) this.#emit(this.#out + skip, this.#converter?.planes ?? [], skip, count - skip);
    this.#out += count;
  }
}
