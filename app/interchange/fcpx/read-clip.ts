/** One element of a storyline as an item: what it shows, on which clock, and what is connected to it. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentClip, DocumentGap, DocumentStack } from '../document.ts';
import type { JsonObject } from '../json.ts';
import { attributeOf, childOf, element, elementsOf, textAt, toJson, type XmlElement } from '../xml/element.ts';
import { compact, keepRest } from '../xml/kept.ts';
import { mediaRange, type ClipTime } from './clip-time.ts';
import { anchorNames, contentNames, contentOf } from './content.ts';
import { readMedia, type FcpxMedia } from './read-media.ts';
import { isAdjustment, isFilter, markerNames, readEffects, readGain, readLog, readMarkers, restOfMetadata } from './read-marks.ts';
import { nestedBase, readNested } from './read-nested.ts';
import type { FcpxReading, ReadTracks } from './reading.ts';
import { ofFrames, parseSeconds, subtract, writeSeconds, zero, type Seconds } from './seconds.ts';
import { readTimeMap } from './time-map.ts';

export type ReadItem = {
  readonly item: DocumentClip | DocumentStack | DocumentGap;
  /** The clip's own time at which it begins. */
  readonly start: Seconds;
  readonly isSound: boolean;
};

const understood = ['offset', 'name', 'start', 'duration', 'lane', 'enabled'];

/** The clip's own time at which it begins: its content's, its media's first frame, where it does not say. */
export function startOf(item: XmlElement, rate: Rational, reading: FcpxReading): Seconds {
  const said = parseSeconds(attributeOf(item, 'start'));
  if (said || item.name === 'gap') return said ?? zero;
  return nestedBase(item, rate, reading) ?? contentOf(item)?.offset ?? readMedia(attributeOf(item, 'ref'), '', rate, reading.resources).start;
}

/** `frames` of `rate` is what it lasts on the timeline; `kept` joins its metadata. */
export function readItem(item: XmlElement, frames: number, rate: Rational, kept: JsonObject, reading: FcpxReading, readTracks: ReadTracks): ReadItem {
  const name = attributeOf(item, 'name') ?? '';
  const isEnabled = attributeOf(item, 'enabled') !== '0';
  const start = startOf(item, rate, reading);
  const duration = ofFrames(frames, rate);
  if (item.name === 'gap') {
    const metadata = { fcpx: compact({ ...kept, ...rest(item, understood, []), start: attributeOf(item, 'start') === null ? null : writeSeconds(start) }) };
    const markers = readMarkers(item, { shift: subtract(zero, start), map: null }, [rate]);
    return { item: { kind: 'gap', name, isEnabled, duration: { value: frames, rate }, effects: [], markers, metadata }, start, isSound: false };
  }
  const map = readTimeMap(item);
  const volume = childOf(item, 'adjust-volume');
  const nested = readNested(item, rate, reading, readTracks);
  if (attributeOf(item, 'audioStart') !== null || attributeOf(item, 'audioDuration') !== null) reading.notes.add('its sound begins or ends elsewhere than its picture: that is kept, and both are read alike', item);
  if (volume && volume.children.length > 0) reading.notes.add('has a sound level that moves or fades: that is kept, and its steady part is used', item);
  if (childOf(item, 'caption')) reading.notes.add('has captions, which are kept and not shown', item);
  const conform = childOf(item, 'conform-rate');
  if (conform && attributeOf(conform, 'scaleEnabled') !== '0') reading.notes.add(`plays media of ${attributeOf(conform, 'srcFrameRate') ?? 'another'} frames a second frame for frame: that is kept as an effect of its own`, item);
  const level = volume && toJson(volume);

  if (nested) {
    const time: ClipTime = { shift: subtract(zero, nested.base), map };
    const stack: DocumentStack = {
      kind: 'stack', name, isEnabled, range: mediaRange(time, start, duration, nested.rate, rate), tracks: nested.tracks,
      effects: readEffects(item, start, duration, reading.notes), markers: readMarkers(item, time, [nested.rate, rate]),
      metadata: { fcpx: compact({ ...kept, element: item.name, ...rest(item, understood, nested.content), ...nested.kept, volume: level }) },
    };
    const isSound = attributeOf(item, 'srcEnable') === 'audio' || (nested.tracks.length > 0 && nested.tracks.every(({ type }) => type === 'audio'));
    return { item: stack, start, isSound };
  }

  const inner = contentOf(item);
  const source = inner ? readMedia(inner.ref, name, rate, reading.resources) : readMedia(attributeOf(item, 'ref'), name, rate, reading.resources);
  if (source.media.kind === 'missing') reading.notes.add(`refers to ${JSON.stringify(attributeOf(item, 'ref') ?? inner?.ref)}, which is defined nowhere: its media are missing`, item);
  const time: ClipTime = { shift: inner ? subtract(inner.start ?? source.start, inner.offset) : zero, map };
  const clip: DocumentClip = {
    kind: 'clip', name, isEnabled, range: mediaRange(time, start, duration, source.rate, rate), media: source.media,
    reel: readLog(item, 'reel'), scene: readLog(item, 'scene'), take: readLog(item, 'take'), note: textAt(item, 'note'), gain: readGain(volume),
    effects: readEffects(item, start, duration, reading.notes), markers: readMarkers(item, time, source.rate ? [source.rate, rate] : [rate]), line: item.line,
    metadata: { fcpx: compact({ ...kept, element: item.name, ...rest(item, inner ? understood : [...understood, 'ref'], [...inner ? contentNames : [], 'note', 'metadata'], restOfMetadata(item)), inner: inner && toJson(inner.element), volume: level }) },
  };
  return { item: clip, start, isSound: isSoundOnly(item, source, inner?.isSound === true) };
}

function isSoundOnly(item: XmlElement, source: FcpxMedia, isInnerSound: boolean): boolean {
  return item.name === 'audio' || isInnerSound || attributeOf(item, 'srcEnable') === 'audio' || (source.isSound && item.name !== 'title');
}

/** What is neither modelled nor connected; connected captions and the like stay with their clip. */
function rest(item: XmlElement, attributes: readonly string[], content: readonly string[], more: XmlElement | null = null): JsonObject {
  const children = item.children.filter((child) => {
    if (typeof child === 'string' || !('name' in child)) return false;
    if (markerNames.includes(child.name) || isAdjustment(child.name) || isFilter(child.name) || ['conform-rate', 'timeMap', 'adjust-volume'].includes(child.name)) return false;
    const isConnected = anchorNames.includes(child.name) && attributeOf(child, 'lane') !== null;
    return !isConnected && !content.includes(child.name);
  });
  return keepRest(element(item.name, item.attributes, [...children, more]), { attributes, children: [] });
}

/** Elements that hang on a clip, to be laid on tracks of their own. */
export function connectedTo(item: XmlElement): XmlElement[] {
  return elementsOf(item).filter((child) => anchorNames.includes(child.name) && attributeOf(child, 'lane') !== null);
}
