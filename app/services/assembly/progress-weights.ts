/** Expected seconds of the phases of an assembly, for the one bar over all of them. */
import { estimateSoundSeconds } from '../../domain/plan/cost.ts';
import type { AssemblyPhase } from './progress-meter.ts';
import type { Preparation } from './prepare.ts';
import { runningSeconds } from './report.ts';

type Weights = Readonly<Partial<Record<AssemblyPhase, number>>>;

/** Before anything is known of the media: indexing is the small part of it. */
export function firstWeights(clips: number): Weights {
  return { index: 0.0005 * clips, encode: 0.006 * clips, sound: 0.002 * clips, write: 0.05 + 0.002 * clips };
}

export function planWeights({ plan, sound }: Preparation): Weights {
  let encode = 0;
  let bytes = 0;
  for (const clip of plan.clips) {
    encode += clip.expectedSeconds;
    bytes += clip.bytesToCopy;
  }
  const isAac = sound?.profile.format.codec === 'aac';
  const soundSeconds = sound?.actions.some((action) => action.kind === 'render')
    ? estimateSoundSeconds(runningSeconds(plan), sound.profile.format.channels, isAac ? 'aac' : 'pcm') : 0;
  return { encode, sound: soundSeconds, write: writeSeconds(bytes) };
}

export function writeSeconds(bytes: number): number {
  return 0.05 + bytes / 1e9;
}
