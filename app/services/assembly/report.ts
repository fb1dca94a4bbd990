/** What an assembly says at its end; fields exactly as the command line documents them. */
import type { Plan, Step } from '../../domain/plan/planned-clip.ts';
import { rationalToNumber } from '../../domain/rational.ts';
import type { SoundMode } from '../../domain/profile.ts';

export type AssemblyReport = {
  readonly output: string;
  readonly clips: number;
  readonly frames: number;
  /** Running time of the movie. */
  readonly seconds: number;
  readonly steps: Readonly<Record<Step, number>>;
  readonly wallSeconds: number;
  readonly peakRssBytes: number;
  readonly bytesWritten: number;
  readonly framesEncoded: number;
  readonly startSeconds: number;
  readonly syncSeconds: number;
  readonly sound: SoundMode;
  readonly warnings: readonly string[];
};

export function countSteps(plan: Plan): Record<Step, number> {
  const steps: Record<Step, number> = { copy: 0, smart: 0, encode: 0, cached: 0 };
  for (const clip of plan.clips) steps[clip.step]++;
  return steps;
}

export function runningSeconds(plan: Plan): number {
  return Math.round((plan.frames / rationalToNumber(plan.profile.rate)) * 1e6) / 1e6;
}
