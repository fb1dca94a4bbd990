/** What stands in the tracks of an OpenTimelineIO timeline. */
import type { DocumentClip, DocumentGap, DocumentItem, DocumentStack, DocumentTrack, Effect, Marker, Time, TimeRange } from '../document.ts';
import { atRate } from '../../domain/rational.ts';
import { asNumber, asObject, asString, type JsonObject } from '../json.ts';
import { itemsDuration } from '../measure.ts';
import { Fields } from './kept.ts';
import { colourFromMetadata, readEffect, readMarker, readTransition } from './read-marks.ts';
import { readClipMedia } from './read-media.ts';
import type { Reading } from './reading.ts';
import { readTimeRange } from './time.ts';

const noTime: Time = { value: 0, rate: { num: 1, den: 1 } };

export function readItems(fields: Fields, reading: Reading): DocumentItem[] {
  return fields.objects('children').flatMap((child, index) => {
    const name = asString(child['name']) || `${kindOf(child)} ${index + 1}`;
    return reading.within(name, () => readItem(child, reading));
  });
}

/** Old names included: Sequence was Track, Filler was Gap. */
export function kindOf(object: JsonObject): string {
  const kind = (asString(object['OTIO_SCHEMA']) ?? '').split('.')[0] ?? '';
  return kind === 'Sequence' ? 'Track' : kind === 'Filler' ? 'Gap' : kind;
}

function readItem(object: JsonObject, reading: Reading): DocumentItem[] {
  switch (kindOf(object)) {
    case 'Clip': return readClip(object, reading);
    case 'Gap': return [readGap(object, reading)];
    case 'Transition': return [readTransition(new Fields(object), reading)];
    case 'Track': return [readTrack(object, reading)];
    case 'Stack': return [readStack(object, reading)];
    default: {
      reading.note(`is ${asString(object['OTIO_SCHEMA']) ?? 'something without a schema'}, which is not understood: kept, and read as a gap`);
      return [emptyGap(readTimeRange(object['source_range']), { otio: { raw: object } })];
    }
  }
}

export function readTrack(object: JsonObject, reading: Reading): DocumentTrack {
  const fields = new Fields(object);
  const kind = asString(object['kind']) || 'Video';
  const isKnown = kind === 'Video' || kind === 'Audio';
  if (isKnown) fields.field('kind', asString);
  else reading.note(`is a track of ${JSON.stringify(kind)}, which is neither picture nor sound: kept, and not shown`);
  const isEnabled = isKnown && fields.flag('enabled', true);
  const items = readItems(fields, reading);
  const range = reading.range(fields, 'source_range');
  // Some programs write the start on another clock, as in OpenTimelineIO's own examples.
  const isElsewhere = range !== null && range.start !== 0 && items.length > 0 && !overlaps(range, items);
  if (isElsewhere) reading.note('shows a part that holds none of its clips: read as counting from its first clip');
  return {
    kind: 'track', type: kind === 'Audio' ? 'audio' : 'video', name: fields.text('name'), isEnabled, items,
    range: isElsewhere ? { ...range, start: 0 } : range, ...marks(fields, reading), metadata: fields.metadata(isElsewhere ? { start: range.start } : {}),
  };
}

function overlaps({ start, duration, rate }: TimeRange, items: readonly DocumentItem[]): boolean {
  const length = itemsDuration(items);
  if (!length) return true;
  const end = atRate(length.value, length.rate, rate);
  return start < end && start + duration > 0;
}

function readStack(object: JsonObject, reading: Reading): DocumentStack {
  const fields = new Fields(object);
  return {
    kind: 'stack', name: fields.text('name'), isEnabled: fields.flag('enabled', true), range: reading.range(fields, 'source_range'),
    tracks: readItems(fields, reading), ...marks(fields, reading), metadata: fields.metadata(),
  };
}

/** None where it has no length: such clips are skipped, as editors do. */
function readClip(object: JsonObject, reading: Reading): DocumentClip[] {
  const fields = new Fields(object);
  const range = reading.range(fields, 'source_range');
  if (range && range.duration <= 0) {
    reading.note(`has a length of ${range.duration} frames: left out`);
    return [];
  }
  const { media, kept } = readClipMedia(fields, reading);
  const derived = labelsOf(fields.own);
  const label = (key: keyof Labels): string | null => fields.said(key, derived[key], (value) => (value === null || typeof value === 'string' ? value : undefined));
  const { effects, markers } = marks(fields, reading);
  const colour = effects.some(({ kind }) => kind === 'cdl') ? null : colourFromMetadata(fields.own);
  return [{
    kind: 'clip', name: fields.text('name'), isEnabled: fields.flag('enabled', true), range, media,
    reel: label('reel'), scene: label('scene'), take: label('take'), note: label('note'), gain: fields.said('gain', 0, (value) => asNumber(value) ?? undefined),
    effects: colour ? [...effects, colour] : effects, markers, line: null, metadata: fields.metadata(kept),
  }];
}

export type Labels = Readonly<Record<'reel' | 'scene' | 'take' | 'note', string | null>>;

/** What a clip's own metadata tell, as shot lists and the EDL reader of OpenTimelineIO write it. */
export function labelsOf(own: JsonObject): Labels {
  return {
    reel: asString(own['reel']) ?? asString(asObject(own['cmx_3600'])?.['reel']), scene: asString(own['scene']), take: asString(own['take']), note: asString(own['note']),
  };
}

function readGap(object: JsonObject, reading: Reading): DocumentGap {
  const fields = new Fields(object);
  const range = reading.range(fields, 'source_range') ?? readTimeRange(asObject(object['media_reference'])?.['available_range']);
  if (!range) reading.note('is a gap without a length: read as none');
  if (range && range.duration < 0) reading.note('is a gap of negative length: read as none');
  fields.field('media_reference', (value) => (asObject(value) ? value : null));
  const duration = range && range.duration >= 0 ? { value: range.duration, rate: range.rate } : noTime;
  return {
    kind: 'gap', name: fields.text('name'), isEnabled: fields.flag('enabled', true), duration, ...marks(fields, reading),
    metadata: fields.metadata(range && range.start !== 0 ? { start: range.start } : {}),
  };
}

function emptyGap(range: ReturnType<typeof readTimeRange>, metadata: JsonObject): DocumentGap {
  const duration = range && range.duration >= 0 ? { value: range.duration, rate: range.rate } : noTime;
  return { kind: 'gap', name: '', isEnabled: true, duration, effects: [], markers: [], metadata };
}

function marks(fields: Fields, reading: Reading): { readonly effects: readonly Effect[]; readonly markers: readonly Marker[] } {
  return { effects: fields.objects('effects').map(readEffect), markers: fields.objects('markers').map((marker) => readMarker(marker, reading)) };
}
