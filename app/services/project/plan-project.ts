/** From a project to the engine's options and, for the cost bar, to a plan in columns that follows every edit. */
import { describeError, flattenError } from '../../base/errors.ts';
import type { Cost } from '../../contract/editor/commands.ts';
import type { ExportSettings } from '../../contract/editor/export-settings.ts';
import { matchProfile, type ProfileRequest } from '../../domain/plan/match-profile.ts';
import { estimateSoundSeconds } from '../../domain/plan/cost.ts';
import { packetsOffset } from '../../domain/plan/sound-plan.ts';
import { makePlan } from '../../domain/plan/plan.ts';
import type { Plan, PlannedClip, Step } from '../../domain/plan/planned-clip.ts';
import type { Chapter } from '../../domain/movie.ts';
import type { Marker } from '../../domain/project/project.ts';
import { formatRational, rationalToNumber } from '../../domain/rational.ts';
import type { Timeline } from '../../domain/timeline.ts';
import type { IndexedSource } from '../assembly/index-sources.ts';
import type { AssemblyOptions } from '../assembly/options.ts';
import { countSteps } from '../assembly/report.ts';
import { resolveTimeline } from '../assembly/resolve-timeline.ts';
import type { ProjectTimeline } from './project-timeline.ts';

const stepNumbers: Readonly<Record<Step, number>> = { copy: 0, smart: 1, encode: 2, cached: 3 };
const blackNumber = 4;

export function assemblyOptions(settings: ExportSettings, { timeline }: ProjectTimeline, markers: readonly Marker[]): AssemblyOptions {
  return {
    profile: profileRequest(settings, timeline), sort: null, handles: 0, keepGoing: false, burnIn: settings.burnIn, chapters: chaptersOf(settings, timeline, markers),
    range: settings.range && { in: { unit: 'frames', value: settings.range.from }, out: { unit: 'frames', value: settings.range.to } },
  };
}

function chaptersOf({ chapters }: ExportSettings, { items, rate }: Timeline, markers: readonly Marker[]): readonly Chapter[] {
  if (chapters === 'none' || !rate) return [];
  if (chapters === 'markers') return markers.map(({ frame, name }) => ({ frame, title: name }));
  let frame = 0;
  return items.flatMap((item): Chapter[] => {
    const at = frame;
    frame += itemFrames(item);
    return item.kind === 'clip' ? [{ frame: at, title: item.name }] : [];
  });
}

/** Items of a project's timeline are counted at its own rate. */
function itemFrames(item: Timeline['items'][number]): number {
  if (item.kind === 'gap') return item.duration.frames;
  if (item.kind === 'blend') return item.frames;
  const { in: from, out: to } = item.range ?? {};
  return from?.unit === 'media' && to?.unit === 'media' ? to.value - from.value : 0;
}

/** A project that cannot be planned has a cost with a `problem`; clips whose media is missing are black here. */
export function projectCost(
  revision: number, { timeline, shown }: ProjectTimeline, indexed: ReadonlyMap<string, IndexedSource>, settings: ExportSettings, isCached: (key: string) => boolean,
): Cost {
  if (timeline.items.length === 0) return noCost(revision, null);
  try {
    const uses = timeline.items.flatMap((item) => (item.kind === 'clip' ? indexed.get(item.media)?.source ?? [] : []));
    if (uses.length === 0) return noCost(revision, null);
    const { profile } = matchProfile(profileRequest(settings, timeline), uses, timeline.rate);
    const resolved = resolveTimeline(timeline, timeline.items, indexed, { rate: profile.rate, handles: 0, keepGoing: true });
    return { ...costOf(makePlan(profile, resolved.clips, isCached, settings.burnIn), shown), revision };
  } catch (error) {
    return noCost(revision, describeError(flattenError(error)));
  }
}

export function noCost(revision: number, problem: string | null): Cost {
  return {
    revision, start: [], length: [], clipId: [], kind: [], reason: [], reasons: [], steps: { copy: 0, smart: 0, encode: 0, cached: 0 }, framesToEncode: 0, bytesToCopy: 0,
    expectedSeconds: 0, outliers: [], profile: '', problem,
  };
}

function profileRequest(settings: ExportSettings, timeline: Timeline): ProfileRequest {
  return {
    name: settings.profile, flavour: settings.flavour, container: settings.container, size: settings.size, rate: settings.rate, preset: settings.preset, crf: settings.crf,
    sound: settings.sound, startLabel: null, start: timeline.start,
  };
}

function costOf(plan: Plan, shown: ProjectTimeline['shown']): Cost {
  const reasonNumbers = new Map<string, number>();
  const start: number[] = [];
  const length: number[] = [];
  const clipId: number[] = [];
  const kind: number[] = [];
  const reason: number[] = [];
  const outliers = new Map<number, string>();
  let framesToEncode = 0;
  let bytesToCopy = 0;
  let expectedSeconds = 0;
  for (const clip of plan.clips) {
    const flat = shown[clip.index] ?? null;
    const number = reasonNumbers.get(clip.reason) ?? reasonNumbers.size;
    reasonNumbers.set(clip.reason, number);
    start.push(clip.firstFrame);
    length.push(clip.frames);
    clipId.push(flat?.clipId ?? 0);
    kind.push(clip.source ? stepNumbers[clip.step] : blackNumber);
    reason.push(number);
    framesToEncode += clip.framesToEncode;
    bytesToCopy += clip.bytesToCopy;
    expectedSeconds += clip.expectedSeconds;
    if (flat && isOutlier(clip)) outliers.set(flat.shotId, clip.reason);
  }
  const { width, height } = plan.profile.picture;
  return {
    revision: 0, start, length, clipId, kind, reason, reasons: [...reasonNumbers.keys()], steps: countSteps(plan), framesToEncode, bytesToCopy, expectedSeconds,
    outliers: [...outliers].map(([shotId, why]) => ({ shotId, reason: why })),
    profile: `${plan.profile.picture.codec} ${width}x${height} at ${formatRational(plan.profile.rate)}`, sound: soundCost(plan), problem: null,
  };
}

/** Seconds of one core for each way; null where the movie has no sound. */
function soundCost(plan: Plan): Cost['sound'] {
  const { sound, rate } = plan.profile;
  if (!sound) return null;
  const seconds = plan.frames / rationalToNumber(rate);
  const { channels, codec } = sound.format;
  return {
    exactSeconds: estimateSoundSeconds(seconds, channels, codec === 'aac' ? 'aac' : 'pcm'), packetsSeconds: estimateSoundSeconds(seconds, channels, 'packets'),
    packetsMaxOffsetSamples: packetsOffset(plan),
  };
}

/** Encoded whole, though nobody asked for another profile than the majority's. */
function isOutlier(clip: PlannedClip): boolean {
  return clip.source !== null && clip.step === 'encode';
}
