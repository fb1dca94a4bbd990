/**
 * A storyline and everything connected to it, as tracks. A child's `offset` is in its parent's own time, which begins at the parent's `start`;
 * a connected storyline counts its children from its own zero. Lanes are counted from the parent.
 */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentTrack, DocumentTransition } from '../document.ts';
import type { JsonObject } from '../json.ts';
import { attributeOf, childOf, element, elementsOf, toJson, type XmlElement } from '../xml/element.ts';
import { compact, keepRest } from '../xml/kept.ts';
import { connectedTo, readItem, startOf } from './read-clip.ts';
import type { FcpxReading } from './reading.ts';
import { tracksOfGroups, type Entry, type Group } from './rows.ts';
import { add, divide, isWhole, multiply, ofFrames, parseSeconds, subtract, toFrames, writeSeconds, zero, type Seconds } from './seconds.ts';
import { conformFactor } from './time-map.ts';

type Context = { readonly rate: Rational; readonly reading: FcpxReading; readonly groups: Group[] };

/** `base` is the time at which the tracks begin. */
export function readTracks(elements: readonly XmlElement[], base: Seconds, rate: Rational, reading: FcpxReading): DocumentTrack[] {
  const context: Context = { rate, reading, groups: [] };
  const primary = readStoryline(elements, subtract(zero, base), 0, () => ({}), true, context);
  return tracksOfGroups(primary, context.groups, rate);
}

/** `origin` is where its own zero lies on the tracks. */
function readStoryline(elements: readonly XmlElement[], origin: Seconds, lane: number, keptOf: (index: number) => JsonObject, isPrimary: boolean, context: Context): Group {
  const { rate, reading } = context;
  const entries: Entry[] = [];
  const sounds: boolean[] = [];
  let end = isPrimary ? 0 : Math.max(0, toFrames(origin, rate));
  for (const item of elements) {
    const chosen = item.name === 'audition' ? auditioned(item) : { item, kept: {} };
    const offset = parseSeconds(attributeOf(item, 'offset'));
    const given = offset ? add(origin, offset) : entries.length === 0 ? origin : ofFrames(end, rate);
    const [shown, at] = chosen && given.num < 0n ? [trimmed(chosen, given, rate, reading), zero] : [chosen, given];
    const length = shown && lengthOf(shown.item, reading);
    if (!shown || !length) {
      reading.notes.add('tells no duration and is left out', item);
      continue;
    }
    const span = { start: frameOf(at, item, reading, rate), end: frameOf(add(at, length), item, reading, rate) };
    const isOverlapping = item.name !== 'transition' && span.start < end;
    const kept = (): JsonObject => compact({ ...(isOverlapping ? {} : keptOf(entries.length)), ...shown.kept });
    if (item.name === 'transition') {
      if (span.end > span.start) entries.push(readTransition(item, span, end, kept(), rate));
      else reading.notes.add('has no length and is left out', item);
      continue;
    }
    if (span.end <= span.start || span.start < 0) {
      reading.notes.add('has no length, or lies before the start, and is left out', item);
      continue;
    }
    if (span.start > end && (isPrimary || entries.length > 0)) {
      const hole = element('gap', { name: 'Gap', duration: writeSeconds(ofFrames(span.start - end, rate)) });
      entries.push({ item: readItem(hole, span.start - end, rate, compact(keptOf(entries.length)), reading, readTracks).item, start: end, end: span.start });
    }
    const read = readItem(shown.item, span.end - span.start, rate, kept(), reading, readTracks);
    if (isOverlapping) {
      reading.notes.add('overlaps what is before it: it is put on a track of its own', item);
      context.groups.push({ lane, isSound: read.isSound, entries: [{ item: read.item, ...span }] });
    } else {
      entries.push({ item: read.item, ...span });
      if (read.item.kind !== 'gap') sounds.push(read.isSound);
      end = span.end;
    }
    readConnected(shown.item, at, read.start, lane, context);
  }
  return { lane, isSound: sounds.length > 0 && sounds.every(Boolean), entries };
}

