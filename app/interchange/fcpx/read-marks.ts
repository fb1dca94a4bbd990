/** What a clip carries beside its media: markers, effects, sound level, log. */
import type { Rational } from '../../domain/rational.ts';
import type { Effect, Marker, Rgb } from '../document.ts';
import { attributeOf, childOf, elementsOf, isElement, toJson, type XmlElement } from '../xml/element.ts';
import { compact, keepRest } from '../xml/kept.ts';
import type { Notes } from '../xml/notes.ts';
import { toMedia, type ClipTime } from './clip-time.ts';
import { ofFrames, parseSeconds, seconds, toRange, writeSeconds, zero, type Seconds } from './seconds.ts';
import { isSteady, readTimeMap, speedOver } from './time-map.ts';

export const markerNames = ['marker', 'chapter-marker'];

export function readMarkers(item: XmlElement, time: ClipTime, rates: readonly [Rational, ...Rational[]]): Marker[] {
  return elementsOf(item).filter((child) => markerNames.includes(child.name)).map((marker) => {
    const at = parseSeconds(attributeOf(marker, 'start'));
    const rest = keepRest(marker, { attributes: ['start', 'duration', 'value', 'note'], children: [] });
    // Where a speed bends it, the text says it exactly.
    const kept = compact({ element: marker.name === 'marker' ? null : marker.name, ...rest, start: time.map && at ? writeSeconds(at) : null });
    return {
      name: attributeOf(marker, 'value') ?? '', comment: attributeOf(marker, 'note') ?? '', color: null,
      range: toRange(toMedia(time, at ?? zero), durationOf(marker, rates[0]), rates),
      metadata: Object.keys(kept).length > 0 ? { fcpx: kept } : {},
    };
  });
}

/** A point in time is a frame long. */
function durationOf(marker: XmlElement, rate: Rational): Seconds {
  const duration = parseSeconds(attributeOf(marker, 'duration'));
  return duration && duration.num > 0n ? duration : ofFrames(1, rate);
}

/** Conforming, speed, adjustments and filters, in the order in which they are written. */
export function readEffects(item: XmlElement, start: Seconds, duration: Seconds, notes: Notes): Effect[] {
  const all = elementsOf(item);
  const conform = all.filter(({ name }) => name === 'conform-rate').map(other);
  const adjustments = all.filter((child) => isAdjustment(child.name)).map(other);
  const filters = all.filter((child) => isFilter(child.name)).map((filter) => readCdl(filter) ?? other(filter));
  for (const effect of [...adjustments, ...filters]) {
    if (effect.kind === 'other') notes.add(`the effect ${JSON.stringify(effect.name)} is kept and not rendered`, item);
  }
  return [...conform, ...readSpeed(item, start, duration, notes), ...adjustments, ...filters];
}

/** Colour conforming is what Final Cut writes on every clip; it is kept without a word. */
export function isAdjustment(name: string): boolean {
  return name.startsWith('adjust-') && name !== 'adjust-volume' && name !== 'adjust-colorConform';
}

export function isFilter(name: string): boolean {
  return name.startsWith('filter-');
}

function other(item: XmlElement): Effect {
  return { kind: 'other', name: attributeOf(item, 'nameOverride') ?? attributeOf(item, 'name') ?? item.name, metadata: { fcpx: { effect: toJson(item) } } };
}

function readSpeed(item: XmlElement, start: Seconds, duration: Seconds, notes: Notes): Effect[] {
  const map = readTimeMap(item);
  const element = childOf(item, 'timeMap');
  if (!element) return [];
  if (!map) return [other(element)];
  if (!isSteady(map)) notes.add('has a speed that varies: its average is used', item);
  const speed = speedOver(map, start, duration);
  return [{ kind: 'speed', ...asNumbers(speed), name: '', metadata: { fcpx: { timeMap: toJson(element), start: writeSeconds(start) } } }];
}

/** The nearest that numbers hold. */
export function asNumbers(value: Seconds): { readonly num: number; readonly den: number } {
  const largest = BigInt(Number.MAX_SAFE_INTEGER);
  let { num, den } = value;
  while (den > largest || num > largest || num < -largest) ({ num, den } = seconds(num / 2n, den / 2n || 1n));
  return { num: Number(num), den: Number(den) };
}

const numbers = String.raw`"\s*([-+\d.eE]+)\s+([-+\d.eE]+)\s+([-+\d.eE]+)\s*"`;
const grade = new RegExp(String.raw`info-asc-cdl:\s*slope=${numbers}\s+offset=${numbers}\s+power=${numbers}`);

/** Final Cut says what its colour correction amounts to in a comment. */
export function readCdl(filter: XmlElement): Effect | null {
  const comment = filter.children.flatMap((child) => (typeof child === 'string' || isElement(child) ? [] : [child.comment])).join('\n');
  const values = grade.exec(comment)?.slice(1).map(Number);
  if (!values?.every(Number.isFinite)) return null;
  const triple = (from: number): Rgb => [values[from] ?? 0, values[from + 1] ?? 0, values[from + 2] ?? 0];
  return { kind: 'cdl', slope: triple(0), offset: triple(3), power: triple(6), saturation: 1, metadata: { fcpx: { effect: toJson(filter) } } };
}

/** Decibels; 0 where it is not said, or moves. */
export function readGain(volume: XmlElement | null): number {
  const match = /^([-+]?\d+(?:\.\d+)?)dB$/.exec((volume && attributeOf(volume, 'amount'))?.trim() ?? '');
  return match ? Number(match[1]) || 0 : 0;
}

export const logKeys = { reel: 'com.apple.proapps.studio.reel', scene: 'com.apple.proapps.studio.scene', take: 'com.apple.proapps.studio.shot' } as const;

/** Null where the clip does not say. */
export function readLog(item: XmlElement, what: keyof typeof logKeys): string | null {
  const metadata = childOf(item, 'metadata');
  const found = metadata && elementsOf(metadata, 'md').find((md) => attributeOf(md, 'key') === logKeys[what]);
  return (found && attributeOf(found, 'value')) || null;
}

/** Its `metadata` without what the model has; null where nothing is left. */
export function restOfMetadata(item: XmlElement): XmlElement | null {
  const metadata = childOf(item, 'metadata');
  if (!metadata) return null;
  const known: readonly string[] = Object.values(logKeys);
  const children = metadata.children.filter((child) => !isElement(child) || !known.includes(attributeOf(child, 'key') ?? '') || !attributeOf(child, 'value'));
  return children.length > 0 ? { ...metadata, children } : null;
}
