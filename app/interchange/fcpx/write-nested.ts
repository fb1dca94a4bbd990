/** A nested timeline: the compound clip or multicam that it was read from where it still shows the same, else a compound clip of its own. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentStack } from '../document.ts';
import { attributeOf, childOf, element, type XmlElement } from '../xml/element.ts';
import type { Kept } from '../xml/kept.ts';
import { Notes } from '../xml/notes.ts';
import { tracksLength, tracksOf } from '../xml/place.ts';
import { mediaTracks } from './read-nested.ts';
import { readTracks } from './read-storyline.ts';
import { startReading } from './reading.ts';
import { formatRate } from './resources.ts';
import { ofFrames, parseSeconds, writeSeconds, zero, type Seconds } from './seconds.ts';
import type { FcpxWriting, WriteTracks } from './writing.ts';

export type Reference = {
  readonly name: string;
  readonly ref: string | null;
  readonly rate: Rational;
  /** Its own time at which its tracks begin. */
  readonly base: Seconds;
  readonly content: readonly XmlElement[];
};

export function writeReference(item: DocumentStack, kept: Kept, rate: Rational, writing: FcpxWriting, writeTracks: WriteTracks): Reference {
  const name = kept.text('element');
  if (name === 'sync-clip' || name === 'clip') {
    const own = formatRate(writing.resources, kept.attributes['format'] ?? null) ?? rate;
    const base = parseSeconds(kept.text('base')) ?? zero;
    const story = writeTracks(tracksOf(item.tracks), base, own, writing);
    return { name, ref: null, rate: own, base, content: kept.json['hasSpine'] === true ? [element('spine', {}, story)] : story };
  }
  const ref = kept.attributes['ref'] ?? null;
  const media = ref === null ? undefined : writing.resources.get(ref);
  if ((name === 'ref-clip' || name === 'mc-clip') && ref !== null && media?.name === 'media' && showsSame(item, media, element(name, {}, kept.elements), rate, writing)) {
    const inner = childOf(media, 'sequence') ?? childOf(media, 'multicam');
    return { name, ref, rate: (inner && formatRate(writing.resources, attributeOf(inner, 'format'))) ?? rate, base: parseSeconds(inner && attributeOf(inner, 'tcStart')) ?? zero, content: [] };
  }
  if (name === 'mc-clip') writing.losses.add(item.name, 'is a multicam that was changed: its seen angle is written as a compound clip');
  const made = writing.once(['media', item.name, item.tracks], (id) => {
    const tracks = tracksOf(item.tracks);
    const story = writeTracks(tracks, zero, rate, writing);
    const duration = writeSeconds(ofFrames(tracksLength(tracks, rate), rate), rate);
    return element('media', { id, name: item.name }, [element('sequence', { format: writing.format(rate), duration, tcStart: '0s', tcFormat: 'NDF' }, [element('spine', {}, story)])]);
  });
  return { name: 'ref-clip', ref: made, rate, base: zero, content: [] };
}

function showsSame(item: DocumentStack, media: XmlElement, clip: XmlElement, rate: Rational, writing: FcpxWriting): boolean {
  const bare = (value: unknown): string => JSON.stringify(value, (key, part: unknown) => (key === 'line' ? undefined : part));
  const tracks = mediaTracks(media, clip, rate, startReading(writing.resources, '', new Notes()), readTracks);
  return bare(tracks ?? []) === bare(item.tracks);
}
