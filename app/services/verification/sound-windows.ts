/** Where the programme's sound is looked at, from its plan: at both ends of each clip, and where bits can be compared, all of it on request. */
import type { VerifySoundRequest, VerifySoundWindow } from '../../contract/jobs/movie-verify.ts';
import type { Plan, PlannedClip } from '../../domain/plan/planned-clip.ts';
import { cutStretches, type LayerSpan } from '../../domain/plan/sound-layers.ts';
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
  if (sound.layers) return layerWindows(plan, sound, sound.layers, all);
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
      request: () => ({ at: from, length: to - from, parts: span ? partsOf([span], from, to, sampleRate) : [], isExact, reach }),
    }));
  });
}

/** Tracks of their own: at both ends of every stretch in which nothing begins or ends, neither a picture nor a sound. */
function layerWindows(plan: Plan, sound: SoundPlan, layers: readonly LayerSpan[], all: boolean): SoundWindow[] {
  const { sampleRate } = sound.profile.format;
  const heard = cutStretches(layers, sound.length, sound.length);
  let next = 0;
  return plan.clips.flatMap((clip) => {
    const at = programmeSample(clip.firstFrame, plan.profile.rate, sampleRate);
    const end = programmeSample(clip.firstFrame + clip.frames, plan.profile.rate, sampleRate);
    while ((heard[next]?.to ?? Infinity) <= at) next++;
    const places: { readonly from: number; readonly to: number; readonly spans: readonly LayerSpan[]; readonly isExact: boolean }[] = [];
    for (let i = next; (heard[i]?.from ?? Infinity) < end; i++) {
      const { from, to, spans } = heard[i] ?? { from: end, to: end, spans: [] };
      const [only, second] = spans;
      const isExact = !isLossy(sound) && (!only || (!second && only.gain === 0 && isTakenAsItStands(only, sound)));
      // Coding spreads what is beside it over a short stretch: such a one cannot be judged by itself.
      const margin = isLossy(sound) ? (only ? spread.exact : spread.silence) : 0;
      const [first, last] = [Math.max(from, at), Math.min(to, end)];
      if (isLossy(sound) && last - first < 2 * margin + windowSamples / 2) continue;
      for (const [start, stop] of all && !isLossy(sound) ? stretches(first, last) : ends(first + margin, last - margin)) places.push({ from: start, to: stop, spans, isExact });
    }
    return places.map(({ from, to, spans, isExact }, i): SoundWindow => ({
      clip, isFirst: i === 0, isLast: i === places.length - 1, at: from, length: to - from,
      request: () => ({ at: from, length: to - from, parts: partsOf(spans, from, to, sampleRate), isExact, reach }),
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

/** `spans` are all heard from `from` to `to`. */
function partsOf(spans: readonly SoundSpan[], from: number, to: number, sampleRate: number): VerifySoundWindow['parts'] {
  return spanParts(spans.map((span) => ({ ...span, at: from, length: to - from, from: span.from + from - span.at })), sampleRate);
}

function isLossy({ profile }: SoundPlan): boolean {
  return profile.format.codec === 'aac';
}

/** PCM that is neither resampled nor mixed: there is one right way to write it. */
function isTakenAsItStands({ sound: { format } }: SoundSpan, { profile }: SoundPlan): boolean {
  const target = profile.format;
  return format.codec.startsWith('pcm_') && format.sampleRate === target.sampleRate && format.channels === target.channels && format.layout === target.layout;
}
