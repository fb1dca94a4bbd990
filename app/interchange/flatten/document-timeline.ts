/** A document of any format as the engine's timeline: one picture at a time, and what is heard. */
import { StringoutError } from '../../base/errors.ts';
import { rationalToNumber, type Rational } from '../../domain/rational.ts';
import type { Clip, Gap, SoundClip, Timeline, TimelineItem } from '../../domain/timeline.ts';
import type { DocumentItem, DocumentTrack, TimelineDocument } from '../document.ts';
import { itemDuration } from '../measure.ts';
import { engineClip, speedOf, type ClipOptions } from './engine-clip.ts';
import { soundOfSpans, trackSound } from './sound-clips.ts';
import type { Span } from './spans.ts';
import { stackSpans, type SpanOptions } from './track-spans.ts';

export type DocumentOptions = ClipOptions & {
  /** Names the file in errors. */
  readonly path: string;
};

/** Throws `list.invalid` where there is no picture, or a length or rate is missing that is needed; and what `mediaOf` throws. */
export function documentTimeline(document: TimelineDocument, options: DocumentOptions): Timeline {
  const { path } = options;
  const pictures = document.tracks.filter((track) => track.type === 'video' && track.isEnabled && track.items.length > 0);
  const sounds = document.tracks.filter((track) => track.type === 'audio' && track.isEnabled && hasClip(track.items));
  if (sounds.length === 0 && !pictures.some((track) => hasClip(track.items))) throw new StringoutError('list.invalid', 'has no video track with clips in it, and no sound', { file: path });
  const rate = document.rate && isFrameRate(document.rate) ? document.rate : null;
  const common = { name: document.name, rate, start: document.start, origin: path };
  const [only] = pictures;
  if (only && pictures.length === 1 && isPlain(only) && sounds.every((track) => followsPicture(track, only))) {
    return { ...common, items: only.items.flatMap((item) => plainItem(item, options)), warnings: [] };
  }
  if (!rate) throw new StringoutError('list.invalid', 'tells no frame rate, which its tracks, transitions or speed changes need: give --source-rate', { file: path });
  const warnings = new Set<string>();
  const spanOptions: SpanOptions = { ...options, rate, type: 'video', warnings };
  const spans = stackSpans(pictures, spanOptions);
  const sound = sounds.length > 0 ? trackSound(sounds, spanOptions) : soundOfSpans(spans, spanOptions);
  // Sound may go on after the last picture.
  const end = spans.at(-1)?.end ?? 0;
  const last = sound.reduce((most, { start, length }) => Math.max(most, start + length), 0);
  const rest: Gap[] = last > end ? [{ kind: 'gap', duration: { frames: last - end, rate } }] : [];
  return { ...common, items: [...spans.flatMap((span) => spanItem(span, rate)), ...rest], sound: inOrder(sound), warnings: [...warnings] };
}

function inOrder(sound: readonly SoundClip[]): readonly SoundClip[] {
  return sound.toSorted((a, b) => a.start - b.start);
}

function hasClip(items: readonly DocumentItem[]): boolean {
  return items.some((item) => item.kind === 'clip' || (item.kind === 'track' ? hasClip(item.items) : item.kind === 'stack' && hasClip(item.tracks)));
}

/** Some programs count in seconds or in ticks of a clock: that is no rate of pictures. */
function isFrameRate(rate: Rational): boolean {
  const perSecond = rationalToNumber(rate);
  return perSecond >= 5 && perSecond <= 300;
}

/** Clips and gaps at their own speed, one after another: their lengths need not be known. */
function isPlain({ range, items, effects }: DocumentTrack): boolean {
  return range === null && effects.every(({ kind }) => kind !== 'speed')
    && items.every((item) => item.kind === 'gap' || (item.kind === 'clip' && item.media.kind !== 'generator' && speedOf(item.effects) === null));
}

/** The sound track shows the same media in the same ranges, as loud as recorded: the clips' own sound says it all. */
function followsPicture(sound: DocumentTrack, picture: DocumentTrack): boolean {
  const shape = ({ items, range }: DocumentTrack): string => JSON.stringify([range, items.map((item) => {
    if (item.kind === 'gap') return ['gap', item.duration];
    if (item.kind !== 'clip' || item.gain !== 0 || item.effects.some(({ kind }) => kind === 'speed')) return [item];
    return [item.isEnabled, item.media.kind === 'file' ? item.media.url : item.media, item.range];
  })]);
  return shape(sound) === shape(picture);
}

function plainItem(item: DocumentItem, options: DocumentOptions): (Clip | Gap)[] {
  if (item.kind === 'clip' && item.isEnabled) return [engineClip(item, options)];
  const duration = itemDuration(item);
  if (!duration) throw new StringoutError('list.invalid', 'a gap or disabled clip has no length', { file: options.path, clip: item.name });
  return duration.value > 0 ? [{ kind: 'gap', duration: { frames: duration.value, rate: duration.rate } }] : [];
}

function spanItem({ start, end, content }: Span, rate: Rational): TimelineItem[] {
  if (!content || content.kind === 'black') return [{ kind: 'gap', duration: { frames: end - start, rate } }];
  const windowed = ({ clip, first }: { readonly clip: Clip; readonly first: number }): Clip => ({ ...clip, window: { from: start - first, to: end - first } });
  if (content.kind === 'clip') return [windowed(content.placed)];
  return [{
    kind: 'blend', from: content.from && windowed(content.from), to: content.to && windowed(content.to), frames: end - start, style: content.style,
    done: start - content.first, of: content.of,
  }];
}
