/** The clips of a cut in the order in which they are seen, with their labels, as shot lists for people have them. */
import { atRate, rational, type Rational } from '../../domain/rational.ts';
import { countLabelAt, droppedLabels, formatTimecode, nominalRate } from '../../domain/timecode.ts';
import type { DocumentClip, DocumentItem, DocumentTrack, DocumentTransition, Effect, Marker, MediaReference, Time, TimelineDocument } from '../document.ts';
import { isPictureRate, sourceLabels, type RecordClock } from '../edl/source-labels.ts';
import { LossList } from '../losses.ts';
import { addTimes, itemDuration } from '../measure.ts';
import { fileName, stem } from '../text-parts.ts';

export type Shot = {
  readonly kind: 'clip' | 'nested';
  /** Never empty. */
  readonly name: string;
  readonly track: string;
  /** Of tracks, 0 at the bottom. */
  readonly layer: number;
  readonly isEnabled: boolean;
  readonly reel: string;
  readonly scene: string;
  readonly take: string;
  readonly note: string;
  readonly markers: readonly Marker[];
  readonly media: MediaReference | null;
  /** Timecodes, out exclusive; null: the timeline tells none. */
  readonly source: { readonly in: string; readonly out: string } | null;
  /** Record frames from the timeline's first, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Null: as shot. */
  readonly speed: { readonly num: number; readonly den: number } | null;
  /** Into this one: "dissolve, 12 frames". */
  readonly transition: string;
  /** The earliest source frame that is shown and that in the middle, on the media's clock; null where no range is told. */
  readonly first: Time | null;
  readonly middle: Time | null;
  /** Of the media's first frame on its clock, as the timeline tells it. */
  readonly mediaStart: Time | null;
};

export type ShotList = {
  readonly rate: Rational;
  readonly isDrop: boolean;
  /** Label of the first frame, counted from 00:00:00:00. */
  readonly origin: number;
  /** Of the longest track that is listed. */
  readonly frames: number;
  /** By place, bottom tracks first. */
  readonly shots: readonly Shot[];
  readonly losses: LossList;
};

/** Of the picture tracks; of the sound where there is no picture. */
export function listShots(document: TimelineDocument): ShotList {
  const losses = new LossList();
  const rate = [document.rate, ...ratesOfClips(document.tracks)].find((each) => each !== null && isPictureRate(each)) ?? rational(24);
  const start = document.start ? countLabelAt(document.start, rate) : { frame: 0, dropFrame: false };
  const clock: RecordClock = { rate, isDrop: start.dropFrame && droppedLabels(nominalRate(rate)) > 0 };
  const listed = chooseTracks(document.tracks, losses);
  let frames = 0;
  const shots = listed.flatMap((track, index) => {
    const name = track.name || `${track.type === 'video' ? 'V' : 'A'}${index + 1}`;
    const own = shotsOf(track, { track: name, layer: index }, clock, losses);
    frames = Math.max(frames, own.frames);
    return own.shots;
  });
  return { rate, isDrop: clock.isDrop, origin: start.frame, frames, losses, shots: shots.toSorted((a, b) => a.start - b.start) };
}

/** Of a record frame. */
export function recordLabel({ rate, isDrop, origin }: ShotList, frame: number): string {
  return formatTimecode(origin + frame, rate, isDrop);
}

function chooseTracks(tracks: readonly DocumentTrack[], losses: LossList): readonly DocumentTrack[] {
  const hasShots = (track: DocumentTrack): boolean => track.items.some(({ kind }) => kind !== 'gap' && kind !== 'transition');
  const pictures = tracks.filter((track) => track.type === 'video' && hasShots(track));
  const chosen = pictures.length > 0 ? pictures : tracks.filter(hasShots);
  const sounds = tracks.filter((track) => !chosen.includes(track) && hasShots(track)).length;
  if (sounds > 0) losses.add(`${sounds} sound ${sounds === 1 ? 'track' : 'tracks'}`, 'the clips of the picture are listed: left out');
  return chosen;
}

