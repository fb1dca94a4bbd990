/** What clips refer to by id: formats, assets, effects, compound clips and multicams. */
import { rateFromNumber } from '../../domain/frame-rates.ts';
import { rational, type Rational } from '../../domain/rational.ts';
import { attributeOf, childOf, elementsOf, type XmlElement } from '../xml/element.ts';
import { parseSeconds, type Seconds } from './seconds.ts';

export type Resources = ReadonlyMap<string, XmlElement>;

export function resourcesOf(root: XmlElement): Map<string, XmlElement> {
  const all = elementsOf(root, 'resources').flatMap((item) => elementsOf(item));
  return new Map(all.flatMap((item): [string, XmlElement][] => {
    const id = attributeOf(item, 'id');
    return id === null ? [] : [[id, item]];
  }));
}

/** Of a `format` by id; null where it tells no rate, as those of stills and sounds do. */
export function formatRate(resources: Resources, id: string | null): Rational | null {
  const format = id === null ? undefined : resources.get(id);
  if (format?.name !== 'format') return null;
  const frame = parseSeconds(attributeOf(format, 'frameDuration'));
  if (frame && isFrame(frame)) return rational(Number(frame.den), Number(frame.num));
  return rateFromName(attributeOf(format, 'name') ?? '');
}

/** A second to a thousandth of one, in numbers that bear being multiplied. */
function isFrame({ num, den }: Seconds): boolean {
  return num > 0n && den >= num && den <= 1000n * num && den <= 1_000_000n;
}

/** Final Cut's own formats need no more than their name: FFVideoFormat1080p2398. Interlaced ones name their fields. */
function rateFromName(name: string): Rational | null {
  const match = /\d([ip])(\d{2,4})$/.exec(name);
  if (!match?.[2]) return null;
  const number = Number(match[2]) / (match[2].length === 4 ? 100 : 1);
  return rateFromNumber(match[1] === 'i' ? number / 2 : number);
}

/** Of a `media`, an asset or a format: the rate at which it counts. */
export function resourceRate(resources: Resources, item: XmlElement | undefined): Rational | null {
  if (!item) return null;
  const inner = childOf(item, 'sequence') ?? childOf(item, 'multicam') ?? item;
  return formatRate(resources, attributeOf(inner, 'format'));
}
