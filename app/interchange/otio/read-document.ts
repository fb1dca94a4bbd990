/** OpenTimelineIO, any version of its schemas: everything it says becomes the shared model, and what the model has no place for is kept. */
import { StringoutError } from '../../base/errors.ts';
import { parseRate } from '../../domain/frame-rates.ts';
import { atRate, rational, sameRational, type Rational } from '../../domain/rational.ts';
import type { StartLabel } from '../../domain/timeline.ts';
import type { DocumentItem, DocumentTrack, ReadDocument, ReadOptions, TimeRange } from '../document.ts';
import { asArray, asNumber, asObject, asString, type JsonObject } from '../json.ts';
import { countClips, trackDuration } from '../measure.ts';
import { parseOtioJson } from './json-text.ts';
import { Fields } from './kept.ts';
import { kindOf, readItems, readTrack } from './read-items.ts';
import { readMarker } from './read-marks.ts';
import { Reading } from './reading.ts';
import { isFrameRate, rateOf, readStart, readTimeRange, timelineRate } from './time.ts';

/** Throws `list.invalid` for what is no JSON of OpenTimelineIO, `input.unsupported` for objects that are no timeline. */
export function readOtioDocument(text: string, options: ReadOptions): ReadDocument {
  const root = parseRoot(text, options.path);
  const reading = new Reading();
  const fields = new Fields(root);
  const stack = fields.field('tracks', asObject) ?? {};
  if (fields.discard('tracks')) reading.note('its tracks are of the wrong kind: left out');
  const { tracks, markers, kept } = readTopStack(stack, reading);
  const start = fields.field('global_start_time', readStart);
  if (!start && fields.has('global_start_time')) reading.note('its global_start_time tells no time at a rate: kept, and read as if it were not there');
  const dropFrame = fields.said('dropFrame', false, (value) => (typeof value === 'boolean' ? value : undefined));
  const derived = timelineRate(stack, start);
  const document = {
    name: fields.text('name'), start: start && { ...countedInFrames(start, root['global_start_time'], derived), dropFrame }, tracks, markers,
    rate: fields.said('rate', derived ?? options.sourceRate, (value) => (value === null ? null : parseRate(asString(value) ?? '') ?? undefined)),
    metadata: fields.metadata(Object.keys(kept).length > 0 ? { stack: kept } : {}),
  };
  return { document, events: countClips(tracks), diagnostics: reading.diagnostics };
}

/** A start in seconds or in ticks of a clock, at a rate of pictures. */
function countedInFrames(start: StartLabel, written: unknown, derived: Rational | null): StartLabel {
  const own = rateOf(asNumber(asObject(written)?.['rate']) ?? 0);
  if (own && isFrameRate(own)) return start;
  const rate = derived ?? rational(24);
  return { frame: atRate(start.frame, start.rate, rate), rate, dropFrame: false };
}

function parseRoot(text: string, path: string): JsonObject {
  let root: JsonObject | null;
  try {
    root = asObject(parseOtioJson(text));
  } catch (error) {
    throw new StringoutError('list.invalid', `is not readable as JSON: ${error instanceof Error ? error.message : String(error)}`, { file: path }, { cause: error });
  }
  const schema = asString(root?.['OTIO_SCHEMA']);
  if (!root || schema === null) throw new StringoutError('list.invalid', 'is JSON but no OpenTimelineIO file: it has no OTIO_SCHEMA; export OpenTimelineIO (.otio), EDL or XML', { file: path });
  if (kindOf(root) !== 'Timeline') throw new StringoutError('input.unsupported', whyNoTimeline(schema), { file: path });
  return root;
}

function whyNoTimeline(schema: string): string {
  const kind = schema.split('.')[0] ?? '';
  if (kind === 'SerializableCollection') return `holds a collection (${schema}), not one timeline: export each of its timelines for itself`;
  if (/^(?:Adapter|HookScript|MediaLinker|PluginManifest|SchemaDef)$/.test(kind)) return `is a setting of OpenTimelineIO (${schema}), not a timeline: give a timeline`;
  return `holds only a part of a timeline (${schema}): export the timeline that it belongs to`;
}

/** The stack's own range falls on each of its tracks; what else it says for itself is kept. */
function readTopStack(stack: JsonObject, reading: Reading): { tracks: DocumentTrack[]; markers: ReturnType<typeof readMarker>[]; kept: JsonObject } {
  const { OTIO_SCHEMA: _, children, markers, source_range: range, ...rest } = stack;
  const tracks = asArray(children).flatMap((child, index): DocumentTrack[] => {
    const object = asObject(child);
    if (!object) return [];
    return reading.within(asString(object['name']) || `track ${index + 1}`, () => (
      kindOf(object) === 'Track' ? [readTrack(object, reading)] : readItems(new Fields({ children: [object] }), reading).map(wrap)
    ));
  });
  const shown = readTimeRange(range);
  const isTrimmed = shown !== null && tracks.some((track) => !covers(shown, track));
  if (isTrimmed) reading.note('the timeline shows only a part of its tracks: each track is read as showing that part');
  if (asArray(rest['effects']).length > 0) reading.note('effects on the whole timeline are kept, and not shown');
  if (rest['enabled'] === false) reading.note('the whole timeline is disabled: read as if it were not');
  return {
    tracks: isTrimmed ? tracks.map((track) => ({ ...track, range: within(track.range, shown) })) : tracks,
    markers: asArray(markers).map(asObject).filter((marker) => marker !== null).map((marker) => readMarker(marker, reading)),
    kept: Object.fromEntries(Object.entries(rest).filter(([key, value]) => !isDefault(key, value))),
  };
}

function isDefault(key: string, value: unknown): boolean {
  if (value === null || (Array.isArray(value) && value.length === 0)) return true;
  if (key === 'name') return value === '' || value === 'tracks';
  return key === 'enabled' ? value === true : key === 'metadata' && Object.keys(asObject(value) ?? { kept: true }).length === 0;
}

/** Clips and stacks may stand where tracks are expected. */
function wrap(item: DocumentItem): DocumentTrack {
  return { kind: 'track', type: 'video', name: '', isEnabled: true, items: [item], range: null, markers: [], effects: [], metadata: { otio: { isBare: true } } };
}

function covers(shown: TimeRange, track: DocumentTrack): boolean {
  const length = trackDuration(track);
  return shown.start === 0 && length !== null && shown.duration * shown.rate.den * length.rate.num >= length.value * length.rate.den * shown.rate.num;
}

/** `inner` counts from the start of `outer`; both at one rate where they differ. */
function within(outer: TimeRange | null, inner: TimeRange): TimeRange {
  if (!outer) return inner;
  if (!sameRational(outer.rate, inner.rate)) return { ...inner, start: inner.start + Math.round((outer.start * outer.rate.den * inner.rate.num) / (outer.rate.num * inner.rate.den)) };
  return { start: outer.start + inner.start, duration: Math.min(inner.duration, outer.duration - inner.start), rate: outer.rate };
}
