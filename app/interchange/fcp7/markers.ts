/** Markers: frames from the media's or the sequence's start; an out of -1 marks one point. */
import { atRate, commonRate, type Rational } from '../../domain/rational.ts';
import type { Marker, Time } from '../document.ts';
import { childOf, element, elementsOf, textAt, textElement, type XmlElement } from '../xml/element.ts';
import { Kept, keepRest } from '../xml/kept.ts';
import type { Notes } from '../xml/notes.ts';
import { readFrames } from './values.ts';

const understood = { children: ['name', 'comment', 'in', 'out'] };

/** `base` is what the marked thing's clock shows at its first frame. */
export function readMarkers(item: XmlElement, rate: Rational, base: Time, notes: Notes): Marker[] {
  const clock = commonRate(rate, base.rate);
  return elementsOf(item, 'marker').flatMap((marker) => {
    const at = readFrames(childOf(marker, 'in'));
    if (at === null) {
      notes.add('has no place and is left out', marker);
      return [];
    }
    const out = readFrames(childOf(marker, 'out')) ?? -1;
    const range = { start: atRate(base.value, base.rate, clock) + atRate(at, rate, clock), duration: out > at ? atRate(out - at, rate, clock) : 0, rate: clock };
    return [{ name: textAt(marker, 'name') ?? '', comment: textAt(marker, 'comment') ?? '', color: readColor(childOf(marker, 'color')), range, metadata: metadataOf(marker) }];
  });
}

export function writeMarker(marker: Marker, rate: Rational, base: Time): XmlElement {
  const kept = new Kept(marker.metadata['fcp7']);
  const clock = commonRate(commonRate(rate, base.rate), marker.range.rate);
  const at = atRate(marker.range.start, marker.range.rate, clock) - atRate(base.value, base.rate, clock);
  const frames = atRate(at, clock, rate);
  const length = atRate(marker.range.duration, marker.range.rate, rate);
  const color = kept.child('color');
  const written = marker.color === null || readColor(color) === marker.color ? color : writeColor(marker.color);
  return element('marker', kept.attributes, [
    textElement('comment', marker.comment), textElement('name', marker.name), textElement('in', frames), textElement('out', length > 0 ? frames + length : -1),
    color ? null : written, ...kept.elements.map((item) => (item === color ? written : item)),
  ]);
}

function metadataOf(marker: XmlElement): Marker['metadata'] {
  const rest = keepRest(marker, understood);
  return Object.keys(rest).length > 0 ? { fcp7: rest } : {};
}

const colors: Readonly<Record<string, readonly [number, number, number]>> = {
  red: [255, 0, 0], orange: [255, 128, 0], yellow: [255, 255, 0], green: [0, 255, 0], cyan: [0, 255, 255], blue: [0, 0, 255],
  purple: [128, 0, 255], magenta: [255, 0, 255], pink: [255, 160, 200], white: [255, 255, 255], black: [0, 0, 0],
};

/** The nearest that has a name; null where the file tells none. */
function readColor(color: XmlElement | null): string | null {
  if (!color) return null;
  const parts = ['red', 'green', 'blue'].map((name) => readFrames(childOf(color, name)));
  const distance = ([, rgb]: [string, readonly [number, number, number]]): number => rgb.reduce((sum, value, index) => sum + (value - (parts[index] ?? 0)) ** 2, 0);
  return Object.entries(colors).toSorted((a, b) => distance(a) - distance(b))[0]?.[0] ?? null;
}

function writeColor(name: string): XmlElement | null {
  const rgb = Object.hasOwn(colors, name) ? colors[name] : undefined;
  return rgb ? element('color', {}, [textElement('alpha', 0), textElement('red', rgb[0]), textElement('green', rgb[1]), textElement('blue', rgb[2])]) : null;
}
