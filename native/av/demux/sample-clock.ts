/** Places packets of sound on the clock of their samples: one after the other, with a hole where the time stamps jump. */
import type { Rational } from '../../../app/domain/rational.ts';
import { fitStart } from './timing.ts';

/** Seconds of a jump that is a hole; less is jitter. */
const leastHole = 0.02;
/** Stamps that tell where the sound begins. */
const mostStamps = 4096;

export class SampleClock {
  readonly #tick: Rational;
  readonly #sampleRate: number;
  readonly #stamps: number[] = [];
  readonly #positions: number[] = [];
  #last: { readonly pts: number; readonly position: number } | null = null;
  /** Sample at which the next packet begins. */
  #next = 0;
  #holes = 0;

  constructor(tick: Rational, sampleRate: number) {
    this.#tick = tick;
    this.#sampleRate = sampleRate;
  }

  get length(): number {
    return this.#next;
  }

  get holes(): number {
    return this.#holes;
  }

  /** The sample at which a packet of that many begins. */
  place(pts: number | null, samples: number): number {
    if (pts !== null) {
      if (this.#last) this.#jump(pts, samples);
      this.#last = { pts, position: this.#next };
      if (this.#stamps.length < mostStamps && this.#holes === 0) {
        this.#stamps.push(pts);
        this.#positions.push(this.#next);
      }
    }
    const position = this.#next;
    this.#next += samples;
    return position;
  }

  /** When the first sample is heard, in ticks; null where no packet has a stamp. */
  start(): number | null {
    return this.#stamps.length === 0 ? null : fitStart(this.#stamps, this.#positions, this.#sampleRate, this.#tick);
  }

  #jump(pts: number, samples: number): void {
    if (!this.#last) return;
    const elapsed = ((pts - this.#last.pts) * this.#tick.num * this.#sampleRate) / this.#tick.den;
    const hole = elapsed - (this.#next - this.#last.position);
    if (hole < leastHole * this.#sampleRate || hole < 0.75 * samples) return;
    this.#next += Math.round(hole);
    this.#holes++;
  }
}
