/** Everything before the first byte is made: index, profile, ranges, plan. What `plan` prints and `assemble` carries out. */
import { StringoutError, withPlace } from '../../base/errors.ts';
import { majorityRate, matchProfile } from '../../domain/plan/match-profile.ts';
import { makePlan } from '../../domain/plan/plan.ts';
import type { Plan, ResolvedClip } from '../../domain/plan/planned-clip.ts';
import { positionOnTimeline } from '../../domain/plan/resolve-clip.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import { planSound, type SoundPlan } from '../../domain/plan/sound-plan.ts';
import { trimTimeline } from '../../domain/plan/trim-timeline.ts';
import { rational, type Rational } from '../../domain/rational.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Source } from '../../domain/source.ts';
import { clipsOf, type Timeline } from '../../domain/timeline.ts';
import { indexSources } from './index-sources.ts';
import type { AssemblyOptions } from './options.ts';
import { orderClips } from './order-clips.ts';
import type { AssemblyHost } from './ports.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { soundLayers } from './sound-layers.ts';
import { offlineSlate, resolveTimeline, type Blame, type ClipFailure } from './resolve-timeline.ts';

export type Preparation = {
  readonly timeline: Timeline;
  readonly clips: readonly ResolvedClip[];
  readonly plan: Plan;
  readonly sound: SoundPlan | null;
  /** Sound of the timeline's own tracks; null: the clips'. */
  readonly layers: readonly LayerSpan[] | null;
  readonly failures: readonly ClipFailure[];
  readonly warnings: readonly string[];
  /** What planning alone took, without indexing. */
  readonly planSeconds: number;
};

export async function prepare(
  timeline: Timeline, options: AssemblyOptions, host: AssemblyHost, context: { readonly signal: AbortSignal; readonly meter: ProgressMeter },
): Promise<Preparation> {
  const { signal, meter } = context;
  const warnings = [...timeline.warnings];
  const pictures = timeline.items.flatMap(clipsOf).map(({ media }) => media).filter((media) => media !== '');
  const indexed = await indexSources([...pictures, ...(timeline.sound ?? []).map(({ media }) => media)], host, {
    signal, warnings, onProgress: (done, of) => { meter.update('index', done, of); },
    sequenceRate: (others) => options.profile.rate ?? timeline.rate
      ?? majorityRate(pictures.flatMap((path) => others.get(path)?.source?.picture ?? [])) ?? rational(24),
  });
  const began = performance.now();
  const isBound = Boolean(timeline.sound);
  const items = options.sort && !isBound ? orderClips(timeline.items, options.sort, indexed) : timeline.items;
  const uses = items.flatMap(clipsOf).flatMap(({ media }) => indexed.get(media)?.source ?? []);
  const heard = (timeline.sound ?? []).flatMap((clip) => indexed.get(clip.media)?.source ?? []);
  const matched = matchProfile(options.profile, uses, timeline.rate, timeline.sound ? heard : uses);
  const profile = afterLeader(matched.profile, options);
  const resolved = resolveTimeline(timeline, items, indexed, { rate: profile.rate, handles: isBound ? 0 : options.handles, keepGoing: options.keepGoing });
  const clips = [...leaderClips(options), ...trim(resolved.clips, options, profile.rate, matched.profile.start, timeline)];
  const plan = makePlan(profile, clips, (key) => host.cache.has(key), options.burnIn);
  const layers = soundLayers(timeline, indexed, profile, { rangeStart: rangeStart(options, profile.rate, matched.profile.start), keepGoing: options.keepGoing, warnings });
  const sound = planSound(plan, layers);
  warnings.push(...matched.warnings, ...resolved.warnings, ...plan.warnings, ...sourceWarnings([...uses, ...heard]), ...soundWarnings(timeline.sound ? heard : uses, plan));
  if (profile.sound?.mode === 'packets' && sound?.layers) warnings.push('tracks of sound are summed, which packets cannot be: the sound is made exact');
  if (isBound && (options.handles > 0 || options.sort)) warnings.push('the timeline has sound tracks of its own: handles and another order of its clips are left out, for its sound would no longer fit');
  return { timeline, clips, plan, sound, layers, failures: resolved.failures, warnings, planSeconds: (performance.now() - began) / 1000 };
}

