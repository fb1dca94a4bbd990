/** Time as it is heard: sound cards take samples in bursts, pictures want a clock that runs evenly. */
export class SoundClock {
  readonly #sampleRate: number;
  #estimate = 0;
  #played = 0;
  #burst = 0;
  #now: number | null = null;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  reset(): void {
    this.#estimate = 0;
    this.#played = 0;
    this.#burst = 0;
    this.#now = null;
  }

  /** Samples heard at `now` (milliseconds) if `played` were taken until then. Never falls; never runs further ahead than one burst. */
  at(now: number, played: number): number {
    if (played === 0) return 0;
    const since = this.#now === null ? 0 : now - this.#now;
    this.#now = now;
    this.#burst = Math.max(this.#burst, Math.min(played - this.#played, this.#sampleRate / 20));
    this.#played = played;
    const straight = this.#estimate + (since * this.#sampleRate) / 1000;
    const error = played - straight;
    const corrected = Math.abs(error) > this.#sampleRate / 8 ? played : straight + error / 16;
    this.#estimate = Math.max(this.#estimate, Math.min(corrected, played + this.#burst));
    return Math.floor(this.#estimate);
  }
}
