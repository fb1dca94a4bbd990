/** What a `ref-clip`, `mc-clip`, `sync-clip` or a `clip` of several parts is made of. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentTrack } from '../document.ts';
import type { JsonObject } from '../json.ts';
import { attributeOf, childOf, elementsOf, type XmlElement } from '../xml/element.ts';
import { contentNames, contentOf, storyOf } from './content.ts';
import type { FcpxReading, ReadTracks } from './reading.ts';
import { formatRate } from './resources.ts';
import { compare, parseSeconds, writeSeconds, zero, type Seconds } from './seconds.ts';

export type Nested = {
  readonly tracks: readonly DocumentTrack[];
  readonly rate: Rational;
  /** Its own time at which its tracks begin. */
  readonly base: Seconds;
  /** Children that are its content. */
  readonly content: readonly string[];
  readonly kept: JsonObject;
};

/** Its own time at which its content begins, without reading that; null for what is no nested timeline. */
export function nestedBase(item: XmlElement, rate: Rational, reading: FcpxReading): Seconds | null {
  const media = item.name === 'ref-clip' || item.name === 'mc-clip' ? reading.resources.get(attributeOf(item, 'ref') ?? '') : undefined;
  if (media?.name === 'media') return mediaClock(media, rate, reading).base;
  const story = item.name === 'sync-clip' || (item.name === 'clip' && !contentOf(item)) ? storyOf(item) : [];
  const spine = story.find(({ name }) => name === 'spine');
  return story.length > 0 ? firstOffset(spine ? elementsOf(spine) : story) : null;
}

function firstOffset(parts: readonly XmlElement[]): Seconds {
  return parts.map((part) => parseSeconds(attributeOf(part, 'offset'))).filter((offset) => offset !== null).toSorted(compare)[0] ?? zero;
}

/** Null for what is no nested timeline, or refers to none. */
export function readNested(item: XmlElement, rate: Rational, reading: FcpxReading, readTracks: ReadTracks): Nested | null {
  if (item.name === 'ref-clip' || item.name === 'mc-clip') return readReference(item, rate, reading, readTracks);
  const story = item.name === 'sync-clip' || item.name === 'clip' ? storyOf(item) : [];
  if (item.name !== 'sync-clip' && (story.length === 0 || contentOf(item))) return null;
  const own = formatRate(reading.resources, attributeOf(item, 'format')) ?? rate;
  const spine = story.find(({ name }) => name === 'spine');
  const parts = spine ? elementsOf(spine) : story;
  const base = firstOffset(parts);
  return { tracks: readTracks(parts, base, own, reading), rate: own, base, content: contentNames, kept: { base: writeSeconds(base), ...(spine ? { hasSpine: true } : {}) } };
}

function readReference(item: XmlElement, rate: Rational, reading: FcpxReading, readTracks: ReadTracks): Nested | null {
  const ref = attributeOf(item, 'ref') ?? '';
  const media = reading.resources.get(ref);
  if (media?.name !== 'media') return null;
  const tracks = mediaTracks(media, item, rate, reading, readTracks);
  if (!tracks) reading.notes.add('contains itself: what it shows is left out', item);
  const { base, own } = mediaClock(media, rate, reading);
  return { tracks: tracks ?? [], rate: own, base, content: [], kept: {} };
}

/** The tracks that a clip shows of a compound clip or, of a multicam, of the angles it uses; null where they contain themselves. */
export function mediaTracks(media: XmlElement, clip: XmlElement, rate: Rational, reading: FcpxReading, readTracks: ReadTracks): readonly DocumentTrack[] | null {
  const id = attributeOf(media, 'id') ?? '';
  const { base, own } = mediaClock(media, rate, reading);
  const multicam = childOf(media, 'multicam');
  if (!multicam) {
    const spine = childOf(media, 'sequence', 'spine');
    return reading.once(id, media, () => (spine ? readTracks(elementsOf(spine), base, own, reading) : []));
  }
  const angles = elementsOf(multicam, 'mc-angle');
  const angle = (kind: string): XmlElement | null => {
    const source = elementsOf(clip, 'mc-source').find((item) => ['all', kind].includes(attributeOf(item, 'srcEnable') ?? 'all'));
    return source ? (angles.find((item) => attributeOf(item, 'angleID') === attributeOf(source, 'angleID')) ?? null) : null;
  };
  const hasSources = childOf(clip, 'mc-source') !== null;
  const seen = hasSources ? angle('video') : (angles[0] ?? null);
  const heard = hasSources ? angle('audio') : null;
  const key = [id, ...[seen, heard].map((item) => (item ? (attributeOf(item, 'angleID') ?? '') : ''))].join('\n');
  return reading.once(key, media, () => [
    ...(seen ? readTracks(elementsOf(seen), base, own, reading) : []),
    ...(heard && heard !== seen ? readTracks(elementsOf(heard), base, own, reading).map((track): DocumentTrack => ({ ...track, type: 'audio' })) : []),
  ]);
}

function mediaClock(media: XmlElement, rate: Rational, reading: FcpxReading): { readonly base: Seconds; readonly own: Rational } {
  const inner = childOf(media, 'sequence') ?? childOf(media, 'multicam');
  return { base: parseSeconds(inner && attributeOf(inner, 'tcStart')) ?? zero, own: (inner && formatRate(reading.resources, attributeOf(inner, 'format'))) ?? rate };
}
