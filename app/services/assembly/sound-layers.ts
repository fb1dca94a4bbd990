/** A timeline's own sound clips, with their sources, as spans of the programme. */
import { sameRational, type Rational } from '../../domain/rational.ts';
import { unflattenError } from '../../base/errors.ts';
import type { Profile } from '../../domain/profile.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import { programmeSample, sourceSample } from '../../domain/plan/sound-position.ts';
import { resolveRange } from '../../domain/plan/resolve-clip.ts';
import { rangeStart, type SourceRange } from '../../domain/plan/source-range.ts';
import type { Sound, Source } from '../../domain/source.ts';
import type { ClipRange, SoundClip, Timeline } from '../../domain/timeline.ts';
import type { IndexedSource } from './index-sources.ts';

export type LayerOptions = {
  /** Frames of the movie's rate at which its range begins on the timeline. */
  readonly rangeStart: number;
  readonly keepGoing: boolean;
  readonly warnings: string[];
};

/** Null where the timeline has none. Throws the first clip's error, unless asked to keep going. */
export function soundLayers(timeline: Timeline, indexed: ReadonlyMap<string, IndexedSource>, profile: Profile, options: LayerOptions): LayerSpan[] | null {
  if (!timeline.sound || !profile.sound) return null;
  const rate = timeline.rate ?? profile.rate;
  const { sampleRate } = profile.sound.format;
  const begin = programmeSample(options.rangeStart, profile.rate, sampleRate);
  return timeline.sound.flatMap((clip): LayerSpan[] => {
    const entry = indexed.get(clip.media);
    if (entry?.error) {
      const placed = unflattenError({ ...entry.error, place: { ...entry.error.place, file: clip.media, clip: clip.name } });
      if (!options.keepGoing) throw placed;
      options.warnings.push(`${clip.name}: silent: ${placed.message}`);
    }
    const source = entry?.source;
    if (!source?.sound) return [];
    const at = programmeSample(clip.start, rate, sampleRate) - begin;
    const length = programmeSample(clip.start + clip.length, rate, sampleRate) - begin - at;
    if (length <= 0) return [];
    const from = sampleOf(clip, source, source.sound, rate, sampleRate);
    const samples = (frames = 0): number => programmeSample(frames, rate, sampleRate);
    const hasFade = (clip.fadeIn ?? 0) > 0 || (clip.fadeOut ?? 0) > 0;
    const fade = hasFade && { inFrom: from, inTo: from + samples(clip.fadeIn), outFrom: from + length - samples(clip.fadeOut), outTo: from + length };
    return [{ clip: clip.name, source, sound: source.sound, at, length, from, gain: clip.gain, ...(fade && { fade }) }];
  });
}

/** Where it begins on the source's clock. A clip's own range tells from where its frames count. */
function sampleOf(clip: SoundClip, source: Source, sound: Sound, rate: Rational, sampleRate: number): number {
  const { range } = clip;
  if (!range) return sourceSample(sound, clip.sourceIn, rate, sampleRate);
  const own = source.picture && !source.picture.isStill ? source.picture.rate : rate;
  const start = rangeStart(soundRange(clip, range, source, own, rate));
  return sourceSample(sound, start.ticks, start.rate, sampleRate) + programmeSample(clip.sourceIn, rate, sampleRate);
}

/** Sound may begin before its file does and end after it: that is silent, and no fault. */
function soundRange(clip: SoundClip, range: ClipRange, source: Source, own: Rational, rate: Rational): SourceRange {
  const listed = { kind: 'clip', name: clip.name, media: clip.media, range, line: null, reel: null, scene: null, take: null, note: null } as const;
  return resolveRange(listed, source.picture?.isStill ? { ...source, picture: null } : source, sameRational(own, rate) ? rate : own, 1);
}
