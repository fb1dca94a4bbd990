/** From a timeline and its indexed media to clips with whole frames of known sources; every bad clip is found and named here. */
import { flattenError, StringoutError, unflattenError, type FlatError } from '../../base/errors.ts';
import type { ResolvedClip } from '../../domain/plan/planned-clip.ts';
import { lengthWithoutMedia, resolveRange, secondsToFrames } from '../../domain/plan/resolve-clip.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import { withHandles } from '../../domain/plan/with-handles.ts';
import { scaleRound, type Rational } from '../../domain/rational.ts';
import type { Clip, Timeline, TimelineItem } from '../../domain/timeline.ts';
import type { IndexedSource } from './index-sources.ts';

export type ResolveOptions = {
  readonly rate: Rational;
  readonly handles: number;
  readonly keepGoing: boolean;
};

/** A clip that could not be used, or not its sound: black where its length is known, else nothing stands in its place. */
export type ClipFailure = { readonly clip: string; readonly error: FlatError; readonly instead: 'nothing' | 'black' | 'silence' };

/** Failures: clips by index, and sound clips of the timeline's own. */
export type Blame = { readonly clips: ReadonlyMap<number, ClipFailure>; readonly layers: ReadonlyMap<LayerSpan, ClipFailure> };

export type ResolvedTimeline = { readonly clips: readonly ResolvedClip[]; readonly failures: readonly ClipFailure[] };

const stillSeconds = 2;

/** Throws the first clip's error, telling how many more there are, unless asked to keep going. */
export function resolveTimeline(
  timeline: Timeline, items: readonly TimelineItem[], indexed: ReadonlyMap<string, IndexedSource>, options: ResolveOptions,
): ResolvedTimeline {
  const clips: ResolvedClip[] = [];
  const failures: ClipFailure[] = [];
  for (const item of items) {
    if (item.kind === 'gap') {
      const frames = scaleRound(item.duration.frames, item.duration.rate.den * options.rate.num, item.duration.rate.num * options.rate.den);
      if (frames > 0) clips.push({ name: 'gap', clip: null, source: null, range: null, frames, window: null, failure: null });
      continue;
    }
    try {
      clips.push(resolveClip(item, indexed, options));
    } catch (error) {
      const flat = placeError(flattenError(error), item, timeline);
      const frames = lengthWithoutMedia(item, options.rate);
      failures.push({ clip: item.name, error: flat, instead: frames === null ? 'nothing' : 'black' });
      if (frames !== null) clips.push({ name: item.name, clip: item, source: null, range: null, frames, window: null, failure: flat });
    }
  }
  if (failures.length > 0 && !options.keepGoing) throw firstOf(failures);
  if (clips.length === 0) throw failures.length > 0 ? firstOf(failures) : new StringoutError('list.invalid', 'has no clip', { file: timeline.origin });
  return { clips, failures };
}

function resolveClip(clip: Clip, indexed: ReadonlyMap<string, IndexedSource>, options: ResolveOptions): ResolvedClip {
  if (clip.media === '') throw new StringoutError('input.missing', 'has no media: link it, or leave the clip out');
  const entry = indexed.get(clip.media);
  if (!entry) throw new StringoutError('internal', 'was not indexed', { file: clip.media });
  if (entry.error) throw unflattenError(entry.error);
  const { source } = entry;
  if (!source.picture && !source.sound) throw new StringoutError('input.unsupported', 'holds neither picture nor sound', { file: clip.media });
  const resolved = resolveRange(clip, source, options.rate, secondsToFrames(stillSeconds, options.rate));
  const range = options.handles > 0 ? withHandles(resolved, source, options.handles, options.rate) : resolved;
  return { name: clip.name, clip, source, range, frames: range.out - range.in, window: null, failure: null };
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
