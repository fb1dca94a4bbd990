/** A `clipitem` or `generatoritem`: a clip of a file, of a generator, or a nested sequence. */
import { atRate, type Rational } from '../../domain/rational.ts';
import { makeCdl, readSaturation, readSlopeOffsetPower } from '../cdl.ts';
import type { DocumentClip, DocumentStack, MediaReference, TimeRange } from '../document.ts';
import type { JsonObject } from '../json.ts';
import { attributeOf, childOf, descendants, elementsOf, textAt, toJson, type XmlElement } from '../xml/element.ts';
import { compact, keepRest } from '../xml/kept.ts';
import { readFilters } from './filters.ts';
import { readMarkers } from './markers.ts';
import { readMedia, type Fcp7Media } from './read-media.ts';
import { defined, type Fcp7Reading } from './reading.ts';
import { lengthOf, sourceStart, toldLength, type SourceClock } from './source.ts';
import { framesOfTicks, readFlag, readFrames, readRate } from './values.ts';

/** Where it lies on the sequence: `raw` with what transitions overlap, and without. */
export type Fcp7Place = { readonly rawStart: number; readonly rawEnd: number; readonly start: number; readonly end: number };

const understood = {
  attributes: ['id'],
  children: ['name', 'enabled', 'start', 'end', 'in', 'out', 'file', 'sequence', 'filter', 'marker', 'link', 'logginginfo', 'colorinfo', 'stillframe', 'pproTicksIn', 'pproTicksOut'],
};

/** Frames of the clip; `out` null where the file does not say. Premiere's ticks say it where frames do not. */
export function readInOut(item: XmlElement, rate: Rational): { readonly in: number; readonly out: number | null } {
  const read = (name: string, ticks: string): number | null => {
    const frames = readFrames(childOf(item, name));
    return frames !== null && frames >= 0 ? frames : framesOfTicks(textAt(item, ticks), rate);
  };
  return { in: read('in', 'pproTicksIn') ?? 0, out: read('out', 'pproTicksOut') };
}

/** `rate` is the sequence's; `inherited` that of a clip which tells none. */
export function readClip(item: XmlElement, place: Fcp7Place, rate: Rational, inherited: Rational, reading: Fcp7Reading): DocumentClip | DocumentStack {
  const name = textAt(item, 'name') ?? '';
  const clipRate = readRate(item) ?? inherited;
  const nested = nestedSequence(item, reading);
  const source = item.name === 'generatoritem' ? generator(item, clipRate) : mediaOf(item, name, clipRate, reading);
  const filters = readFilters(item, reading.notes);
  const frames = readInOut(item, clipRate);
  const clock: SourceClock = {
    sequenceRate: rate, clipRate, speed: filters.speed, shown: place.end - place.start,
    base: nested ? { value: 0, rate: clipRate } : source.base, length: nested ? lengthOf(nested.tracks, clipRate, filters.speed) : source.length ?? toldLength(childOf(item, 'duration'), clipRate, filters.speed),
  };
  const start = sourceStart(frames.in, place.start - place.rawStart, clock);
  const range: TimeRange = { start: start.value, duration: atRate(place.end - place.start, rate, start.rate), rate: start.rate };
  const shared = {
    name, isEnabled: readFlag(textAt(item, 'enabled'), true), range,
    markers: readMarkers(item, clipRate, clock.base, reading.notes),
  };
  const grade = childOf(item, 'colorinfo');
  const cdl = makeCdl(readSlopeOffsetPower(textAt(grade, 'asc_sop') ?? ''), readSaturation(textAt(grade, 'asc_sat') ?? ''));
  const effects = [...filters.effects, ...(cdl ? [cdl] : [])];
  const logging = childOf(item, 'logginginfo');
  const rest: JsonObject = compact({
    id: attributeOf(item, 'id'), ...keepRest(item, item.name === 'generatoritem' ? { ...understood, children: [...understood.children, 'effect'] } : understood),
    links: elementsOf(item, 'link').map((link) => compact({ ref: textAt(link, 'linkclipref'), group: textAt(link, 'groupindex') })),
    ticks: keptTicks(item, clipRate, reading),
    in: filters.speed ? frames.in : null,
    sourceLength: oddLength(item, frames, place, clock, reading),
    levels: filters.levels && toJson(filters.levels),
    logging: logging && { ...keepRest(logging, { children: ['scene', 'shottake', 'lognote'] }), isThere: true },
    grade: grade && { ...keepRest(grade, { children: cdl ? ['asc_sop', 'asc_sat'] : [] }), isThere: true },
  });
  if (nested) {
    const { tracks, rest: sequence } = nested;
    return { kind: 'stack', ...shared, tracks, effects, metadata: { fcp7: { ...rest, sequence } } };
  }
  return {
    kind: 'clip', ...shared, effects, media: source.media, reel: source.reel, gain: filters.gain, line: item.line,
    scene: textAt(logging, 'scene'), take: textAt(logging, 'shottake'), note: textAt(logging, 'lognote'), metadata: { fcp7: rest },
  };
}

