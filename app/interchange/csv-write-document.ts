/** A document's picture track as a shot list: `file,in,out,name,reel,scene,take,note`, in inclusive and out exclusive. */
import { stringify } from 'csv-stringify/sync';
import { parsePosition } from '../domain/parse-position.ts';
import { rational, type Rational } from '../domain/rational.ts';
import { endsOf, rangeBetween, timeOf, type Ends } from './csv-range.ts';
import { csvKey } from './csv-read-document.ts';
import { optionalColumns, requiredColumns } from './csv-rows.ts';
import type { DocumentClip, DocumentItem, DocumentTrack, MediaReference, TimelineDocument, TimeRange, WrittenDocument } from './document.ts';
import { asObject, asString } from './json.ts';
import { LossList } from './losses.ts';

/** Commas, LF, UTF-8. */
export function writeCsv(document: TimelineDocument): WrittenDocument {
  const losses = new LossList();
  const track = chooseTrack(document, losses);
  const clips = (track?.items ?? []).flatMap((item) => clipOf(item, losses));
  const more = [...new Set(clips.flatMap((clip) => Object.keys(otherColumns(clip))))];
  const rate = document.rate ?? rational(24);
  const rows = clips.map((clip) => {
    const ends = textsOf(clip, rate, document.start?.dropFrame ?? false, losses);
    sayLost(clip, losses);
    const others = otherColumns(clip);
    return [fileOf(clip, losses), ends.in, ends.out, clip.name, clip.reel ?? '', clip.scene ?? '', clip.take ?? '', clip.note ?? '', ...more.map((name) => asString(others[name]) ?? '')];
  });
  return { text: stringify([[...requiredColumns, ...optionalColumns, ...more], ...rows]), losses: losses.list() };
}

/** The lowest picture track that has clips; sound where there is no picture. */
function chooseTrack(document: TimelineDocument, losses: LossList): DocumentTrack | null {
  const filled = document.tracks.filter((track) => track.isEnabled && track.items.some((item) => item.kind === 'clip'));
  const chosen = filled.find((track) => track.type === 'video') ?? filled[0] ?? null;
  for (const track of document.tracks) {
    if (track !== chosen && track.items.length > 0) losses.add(`track ${JSON.stringify(track.name)}`, 'a shot list has one track: left out');
  }
  if (chosen?.range) losses.add(`track ${JSON.stringify(chosen.name)}`, 'shows only a part of its items: all of them are listed');
  const markers = document.markers.length + document.tracks.reduce((sum, track) => sum + track.markers.length, 0);
  if (markers > 0) losses.add(`${markers} ${markers === 1 ? 'marker' : 'markers'} of the timeline and its tracks`, 'left out');
  return chosen;
}

function clipOf(item: DocumentItem, losses: LossList): DocumentClip[] {
  if (item.kind === 'clip' && item.isEnabled && item.media.kind !== 'generator') return [item];
  const name = `${item.kind} ${JSON.stringify(item.name)}`;
  switch (item.kind) {
    case 'clip':
      losses.add(name, item.isEnabled ? 'is made by a generator, not of a file: left out' : 'is switched off: left out');
      break;
    case 'gap':
      losses.add('gaps', 'a shot list has none: left out');
      break;
    case 'transition':
      losses.add(name, 'becomes a cut');
      break;
    default:
      losses.add(name, 'is a timeline of its own: left out');
  }
  return [];
}

/** As the list had them, where they still say the same. */
function textsOf(clip: DocumentClip, rate: Rational, isDrop: boolean, losses: LossList): Ends {
  const own = asObject(clip.metadata[csvKey]);
  const kept = { in: asString(own?.['in']) ?? '', out: asString(own?.['out']) ?? '', isExact: true };
  if (!clip.range) return kept;
  if (kept.out !== '' && sameRange(rangeOfTexts(kept, rate), clip.range)) return kept;
  const ends = endsOf(clip, clip.range, rate, isDrop);
  if (!ends.isExact) losses.add(`clip ${JSON.stringify(clip.name)}`, 'does not begin and end on a frame: rounded');
  return ends;
}

function rangeOfTexts(texts: { in: string; out: string }, rate: Rational): TimeRange | null {
  const read = (text: string): ReturnType<typeof timeOf> => {
    const position = parsePosition(text);
    return position && timeOf(position, rate);
  };
  const from = texts.in === '' ? { value: 0, rate } : read(texts.in);
  const to = read(texts.out);
  return from && to && rangeBetween(from, to);
}

function sameRange(a: TimeRange | null, b: TimeRange): boolean {
  return a !== null && a.start === b.start && a.duration === b.duration && a.rate.num === b.rate.num && a.rate.den === b.rate.den;
}

function fileOf({ media, name }: DocumentClip, losses: LossList): string {
  const file = nameOfMedia(media);
  if (file === '') losses.add(`clip ${JSON.stringify(name)}`, 'names no media: its file is empty');
  return file;
}

function nameOfMedia(media: MediaReference): string {
  switch (media.kind) {
    case 'file':
      return media.url || media.name;
    case 'sequence':
      return `${media.folder}${media.folder === '' || media.folder.endsWith('/') ? '' : '/'}${media.prefix}%0${media.padding}d${media.suffix}`;
    default:
      return media.name;
  }
}

function otherColumns(clip: DocumentClip): Readonly<Record<string, unknown>> {
  return asObject(asObject(clip.metadata[csvKey])?.['columns']) ?? {};
}

function sayLost(clip: DocumentClip, losses: LossList): void {
  const element = `clip ${JSON.stringify(clip.name)}`;
  if (clip.gain !== 0) losses.add(element, 'has a gain: left out');
  if (clip.markers.length > 0) losses.add(element, 'has markers: left out');
  for (const effect of clip.effects) {
    losses.add(element, effect.kind === 'speed' ? 'has a speed change: its source frames are listed, to be played as shot' : `has ${effect.kind === 'cdl' ? 'a grade' : `the effect ${JSON.stringify(effect.name)}`}: left out`);
  }
  const others = Object.keys(clip.metadata).filter((key) => key !== csvKey);
  if (others.length > 0) losses.add(element, `what only ${others.join(', ')} knows of it: left out`);
}
