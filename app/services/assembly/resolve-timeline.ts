/** From a timeline and its indexed media to clips with whole frames of known sources; every bad clip is found and named here. */
import { flattenError, StringoutError, unflattenError, type FlatError } from '../../base/errors.ts';
import type { BlendLeg, ResolvedClip } from '../../domain/plan/planned-clip.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import { atRate, scaleRound, type Rational } from '../../domain/rational.ts';
import type { Blend, Clip, Timeline, TimelineItem } from '../../domain/timeline.ts';
import type { IndexedSource } from './index-sources.ts';
import { lengthOnTimeline, resolveClip, resolveLeg, type ClipOptions } from './resolve-clip.ts';

export type ResolveOptions = {
  readonly rate: Rational;
  readonly handles: number;
  readonly keepGoing: boolean;
};

/** A clip that could not be used, or not its sound: black where its length is known, else nothing stands in its place. */
export type ClipFailure = { readonly clip: string; readonly error: FlatError; readonly instead: 'nothing' | 'black' | 'silence' };

/** Failures: clips by index, and sound clips of the timeline's own. */
export type Blame = { readonly clips: ReadonlyMap<number, ClipFailure>; readonly layers: ReadonlyMap<LayerSpan, ClipFailure> };

export type ResolvedTimeline = { readonly clips: readonly ResolvedClip[]; readonly failures: readonly ClipFailure[]; readonly warnings: readonly string[] };

/** Throws the first clip's error, telling how many more there are, unless asked to keep going. */
export function resolveTimeline(
  timeline: Timeline, items: readonly TimelineItem[], indexed: ReadonlyMap<string, IndexedSource>, options: ResolveOptions,
): ResolvedTimeline {
  const clips: ResolvedClip[] = [];
  const failures: ClipFailure[] = [];
  const warnings: string[] = [];
  const clipOptions: ClipOptions = { rate: options.rate, handles: options.handles, timelineRate: timeline.rate ?? options.rate };
  for (const item of items) {
    if (item.kind === 'gap') {
      const frames = scaleRound(item.duration.frames, item.duration.rate.den * options.rate.num, item.duration.rate.num * options.rate.den);
      if (frames > 0) clips.push({ name: 'gap', clip: null, source: null, range: null, frames, window: null, failure: null });
      continue;
    }
    if (item.kind === 'blend') {
      const made = resolveBlend(item, indexed, clipOptions, timeline);
      failures.push(...made.failures);
      warnings.push(...made.warnings);
      clips.push(...made.clips.filter(({ frames }) => frames > 0));
      continue;
    }
    try {
      clips.push(resolveClip(item, indexed, clipOptions));
    } catch (error) {
      const flat = placeError(flattenError(error), item, timeline);
      const frames = lengthOnTimeline(item, clipOptions);
      failures.push({ clip: item.name, error: flat, instead: frames === null ? 'nothing' : 'black' });
      if (frames !== null) clips.push({ name: item.name, clip: item, source: null, range: null, frames, window: null, slate: offlineSlate(item.name), failure: flat });
    }
  }
  if (failures.length > 0 && !options.keepGoing) throw firstOf(failures);
  if (clips.length === 0) throw failures.length > 0 ? firstOf(failures) : new StringoutError('list.invalid', 'has no clip', { file: timeline.origin });
  return { clips, failures, warnings };
}

/** Each side that cannot be read is black, where that was asked for. */
function resolveBlend({ from, to, frames, style, done, of }: Blend, indexed: ReadonlyMap<string, IndexedSource>, options: ClipOptions, timeline: Timeline): ResolvedTimeline {
  const failures: ClipFailure[] = [];
  const warnings: string[] = [];
  const legOf = (clip: Clip | null): BlendLeg | null => {
    if (!clip) return null;
    try {
      const { leg, missing } = resolveLeg(clip, indexed, options);
      if (missing > 0) warnings.push(`${clip.name}: its media have ${missing} frames too few for the transition: a frame is held`);
      return leg;
    } catch (error) {
      failures.push({ clip: clip.name, error: placeError(flattenError(error), clip, timeline), instead: 'black' });
      return null;
    }
  };
  const [first, second] = [legOf(from), legOf(to)];
  const main = second ?? first;
  const count = (value: number): number => atRate(value, options.timelineRate, options.rate);
  return {
    failures, warnings,
    clips: [{
      name: [from?.name, to?.name].filter(Boolean).join(' / '), clip: main?.clip ?? null, source: main?.source ?? null, range: null, frames: count(done + frames) - count(done), window: null,
      blend: { from: first, to: second, style, done: count(done), of: Math.max(1, count(of)) }, failure: null,
    }],
  };
}

/** What stands on the black of a clip whose media cannot be used. */
export function offlineSlate(name: string): readonly string[] {
  return [name, 'media offline'];
}

/** With a line, the list is the place and the media goes into the sentence; without, the media is the place. */
export function placeError(error: FlatError, clip: Clip, timeline: Timeline): FlatError {
  const media = error.place.file ?? clip.media;
  if (clip.line === null) return { ...error, place: { file: media || timeline.origin, clip: clip.name } };
  const message = media === '' ? error.message : `${JSON.stringify(media)} ${error.message}`;
  return { ...error, message, place: { file: timeline.origin, line: clip.line, clip: clip.name } };
}

function firstOf(failures: readonly ClipFailure[]): StringoutError {
  const [first] = failures;
  if (!first) throw new Error('no failure to tell of');
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more ${failures.length === 2 ? 'clip' : 'clips'} with errors)` : '';
  return unflattenError({ ...first.error, message: first.error.message + more });
}