/** `at` is where the parent lies, `start` its own time there. */
function readConnected(parent: XmlElement, at: Seconds, start: Seconds, lane: number, context: Context): void {
  const { rate } = context;
  const factor = conformFactor(parent, rate);
  for (const child of connectedTo(parent)) {
    const offset = parseSeconds(attributeOf(child, 'offset')) ?? start;
    const place = add(at, multiply(subtract(offset, start), factor));
    const ownLane = lane + laneOf(child);
    if (child.name === 'spine') {
      const rest = keepRest(child, { attributes: ['lane', 'offset'], children: [] })['attributes'];
      const keptOf = (index: number): JsonObject => (index === 0 ? { storyline: 'first', storylineAttributes: rest } : { storyline: 'next' });
      const group = readStoryline(elementsOf(child), place, ownLane, keptOf, false, context);
      if (group.entries.length > 0) context.groups.push(group);
    } else {
      // A clip by itself is a storyline of one.
      const { offset: _, ...attributes } = child.attributes;
      const single = readStoryline([{ ...child, attributes }], place, ownLane, () => ({}), false, context);
      if (single.entries.length > 0) context.groups.push(single);
    }
  }
}

/** Without what lies before the first frame, which no track can hold. */
function trimmed<T extends { readonly item: XmlElement }>(shown: T, at: Seconds, rate: Rational, reading: FcpxReading): T {
  const { item } = shown;
  const length = lengthOf(item, reading);
  if (!length || item.name === 'transition') return shown;
  const left = add(length, at);
  reading.notes.add('begins before the first frame: what lies there is left out', item);
  if (left.num <= 0n) return { ...shown, item: { ...item, attributes: { ...item.attributes, duration: '0s' } } };
  const begin = subtract(startOf(item, rate, reading), divide(at, conformFactor(item, rate)));
  return { ...shown, item: { ...item, attributes: { ...item.attributes, start: writeSeconds(begin), duration: writeSeconds(left) } } };
}

/** A clip of an asset may leave out its duration: it lasts to the asset's end. */
function lengthOf(item: XmlElement, reading: FcpxReading): Seconds | null {
  const said = parseSeconds(attributeOf(item, 'duration'));
  const ref = attributeOf(item, 'ref');
  const asset = item.name === 'asset-clip' && ref !== null ? reading.resources.get(ref) : undefined;
  const duration = asset && parseSeconds(attributeOf(asset, 'duration'));
  if (said || !asset || !duration) return said;
  const first = parseSeconds(attributeOf(asset, 'start')) ?? zero;
  return subtract(add(first, duration), parseSeconds(attributeOf(item, 'start')) ?? first);
}

function laneOf(item: XmlElement): number {
  const lane = Number(attributeOf(item, 'lane') ?? '0');
  return Number.isSafeInteger(lane) ? lane : 0;
}

/** The clip that is chosen is the first; the others are kept. */
function auditioned(audition: XmlElement): { readonly item: XmlElement; readonly kept: JsonObject } | null {
  const [chosen, ...others] = elementsOf(audition);
  if (!chosen) return null;
  const { offset: _, lane: __, ...attributes } = audition.attributes;
  return { item: chosen, kept: { audition: { ...(Object.keys(attributes).length > 0 ? { attributes } : {}), kept: others.map(toJson) } } };
}

/** Where a time is no whole frame the nearest is meant. */
function frameOf(time: Seconds, item: XmlElement, reading: FcpxReading, rate: Rational): number {
  if (!isWhole(time, rate)) reading.notes.add('does not begin or end on a frame of the timeline: the nearest is used', item);
  return toFrames(time, rate);
}

const understood = { attributes: ['name', 'offset', 'duration'], children: [] };

/** Its cut is the end of what is before it. */
function readTransition(item: XmlElement, span: { readonly start: number; readonly end: number }, end: number, kept: JsonObject, rate: Rational): Entry {
  const cut = Math.min(Math.max(end, span.start), span.end);
  const name = attributeOf(item, 'name') ?? '';
  const filter = childOf(item, 'filter-video') ?? childOf(item, 'filter-audio');
  const words = `${name} ${filter ? (attributeOf(filter, 'name') ?? '') : ''}`.toLowerCase();
  const type: DocumentTransition['type'] = /dissolve|cross\s?fade/.test(words) ? { kind: 'dissolve' } : /\bwipe\b/.test(words) ? { kind: 'wipe', number: 1 } : { kind: 'other' };
  const transition: DocumentTransition = {
    kind: 'transition', name, type, before: { value: cut - span.start, rate }, after: { value: span.end - cut, rate },
    metadata: { fcpx: compact({ ...kept, ...keepRest(item, understood) }) },
  };
  return { item: transition, start: cut, end: cut };
}