function shotsOf(track: DocumentTrack, place: Pick<Shot, 'track' | 'layer'>, clock: RecordClock, losses: LossList): { readonly shots: Shot[]; readonly frames: number } {
  const { rate } = clock;
  const inFrames = (time: Time): number => atRate(time.value, time.rate, rate);
  const from = track.range ? inFrames({ value: track.range.start, rate: track.range.rate }) : 0;
  const to = track.range ? from + inFrames({ value: track.range.duration, rate: track.range.rate }) : Infinity;
  const shots: Shot[] = [];
  let at: Time = { value: 0, rate };
  let pending: DocumentTransition | null = null;
  for (const item of track.items) {
    if (item.kind === 'transition') {
      pending = item;
      continue;
    }
    const duration = itemDuration(item);
    if (!duration) {
      losses.add(`${item.kind} ${JSON.stringify(item.name)}`, 'shows all of media whose length the timeline does not tell: left out');
      continue;
    }
    const next = addTimes(at, duration);
    const ends = { start: Math.max(from, inFrames(at)) - from, end: Math.min(to, inFrames(next)) - from };
    at = next;
    const transition = pending ? describeTransition(pending, inFrames) : '';
    pending = null;
    if (item.kind === 'gap' || ends.end <= ends.start) continue;
    const common = { ...place, ...ends, transition, isEnabled: item.isEnabled && track.isEnabled, markers: item.markers, speed: plainSpeed(item.effects) };
    shots.push(item.kind === 'clip' ? clipShot(item, common, clock) : nestedShot(item, common));
  }
  return { shots, frames: Math.min(to, inFrames(at)) - from };
}

type Common = Pick<Shot, 'start' | 'end' | 'track' | 'layer' | 'transition' | 'isEnabled' | 'markers' | 'speed'>;

function clipShot(clip: DocumentClip, common: Common, clock: RecordClock): Shot {
  const range = clip.range ?? clip.media.available;
  const labels = range && sourceLabels({ ...clip, range }, { before: 0, frames: common.end - common.start, after: 0 }, clock);
  return {
    ...common, kind: 'clip', name: clip.name || nameOfMedia(clip.media) || 'unnamed', reel: clip.reel ?? '', scene: clip.scene ?? '', take: clip.take ?? '', note: clip.note ?? '',
    media: clip.media, source: labels && { in: labels.in, out: labels.out }, first: range && { value: range.start, rate: range.rate }, middle: range && middleOf(range, common.speed),
    mediaStart: clip.media.available && { value: clip.media.available.start, rate: clip.media.available.rate },
  };
}

function nestedShot(item: Extract<DocumentItem, { kind: 'stack' | 'track' }>, common: Common): Shot {
  return {
    ...common, kind: 'nested', name: item.name || 'nested timeline', reel: '', scene: '', take: '', note: 'nested timeline', media: null, source: null, first: null, middle: null, mediaStart: null,
  };
}

function middleOf(range: { readonly start: number; readonly duration: number; readonly rate: Rational }, speed: Shot['speed']): Time {
  const { num, den } = speed ?? { num: 1, den: 1 };
  return { value: range.start + Math.floor((range.duration * Math.abs(num)) / (2 * den)), rate: range.rate };
}

function plainSpeed(effects: readonly Effect[]): Shot['speed'] {
  const speed = effects.find((effect) => effect.kind === 'speed');
  return speed && speed.num !== speed.den ? { num: speed.num, den: speed.den } : null;
}

function describeTransition({ type, name, before, after }: DocumentTransition, inFrames: (time: Time) => number): string {
  const frames = inFrames(before) + inFrames(after);
  const what = type.kind === 'wipe' ? `wipe ${type.number}` : type.kind === 'dissolve' ? 'dissolve' : name || 'transition';
  return `${what}, ${frames} ${frames === 1 ? 'frame' : 'frames'}`;
}

function nameOfMedia(media: MediaReference): string {
  return media.name || (media.kind === 'file' ? stem(fileName(media.url)) : media.kind === 'sequence' ? media.prefix : media.kind === 'generator' ? media.generator : '');
}

function ratesOfClips(tracks: readonly DocumentTrack[]): Rational[] {
  return tracks.flatMap((track) => track.items.flatMap((item) => (item.kind === 'clip' ? item.range ?? item.media.available ?? [] : []))).map(({ rate }) => rate);
}
