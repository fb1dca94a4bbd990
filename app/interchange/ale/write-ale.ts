/** A document's clips as an Avid Log Exchange: a row for each, with the columns it came with and those it needs. */
import { parseRate } from '../../domain/frame-rates.ts';
import { rational, rationalToNumber, sameRational, type Rational } from '../../domain/rational.ts';
import { droppedLabels, formatTimecode, nominalRate } from '../../domain/timecode.ts';
import { decimal, writeSlopeOffsetPower } from '../cdl.ts';
import { sourceFrames } from '../csv-range.ts';
import type { DocumentClip, DocumentItem, DocumentTrack, TimelineDocument, WrittenDocument } from '../document.ts';
import { asArray, asObject, asString } from '../json.ts';
import { LossList } from '../losses.ts';
import { fileName } from '../text-parts.ts';
import { placeOf, roles, usualName, type Role } from './columns.ts';
import { aleKey } from './read-ale.ts';

type Row = { readonly cells: Readonly<Partial<Record<Role, string>>>; readonly others: Readonly<Record<string, unknown>>; readonly tracks: string };

/** Tabs and LF. */
export function writeAle(document: TimelineDocument): WrittenDocument {
  const losses = new LossList();
  const rate = document.rate ?? rational(24);
  const own = asObject(document.metadata[aleKey]);
  const rows = document.tracks.flatMap((track) => clipsOf(track, losses).map((clip) => rowOf(clip, track, rate, document.start?.dropFrame ?? false, losses)));
  const columns = asArray(own?.['columns']).filter((column) => typeof column === 'string');
  for (const role of roles) {
    const isNeeded = rows.some(({ cells }) => (cells[role] ?? '') !== '') && !(role === 'file' && rows.every(({ cells }) => (cells.path ?? '') !== '' && fileName(cells.path ?? '') === cells.file));
    if (isNeeded && placeOf(role, columns) < 0) columns.push(usualName(role));
  }
  if (!columns.some((column) => column.toLowerCase() === 'tracks')) columns.splice(1, 0, 'Tracks');
  const byPlace = new Map(roles.map((role) => [placeOf(role, columns), role]));
  const lines = rows.map(({ cells, others, tracks }) => columns.map((column, place) => {
    const role = byPlace.get(place);
    const text = (role === undefined ? undefined : cells[role]) ?? asString(others[column]) ?? (column.toLowerCase() === 'tracks' ? tracks : '');
    return text.replaceAll(/[\t\r\n]+/g, ' ');
  }).join('\t'));
  const heading = headingOf(own?.['heading'], rate);
  const text = ['Heading', ...heading.map((pair) => pair.join('\t')), '', 'Column', columns.join('\t'), '', 'Data', ...lines].join('\n');
  return { text: `${text}\n`, losses: losses.list() };
}

function headingOf(kept: unknown, rate: Rational): (readonly [string, string])[] {
  const pairs = asArray(kept).flatMap((pair): (readonly [string, string])[] => {
    const [key, value] = asArray(pair);
    return typeof key === 'string' && typeof value === 'string' ? [[key, value]] : [];
  });
  const all = pairs.length > 0 ? pairs : [['FIELD_DELIM', 'TABS'], ['VIDEO_FORMAT', '1080'], ['AUDIO_FORMAT', '48khz'], ['FPS', '']] as const;
  return all.map(([key, value]) => {
    const told = key.toUpperCase() === 'FPS' ? parseRate(value) : rate;
    return [key, told && sameRational(told, rate) ? value : rateText(rate)] as const;
  });
}

/** "24", "23.976", "29.97". */
function rateText(rate: Rational): string {
  return rate.den === 1 ? String(rate.num) : rationalToNumber(rate).toFixed(3).replace(/0+$/, '');
}

function clipsOf(track: DocumentTrack, losses: LossList): DocumentClip[] {
  return track.items.flatMap((item: DocumentItem): DocumentClip[] => {
    if (item.kind === 'clip' && item.media.kind !== 'generator') return [item];
    const name = `${item.kind} ${JSON.stringify(item.name)}`;
    if (item.kind === 'gap') losses.add('gaps', 'an ALE has none: left out');
    else if (item.kind === 'transition') losses.add(name, 'an ALE has none: left out');
    else losses.add(name, item.kind === 'clip' ? 'is made by a generator, not of a file: left out' : 'is a timeline of its own: left out');
    return [];
  });
}

function rowOf(clip: DocumentClip, track: DocumentTrack, rate: Rational, isDrop: boolean, losses: LossList): Row {
  const own = asObject(clip.metadata[aleKey]);
  const element = `clip ${JSON.stringify(clip.name)}`;
  sayLost(clip, element, losses);
  const cells: Partial<Record<Role, string>> = { name: clip.name, reel: clip.reel ?? '', scene: clip.scene ?? '', take: clip.take ?? '', note: clip.note ?? '' };
  if (clip.range) {
    const { from, to, isExact } = sourceFrames(clip, clip.range, rate);
    if (!isExact) losses.add(element, 'counts at another rate than the list, or not in frames: rounded to its frames');
    const canDrop = droppedLabels(nominalRate(rate)) > 0;
    const label = (frame: number): string => formatTimecode(frame, rate, canDrop && (own ? own['drop_frame'] === true : isDrop));
    Object.assign(cells, { start: label(from), end: label(to), duration: label(to - from) });
  }
  const cdl = clip.effects.find((effect) => effect.kind === 'cdl');
  if (cdl) Object.assign(cells, { grade: writeSlopeOffsetPower(cdl), saturation: decimal(cdl.saturation) });
  const { media } = clip;
  if (media.kind === 'file') Object.assign(cells, media.url === media.name ? { file: media.name } : { path: media.url, file: media.name });
  else if (media.kind === 'sequence') cells.path = `${media.folder}/${media.prefix}%0${media.padding}d${media.suffix}`;
  else if (media.name !== '') cells.file = media.name;
  return { cells, others: asObject(own?.['cells']) ?? {}, tracks: track.type === 'video' ? 'V' : 'A1' };
}

function sayLost(clip: DocumentClip, element: string, losses: LossList): void {
  if (!clip.isEnabled) losses.add(element, 'is switched off, and listed like the others');
  if (clip.gain !== 0) losses.add(element, 'has a gain: left out');
  if (clip.markers.length > 0) losses.add(element, 'has markers: left out');
  for (const effect of clip.effects) {
    if (effect.kind === 'speed') losses.add(element, 'has a speed change: its source frames are listed');
    if (effect.kind === 'other') losses.add(element, `has the effect ${JSON.stringify(effect.name)}: left out`);
  }
  const others = Object.keys(clip.metadata).filter((key) => key !== aleKey);
  if (others.length > 0) losses.add(element, `what only ${others.join(', ')} knows of it: left out`);
}
