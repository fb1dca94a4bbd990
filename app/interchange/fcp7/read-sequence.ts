/** A `sequence`, the timeline itself or one nested in a clip: its tracks, and what else it says. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentTrack } from '../document.ts';
import type { JsonObject } from '../json.ts';
import { attributeOf, childOf, elementsOf, textAt, toJson, type XmlElement } from '../xml/element.ts';
import { compact, keepRest } from '../xml/kept.ts';
import { readTrack } from './read-track.ts';
import type { Fcp7Nested, Fcp7Reading } from './reading.ts';
import { readRate } from './values.ts';

/** Pictures bottom first, then sounds. */
export function readTracks(sequence: XmlElement, rate: Rational, reading: Fcp7Reading): DocumentTrack[] {
  reading.open.add(sequence);
  const tracks = (['video', 'audio'] as const).flatMap((type) => {
    const media = childOf(sequence, 'media', type);
    return media ? elementsOf(media, 'track').flatMap((track) => readTrack(track, type, rate, reading)) : [];
  });
  reading.open.delete(sequence);
  return tracks;
}

export function readNested(sequence: XmlElement, rate: Rational, reading: Fcp7Reading): Fcp7Nested {
  const tracks = readTracks(sequence, readRate(sequence) ?? rate, reading);
  return { tracks, rest: { name: textAt(sequence, 'name') ?? '', ...restOfSequence(sequence, []) } };
}

/** What the model has no place for; `modelled` names further children that it has. */
export function restOfSequence(sequence: XmlElement, modelled: readonly string[]): JsonObject {
  const part = (type: string): JsonObject | null => {
    const media = childOf(sequence, 'media', type);
    return media && { ...keepRest(media, { children: ['track'] }), isThere: true };
  };
  const timecode = childOf(sequence, 'timecode');
  return compact({
    id: attributeOf(sequence, 'id'), ...keepRest(sequence, { attributes: ['id'], children: ['name', 'duration', 'media', 'timecode', ...modelled] }),
    timecode: timecode && toJson(timecode), video: part('video'), audio: part('audio'),
  });
}