/**
 * The same assembly with some clips put out: black of their planned length, or silent under their own picture; sound clips of the
 * timeline's own are left out.
 */
export function withoutClips(preparation: Preparation, failed: Blame, host: AssemblyHost): Preparation {
  const clips = preparation.plan.clips.map((clip): ResolvedClip => {
    const failure = failed.clips.get(clip.index);
    const { name, clip: listed, source, range, frames, window, slate, retime, blend } = clip;
    if (failure?.instead === 'silence' && source) return { name, clip: listed, source: { ...source, sound: null }, range, frames, window, failure: clip.failure };
    return failure
      ? { name, clip: listed, source: null, range: null, frames, window: null, slate: offlineSlate(name), failure: failure.error }
      : { name, clip: listed, source, range, frames, window, failure: clip.failure, ...(slate && { slate }), ...(retime && { retime }), ...(blend && { blend }) };
  });
  const plan = makePlan(preparation.plan.profile, clips, (key) => host.cache.has(key), preparation.plan.burnIn);
  const layers = preparation.layers?.filter((layer) => !failed.layers.has(layer)) ?? null;
  return { ...preparation, clips, plan, layers, sound: planSound(plan, layers), failures: [...preparation.failures, ...failed.clips.values(), ...failed.layers.values()] };
}

/** Frame of the timeline at which the movie begins; before its first where a leader stands. */
function rangeStart({ range, leader }: AssemblyOptions, rate: Rational, start: { frame: number; dropFrame: boolean }): number {
  return (range ? positionOnTimeline(range.in, rate, start) ?? 0 : 0) - (leader?.frames ?? 0);
}

function leaderClips({ leader }: AssemblyOptions): ResolvedClip[] {
  return leader ? [{ name: 'slate', clip: null, source: null, range: null, frames: leader.frames, window: null, slate: leader.lines, failure: null }] : [];
}

/** The movie's first frame keeps its label; nothing is labelled before midnight. */
function afterLeader(profile: Profile, { leader }: AssemblyOptions): Profile {
  return leader ? { ...profile, start: { ...profile.start, frame: Math.max(0, profile.start.frame - leader.frames) } } : profile;
}

function trim(clips: readonly ResolvedClip[], options: AssemblyOptions, rate: Rational, start: { frame: number; dropFrame: boolean }, timeline: Timeline): readonly ResolvedClip[] {
  if (!options.range) return clips;
  const from = positionOnTimeline(options.range.in, rate, start);
  const to = positionOnTimeline(options.range.out, rate, start);
  if (from === null || to === null) throw new StringoutError('usage', 'the range is no frame numbers, timecodes or seconds at the timeline\'s rate');
  try {
    return trimTimeline(clips, rate, from, to);
  } catch (error) {
    throw withPlace(error, { file: timeline.origin });
  }
}

/** Each file's oddities once. */
function sourceWarnings(uses: readonly Source[]): string[] {
  return [...new Set(uses)].flatMap((source) => source.warnings.map((warning) => `${source.path}: ${warning}`));
}

function soundWarnings(uses: readonly Source[], plan: Plan): string[] {
  const most = plan.profile.sound?.format.channels;
  if (most === undefined) return [];
  const wider = [...new Set(uses)].filter((source) => (source.sound?.format.channels ?? 0) > most);
  const [first] = wider;
  if (!first) return [];
  return [`${first.path}: its ${first.sound?.format.channels} channels are mixed down to the programme's ${most}${wider.length > 1 ? ` (as are those of ${wider.length - 1} more files)` : ''}`];
}
