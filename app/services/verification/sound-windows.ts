/** Where the programme's sound is looked at, from its plan: at both ends of each clip, and where bits can be compared, all of it on request. */
import type { VerifySoundRequest, VerifySoundWindow } from '../../contract/jobs/movie-verify.ts';
import type { Plan, PlannedClip } from '../../domain/plan/planned-clip.ts';
import { spanOf, type SoundPlan } from '../../domain/plan/sound-plan.ts';
import type { SoundSpan } from '../../domain/plan/sound-span.ts';
import { programmeSample } from '../../domain/plan/sound-position.ts';
import { spanParts } from '../assembly/sound-parts.ts';

export type SoundWindow = {
  readonly clip: PlannedClip;
  /** Beside the seam before and after the clip. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly at: number;
  readonly length: number;
  readonly request: () => VerifySoundWindow;
};

export type SoundShard = { readonly windows: readonly SoundWindow[]; readonly samples: number; readonly request: () => VerifySoundRequest };

/** 85 ms at 48 kHz: enough for one sample's shift to be told. */
const windowSamples = 4096;
const comparedSamples = 48_000;
/** Shifts that are looked for. */
const reach = 2048;
/** Lossy coding spreads sound over its neighbour, more where packets were copied, and into silence: so far from the seams it is left alone. */
const spread = { exact: 1024, packets: 2048, silence: 4096 };

export function soundWindows(plan: Plan, sound: SoundPlan, all: boolean): SoundWindow[] {
  return plan.clips.flatMap((clip) => {
    const { sampleRate } = sound.profile.format;
    const at = programmeSample(clip.firstFrame, plan.profile.rate, sampleRate);
    const end = programmeSample(clip.firstFrame + clip.frames, plan.profile.rate, sampleRate);
    const span = spanOf(clip, plan, sampleRate);
    const isExact = !isLossy(sound) && (!span || isTakenAsItStands(span, sound));
    const margin = isLossy(sound) ? marginOf(end - at, span ? spread[sound.profile.mode] : spread.silence, span !== null) : 0;
    const places = isExact && all ? stretches(at, end) : ends(at + margin, end - margin);
    return places.map(([from, to], i): SoundWindow => ({
      clip, isFirst: i === 0, isLast: i === places.length - 1, at: from, length: to - from,
      request: () => ({ at: from, length: to - from, part: span && partOf(span, from, to, sampleRate), isExact, reach }),
    }));
  });
}

/** A few jobs, each for its part of the programme. */
export function soundShards(path: string, windows: readonly SoundWindow[], sound: SoundPlan, jobs: number): SoundShard[] {
  const edges = Array.from({ length: jobs + 1 }, (_, i) => Math.floor((i * sound.length) / jobs));
  return edges.slice(1).map((to, i) => {
    const from = edges[i] ?? 0;
    const inside = windows.filter((window) => window.at >= from && window.at < to);
    return {
      windows: inside, samples: to - from,
      request: () => ({
        kind: 'verify.sound', path, format: sound.profile.format, from,
        to: Math.max(to, ...inside.map((window) => window.at + window.length + reach)), windows: inside.map((window) => window.request()),
      }),
    };
  });
}

/** A short clip gives up some of it, for its sound must be heard. */
function marginOf(length: number, wanted: number, isHeard: boolean): number {
  return isHeard ? Math.max(0, Math.min(wanted, Math.floor((length - windowSamples / 2) / 2))) : wanted;
}

type Place = readonly [from: number, to: number];

function ends(at: number, end: number): Place[] {
  if (end <= at) return [];
  return end - at <= windowSamples ? [[at, end]] : [[at, at + windowSamples], [end - windowSamples, end]];
}

function stretches(at: number, end: number): Place[] {
  const count = Math.ceil((end - at) / comparedSamples);
  return Array.from({ length: count }, (_, i) => [at + Math.floor((i * (end - at)) / count), at + Math.floor(((i + 1) * (end - at)) / count)]);
}

function partOf(span: SoundSpan, from: number, to: number, sampleRate: number): VerifySoundWindow['part'] {
  const [part] = spanParts([{ ...span, at: from, length: to - from, from: span.from + from - span.at }], sampleRate);
  return part ?? null;
}

function isLossy({ profile }: SoundPlan): boolean {
  return profile.format.codec === 'aac';
}

/** PCM that is neither resampled nor mixed: there is one right way to write it. */
function isTakenAsItStands({ sound: { format } }: SoundSpan, { profile }: SoundPlan): boolean {
  const target = profile.format;
  return format.codec.startsWith('pcm_') && format.sampleRate === target.sampleRate && format.channels === target.channels && format.layout === target.layout;
}
