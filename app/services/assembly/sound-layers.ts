/** A timeline's own sound clips, with their sources, as spans of the programme. */
import { unflattenError } from '../../base/errors.ts';
import type { Profile } from '../../domain/profile.ts';
import type { LayerSpan } from '../../domain/plan/sound-layers.ts';
import { programmeSample, sourceSample } from '../../domain/plan/sound-position.ts';
import type { Timeline } from '../../domain/timeline.ts';
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
    return length > 0 ? [{ clip: clip.name, source, sound: source.sound, at, length, from: sourceSample(source.sound, clip.sourceIn, rate, sampleRate), gain: clip.gain }] : [];
  });
}
