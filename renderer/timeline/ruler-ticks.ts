/**
 * Where the ruler has its ticks. They stand on timecode, not on frames from zero: drop-frame leaves labels out, and a sequence may begin
 * within a second.
 */
import type { Sequence } from '../../app/domain/project/project.ts';
import { droppedLabels, nominalRate } from '../../app/domain/timecode.ts';

/** `frame` counts from the sequence's first. */
export type Tick = { readonly frame: number; readonly isLabelled: boolean };

/** CSS pixels that a timecode and its distance to the next one take. */
export const leastLabelSpace = 104;
const leastTickSpace = 7;

const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400];

/** By frame, from a labelled one at or before `first` up to `last`, as dense as can be read; none before frame 0. */
export function rulerTicks(first: number, last: number, pixelsPerFrame: number, { rate, dropFrame, startFrame }: Pick<Sequence, 'rate' | 'dropFrame' | 'startFrame'>): Tick[] {
  const nominal = nominalRate(rate);
  const drop = dropFrame ? droppedLabels(nominal) : 0;
  const { label, tick } = tickSteps(pixelsPerFrame, nominal);
  const ticks: Tick[] = [];
  // On average labels run ahead of frames by this factor; nowhere are they further from it than a minute's drop.
  const guess = (first + startFrame) * ((600 * nominal) / (600 * nominal - 9 * drop)) - 2 * drop;
  for (let count = Math.floor(guess / label) * label; ; count += tick) {
    const isLabelled = count % label === 0;
    const minute = Math.floor(count / (60 * nominal));
    const isSkipped = minute % 10 !== 0 && count - minute * 60 * nominal < drop;
    // A minute whose first label is skipped begins with the first that is not.
    if (isSkipped && !(isLabelled && label >= nominal)) continue;
    const shown = isSkipped ? minute * 60 * nominal + drop : count;
    const frame = shown - drop * (minute - Math.floor(minute / 10)) - startFrame;
    if (frame > last) return ticks;
    if (frame >= 0 && ticks.at(-1)?.frame !== frame) ticks.push({ frame, isLabelled });
  }
}

/** In labels; within a second only what divides it. */
function tickSteps(pixelsPerFrame: number, nominal: number): { readonly label: number; readonly tick: number } {
  const steps = [...[1, 2, 5, 6, 10, 12, 15, 30].filter((step) => step < nominal && nominal % step === 0), ...seconds.map((second) => second * nominal)];
  const label = steps.find((step) => step * pixelsPerFrame >= leastLabelSpace) ?? 86_400 * nominal;
  return { label, tick: steps.find((step) => step * pixelsPerFrame >= leastTickSpace && label % step === 0) ?? label };
}
