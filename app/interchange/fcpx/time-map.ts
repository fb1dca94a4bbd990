/** A clip's own time and what it shows of its media: `timeMap` bends it, `conform-rate` scales it against the timeline. */
import { rateFromNumber } from '../../domain/frame-rates.ts';
import { sameRational, type Rational } from '../../domain/rational.ts';
import { attributeOf, childOf, element, elementsOf, type XmlElement } from '../xml/element.ts';
import { add, compare, divide, multiply, parseSeconds, seconds, subtract, writeSeconds, zero, type Seconds } from './seconds.ts';

/** In the order of time; at least two. */
type Point = { readonly time: Seconds; readonly value: Seconds };
export type TimeMap = { readonly points: readonly Point[] };

/** Null where the element maps nothing. */
export function readTimeMap(clip: XmlElement): TimeMap | null {
  const map = childOf(clip, 'timeMap');
  const points = map ? elementsOf(map, 'timept').flatMap((point): Point[] => {
    const [time, value] = [parseSeconds(attributeOf(point, 'time')), parseSeconds(attributeOf(point, 'value'))];
    return time && value ? [{ time, value }] : [];
  }) : [];
  const sorted = points.toSorted((a, b) => compare(a.time, b.time)).filter((point, index, all) => index === 0 || compare(point.time, all[index - 1]?.time ?? zero) !== 0);
  return sorted.length < 2 ? null : { points: sorted };
}

/** Straight between its points, and on beyond the first and last. */
export function mapped(map: TimeMap | null, time: Seconds): Seconds {
  if (!map) return time;
  const [from, to] = segment(map, (point) => compare(point.time, time));
  return add(from.value, multiply(subtract(time, from.time), slope(from, to)));
}

/** A time that shows this value; of a held frame, where it begins. */
export function unmapped(map: TimeMap | null, value: Seconds): Seconds {
  if (!map) return value;
  const isBackward = slope(map.points[0] ?? start, map.points.at(-1) ?? start).num < 0n;
  const [from, to] = segment(map, (point) => (isBackward ? -1 : 1) * compare(point.value, value));
  const rise = slope(from, to);
  return rise.num === 0n ? from.time : add(from.time, divide(subtract(value, from.value), rise));
}

/** Media per time over a stretch; where the speed varies, its average. */
export function speedOver(map: TimeMap, from: Seconds, duration: Seconds): Seconds {
  if (duration.num === 0n) return { num: 1n, den: 1n };
  return divide(subtract(mapped(map, add(from, duration)), mapped(map, from)), duration);
}

export function isSteady({ points }: TimeMap): boolean {
  const [first, second] = [points[0] ?? start, points[1] ?? start];
  const steady = slope(first, second);
  return points.every((point, index) => index === 0 || compare(slope(points[index - 1] ?? start, point), steady) === 0);
}

/** The map that plays media from `first` to `last` at a speed, and the clip's own time at which `shown` is seen. */
export function makeTimeMap(speed: Seconds, first: Seconds, last: Seconds, shown: Seconds, duration: Seconds): { readonly map: XmlElement; readonly at: Seconds } {
  const point = (time: Seconds, value: Seconds): XmlElement => element('timept', { time: writeSeconds(time), value: writeSeconds(value), interp: 'linear' });
  if (speed.num === 0n) return { map: element('timeMap', {}, [point(zero, shown), point(duration, shown)]), at: zero };
  const [from, to] = speed.num > 0n ? [first, last] : [last, first];
  return { map: element('timeMap', {}, [point(zero, from), point(divide(subtract(to, from), speed), to)]), at: divide(subtract(shown, from), speed) };
}

/** Timeline seconds for each second of the clip's own time: not one where media of another rate play frame for frame. */
export function conformFactor(clip: XmlElement, rate: Rational): Seconds {
  const conform = childOf(clip, 'conform-rate');
  const source = conform && attributeOf(conform, 'scaleEnabled') !== '0' ? rateFromNumber(Number(attributeOf(conform, 'srcFrameRate') ?? 0)) : null;
  if (!source || source.num < source.den || sameRational(source, rate)) return { num: 1n, den: 1n };
  return seconds(BigInt(source.num) * BigInt(rate.den), BigInt(source.den) * BigInt(rate.num));
}

const start: Point = { time: zero, value: zero };

/** The two points on both sides; `side` is negative for points before. */
function segment({ points }: TimeMap, side: (point: Point) => number): [Point, Point] {
  const next = points.findIndex((point) => side(point) > 0);
  const index = next === -1 ? points.length - 1 : Math.max(1, next);
  return [points[index - 1] ?? start, points[index] ?? start];
}

function slope(from: Point, to: Point): Seconds {
  const time = subtract(to.time, from.time);
  return time.num === 0n ? { num: 1n, den: 1n } : divide(subtract(to.value, from.value), time);
}
