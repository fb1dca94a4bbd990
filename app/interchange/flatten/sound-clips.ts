/** What a document lets be heard: its sound tracks, or the sound of the pictures that are seen. */
import type { SoundClip } from '../../domain/timeline.ts';
import type { DocumentTrack } from '../document.ts';
import type { Content, PlacedClip, Span } from './spans.ts';
import { trackSpans, type SpanOptions } from './track-spans.ts';

/** Of sound tracks, which are summed. */
export function trackSound(tracks: readonly DocumentTrack[], options: SpanOptions): SoundClip[] {
  return tracks.flatMap((track) => soundOfSpans(trackSpans(track, { ...options, type: 'audio' }), options));
}

/** Of the pictures on top, cross-faded where they are dissolved. */
export function soundOfSpans(spans: readonly Span[], { warnings }: Pick<SpanOptions, 'warnings'>): SoundClip[] {
  return spans.flatMap(({ start, end, content }) => {
    if (!content) return [];
    return heard(content, start, end).filter(({ clip }) => {
      if (clip.retime) warnings.add(`${clip.name}: its sound is silent, for its speed is changed`);
      return !clip.retime && clip.media !== '';
    }).map(({ clip, first, fades }): SoundClip => ({
      name: clip.name, media: clip.media, start, length: end - start, sourceIn: start - first, range: clip.range, gain: clip.gain ?? 0, ...fades,
    }));
  });
}

type Heard = PlacedClip & { readonly fades?: { readonly fadeIn?: number; readonly fadeOut?: number } };

function heard(content: Content, start: number, end: number): Heard[] {
  if (content.kind === 'black') return [];
  if (content.kind === 'clip') return [content.placed];
  const isWhole = start === content.first && end === content.first + content.of;
  const length = end - start;
  return [
    ...(content.from ? [{ ...content.from, ...(isWhole && { fades: { fadeOut: length } }) }] : []),
    ...(content.to ? [{ ...content.to, ...(isWhole && { fades: { fadeIn: length } }) }] : []),
  ];
}
