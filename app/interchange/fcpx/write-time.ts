/** Where a clip begins on its own clock, and how that clock runs: the reverse of `clip-time.ts`. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentClip, DocumentStack } from '../document.ts';
import { element, fromJson, type XmlElement } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import { backwardReach, fromMedia, mediaRange, type ClipTime } from './clip-time.ts';
import { asNumbers } from './read-marks.ts';
import { add, divide, multiply, ofFrames, parseSeconds, seconds, subtract, zero, type Seconds } from './seconds.ts';
import { makeTimeMap, readTimeMap, speedOver, type TimeMap } from './time-map.ts';
import { sameTime } from './write-marks.ts';
import type { FcpxWriting } from './writing.ts';

export type WrittenTime = { readonly start: Seconds; readonly time: ClipTime; readonly timeMap: XmlElement | null };
type Source = {
  /** Media time less the clip's own, and what `start` is where the clip tells none. */
  readonly shift: Seconds;
  readonly first: Seconds;
  readonly mediaRate: Rational | null;
};

/** `duration` is that on the timeline. */
export function writeTime(item: DocumentClip | DocumentStack, duration: Seconds, source: Source, rate: Rational, writing: FcpxWriting): WrittenTime {
  const straight: ClipTime = { shift: source.shift, map: null };
  const speed = item.effects.find((effect) => effect.kind === 'speed');
  const { range } = item;
  if (item.effects.filter((effect) => effect.kind === 'speed').length > 1) writing.losses.add(item.name, 'has several speeds: the first is written');
  if (!speed) return { start: range ? fromMedia(straight, ofFrames(range.start, range.rate)) : source.first, time: straight, timeMap: null };

  const kept = new Kept(speed.metadata['fcpx']);
  const timeMap = fromJson(kept.json['timeMap']);
  const map = timeMap && readTimeMap(element('clip', {}, [timeMap]));
  const shown = range ? ofFrames(range.start, range.rate) : source.first;
  const wanted: Seconds = seconds(BigInt(speed.num), BigInt(speed.den));
  const begin = add(shown, backwardReach(wanted, duration, source.mediaRate, rate));
  if (timeMap && map) {
    const time: ClipTime = { shift: source.shift, map };
    const said = parseSeconds(kept.text('start')) ?? source.first;
    const read = mediaRange(time, said, duration, source.mediaRate, rate);
    if (sameTime(ofFrames(read.start, read.rate), shown) && sameSpeed(map, said, duration, speed)) return { start: said, time, timeMap };
    const start = fromMedia(time, begin);
    if (sameSpeed(map, start, duration, speed)) return { start, time, timeMap };
  }
  return makeSpeed(item, wanted, begin, duration, source);
}

/** A steady speed over all of the media, where their length is known. `begin` is the media time that is seen first. */
function makeSpeed(item: DocumentClip | DocumentStack, speed: Seconds, begin: Seconds, duration: Seconds, source: Source): WrittenTime {
  const available = item.kind === 'clip' ? item.media.available : null;
  const isBackward = speed.num < 0n;
  const end = add(begin, multiply(duration, speed));
  const [from, to] = available
    ? [ofFrames(available.start, available.rate), ofFrames(available.start + available.duration, available.rate)]
    : isBackward ? [end, begin] : [begin, end];
  const own = (media: Seconds): Seconds => subtract(media, source.shift);
  const { map: timeMap, at } = makeTimeMap(speed, own(from), own(to), own(begin), duration);
  const map: TimeMap | null = readTimeMap(element('clip', {}, [timeMap]));
  return map ? { start: at, time: { shift: source.shift, map }, timeMap } : { start: own(begin), time: { shift: source.shift, map: null }, timeMap: null };
}

function sameSpeed(map: TimeMap, start: Seconds, duration: Seconds, speed: { readonly num: number; readonly den: number }): boolean {
  const said = asNumbers(speedOver(map, start, duration));
  return said.num * speed.den === speed.num * said.den;
}

/** The clip's own time at a place on the timeline; `factor` is its conforming. */
export function ownTime(start: Seconds, place: Seconds, factor: Seconds): Seconds {
  return add(start, factor.num === 0n ? zero : divide(place, factor));
}
