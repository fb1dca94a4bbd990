import { estimateSoundSeconds } from '../../../domain/plan/cost.ts';
import { joinKey } from '../../../domain/plan/picture-fit.ts';
import type { Plan, PlannedClip } from '../../../domain/plan/planned-clip.ts';
import { packetsOffset } from '../../../domain/plan/sound-plan.ts';
import { prepare, type Preparation } from '../../../services/assembly/prepare.ts';
import { countSteps, runningSeconds } from '../../../services/assembly/report.ts';
import { containerOf } from '../../../services/assembly/target.ts';
import { readTimeline } from '../../../services/inputs/read-timeline.ts';
import { assemblyOptions, listOptions, type CliOptions } from '../cli-options.ts';
import { formatBytes, formatSeconds, printable, type Output } from '../output.ts';
import { withSession } from '../session.ts';

export async function planAction(input: string, options: CliOptions): Promise<number> {
  const container = options.output === undefined ? 'mp4' : containerOf(options.output);
  const timeline = await readTimeline(input, listOptions(options));
  return withSession(options, null, async ({ running, output, meter, signal }) => {
    const prepared = await prepare(timeline, assemblyOptions(options, container, timeline), running.host, { signal, meter });
    output.finish();
    for (const warning of prepared.warnings) output.warn(warning);
    for (const clip of prepared.plan.clips) printClip(clip, output);
    printSummary(prepared, output);
    return prepared.failures.length > 0 ? 3 : 0;
  });
}

function printClip(clip: PlannedClip, output: Output): void {
  const { index, name, step, reason, framesToEncode, bytesToCopy } = clip;
  output.event({ event: 'clip', index, name, step, reason, framesToEncode, bytesToCopy, expectedSeconds: round(clip.expectedSeconds) });
  output.line(`${String(index + 1).padStart(5)}  ${step.padEnd(6)}  ${printable(name)}: ${printable(reason)}`);
}

function printSummary({ plan, sound, planSeconds }: Preparation, output: Output): void {
  const seconds = runningSeconds(plan);
  const total = (pick: (clip: PlannedClip) => number): number => plan.clips.reduce((sum, clip) => sum + pick(clip), 0);
  const channels = sound?.profile.format.channels ?? 2;
  const isAac = sound?.profile.format.codec === 'aac';
  const exact = sound ? { cpuSeconds: round(estimateSoundSeconds(seconds, channels, isAac ? 'aac' : 'pcm')) } : { cpuSeconds: 0 };
  const packets = sound
    ? { cpuSeconds: round(estimateSoundSeconds(seconds, channels, 'packets')), maxOffsetSamples: packetsOffset(plan) }
    : { cpuSeconds: 0, maxOffsetSamples: 0 };
  const summary = {
    clips: plan.clips.length, frames: plan.frames, seconds, steps: countSteps(plan),
    framesToEncode: total((clip) => clip.framesToEncode), bytesToCopy: total((clip) => clip.bytesToCopy),
    expectedSeconds: round(total((clip) => clip.expectedSeconds)), sound: { exact, packets }, outliers: outliers(plan),
  };
  output.event({ event: 'plan', ...summary, planSeconds: round(planSeconds) });
  const { steps } = summary;
  output.line(`${summary.clips} clips, ${summary.frames} frames, ${formatSeconds(seconds)}: ${steps.copy} copy, ${steps.smart} smart, ${steps.encode} encode, ${steps.cached} cached`);
  output.line(`${summary.framesToEncode} frames to encode, ${formatBytes(summary.bytesToCopy)} to copy, about ${formatSeconds(summary.expectedSeconds)} of work`);
  if (sound) {
    output.line(`sound exact: ${formatSeconds(exact.cpuSeconds)} of CPU; by packets: ${formatSeconds(packets.cpuSeconds)}, within ${packets.maxOffsetSamples} samples`);
  }
}

/** Clips that are encoded because they are unlike the majority, with the reason: what one conform would make cheap. */
function outliers(plan: Plan): { index: number; name: string; reason: string }[] {
  return plan.clips.flatMap((clip) => {
    const picture = clip.source?.picture;
    if (!picture || clip.step !== 'encode' || joinKey(picture) === majorityKey(plan)) return [];
    return [{ index: clip.index, name: clip.name, reason: clip.reason }];
  });
}

/** The join key of what is copied; everything is an outlier to a profile that nothing matches. */
function majorityKey(plan: Plan): string {
  const copied = plan.clips.find((clip) => clip.step === 'copy' || clip.step === 'smart')?.source?.picture;
  return copied ? joinKey(copied) : '';
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