function nestedSequence(item: XmlElement, reading: Fcp7Reading): ReturnType<Fcp7Reading['readNested']> | null {
  const reference = childOf(item, 'sequence');
  const sequence = defined(reference, reading.sequences);
  if (!reference || (sequence && !reading.open.has(sequence))) return sequence && reading.readNested(sequence);
  reading.notes.add(sequence ? 'contains itself: its media are missing' : 'refers to a sequence that is defined nowhere: its media are missing', reference);
  return null;
}

/** Of a multiclip, the angle that is seen. */
function mediaOf(item: XmlElement, name: string, rate: Rational, reading: Fcp7Reading): Fcp7Media {
  const multiclip = childOf(item, 'multiclip');
  if (!multiclip) return readMedia(childOf(item, 'file'), name, rate, reading);
  reading.notes.add('is a multiclip: the angle that is seen is used, the others are kept', multiclip);
  const angles = elementsOf(multiclip, 'angle');
  const seen = angles.find((angle) => readFlag(textAt(angle, 'activevideoangle'), false)) ?? angles[0] ?? multiclip;
  return readMedia([...descendants(seen)].find((inner) => inner.name === 'file') ?? null, name, rate, reading);
}

function generator(item: XmlElement, rate: Rational): Fcp7Media {
  const effect = childOf(item, 'effect');
  const name = textAt(effect, 'name') ?? textAt(item, 'name') ?? '';
  const words = `${name} ${textAt(effect, 'effectid') ?? ''}`.toLowerCase();
  const kind = /\bbars\b/.test(words) ? 'bars' : /\b(slug|black)\b/.test(words) ? 'black' : 'other';
  const media: MediaReference = { kind: 'generator', generator: kind, name, available: null, metadata: effect ? { fcp7: { effect: toJson(effect) } } : {} };
  return { media, base: { value: 0, rate }, length: null, reel: null };
}

/** Ticks that say the same as the frames, to be given back. */
function keptTicks(item: XmlElement, rate: Rational, reading: Fcp7Reading): JsonObject {
  const kept = (['in', 'out'] as const).map((name): [string, string | null] => {
    const ticks = textAt(item, name === 'in' ? 'pproTicksIn' : 'pproTicksOut');
    const frames = readFrames(childOf(item, name));
    const said = framesOfTicks(ticks, rate);
    if (said === null || frames === null || frames < 0 || said === frames) return [name, said === null ? null : ticks];
    reading.notes.add('has ticks that name another frame than its in or out: the frames are used', item);
    return [name, null];
  });
  return compact(Object.fromEntries(kept));
}

/** Where `in` to `out` and `start` to `end` differ without a speed: a frame is rounding, more is worth a word; neither makes a speed change. */
function oddLength(item: XmlElement, frames: { readonly in: number; readonly out: number | null }, place: Fcp7Place, clock: SourceClock, reading: Fcp7Reading): JsonObject | null {
  if (frames.out === null) return null;
  const length = place.rawEnd - place.rawStart;
  const expected = atRate(length, clock.sequenceRate, clock.clipRate);
  const source = frames.out - frames.in;
  if (source === expected) return null;
  if (Math.abs(source - expected) > 1 && !clock.speed) {
    reading.notes.add(`plays ${source} frames of its media in the time of ${expected}, and names no speed: it is read at normal speed`, item);
  }
  return { of: length, is: source };
}
