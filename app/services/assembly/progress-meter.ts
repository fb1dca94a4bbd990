/**
 * One bar over all phases of an assembly: monotonic, in milliseconds of expected work, with an estimate of what is left.
 * Reported at most ten times a second.
 */
export type AssemblyPhase = 'index' | 'encode' | 'sound' | 'write' | 'verify';

export type AssemblyProgress = {
  readonly phase: AssemblyPhase;
  /** 0..total, never falling, in thousandths of the whole work. */
  readonly done: number;
  readonly total: number;
  readonly etaSeconds: number | null;
};

const reportEveryMs = 100;
const total = 1000;

export class ProgressMeter {
  readonly #report: (progress: AssemblyProgress) => void;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #weights = new Map<AssemblyPhase, number>();
  readonly #fractions = new Map<AssemblyPhase, number>();
  #highest = 0;
  #reportedAt = -Infinity;

  constructor(report: (progress: AssemblyProgress) => void, now: () => number = () => performance.now()) {
    this.#report = report;
    this.#now = now;
    this.#startedAt = now();
  }

  /** Expected seconds of each phase; may be told again as more becomes known. */
  expect(weights: Readonly<Partial<Record<AssemblyPhase, number>>>): void {
    for (const [phase, seconds] of Object.entries(weights)) this.#weights.set(phase as AssemblyPhase, Math.max(seconds, 0.01));
  }

  update(phase: AssemblyPhase, done: number, of: number): void {
    const fraction = of > 0 ? Math.min(1, Math.max(0, done / of)) : 1;
    this.#fractions.set(phase, Math.max(fraction, this.#fractions.get(phase) ?? 0));
    const now = this.#now();
    if (now - this.#reportedAt < reportEveryMs) return;
    this.#reportedAt = now;
    this.#highest = Math.max(this.#highest, this.#overall());
    const elapsed = (now - this.#startedAt) / 1000;
    const etaSeconds = this.#highest > 0.02 && elapsed > 0.5 ? Math.round(((elapsed * (1 - this.#highest)) / this.#highest) * 10) / 10 : null;
    this.#report({ phase, done: Math.floor(this.#highest * total), total, etaSeconds });
  }

  #overall(): number {
    let all = 0;
    let done = 0;
    for (const [phase, weight] of this.#weights) {
      all += weight;
      done += weight * (this.#fractions.get(phase) ?? 0);
    }
    return all > 0 ? done / all : 0;
  }
}
