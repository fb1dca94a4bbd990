/** Sound of a demo shot: a note of its own, plucked twice a second with a short click, so that a shift of one sample can be told. */
export const footageSampleRate = 48_000;

/** Semitones of a pentatonic scale over two octaves: whatever two shots meet, it sounds well. */
const scale = [0, 2, 4, 7, 9, 12, 14, 16, 19, 21];
const pluckEvery = footageSampleRate / 2;
const clickLength = 240;

export class ShotTone {
  readonly #left: number;
  readonly #right: number;
  #noise: number;
  #at = 0;

  /** `sampleRate` in Hz; the notes are the same at every rate. */
  constructor(shot: number, sampleRate: number = footageSampleRate) {
    const hertz = 196 * 2 ** ((scale[shot % scale.length] ?? 0) / 12);
    this.#left = (2 * Math.PI * hertz) / sampleRate;
    this.#right = this.#left * 1.5;
    this.#noise = (shot * 2_654_435_761) >>> 0 || 1;
  }

  /** The next samples of both channels, as floats in -1..1. */
  play(left: Float32Array, right: Float32Array): void {
    for (let i = 0; i < left.length; i++, this.#at++) {
      const since = this.#at % pluckEvery;
      const level = 0.3 * Math.exp(-since / 9000);
      const click = since < clickLength ? this.#click() * (1 - since / clickLength) : 0;
      const note = Math.sin(this.#left * this.#at);
      left[i] = level * note + click;
      right[i] = level * (0.7 * note + 0.3 * Math.sin(this.#right * this.#at)) + click;
    }
  }

  /** White noise by a linear congruential generator (Numerical Recipes). */
  #click(): number {
    this.#noise = (Math.imul(this.#noise, 1_664_525) + 1_013_904_223) >>> 0;
    return 0.2 * (this.#noise / 2 ** 31 - 1);
  }
}
