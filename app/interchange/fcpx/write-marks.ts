/** Markers, effects, sound level and log of a clip, as its children. */
import type { DocumentClip, DocumentStack, Effect, Marker } from '../document.ts';
import { element, fromJson, textElement, type XmlElement } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import { fromMedia, toMedia, type ClipTime } from './clip-time.ts';
import { logKeys, readCdl, readGain } from './read-marks.ts';
import { compare, ofFrames, parseSeconds, toFrames, writeSeconds, type Seconds } from './seconds.ts';
import type { FcpxWriting } from './writing.ts';

export function writeMarker(marker: Marker, time: ClipTime, writing: FcpxWriting): XmlElement {
  const kept = new Kept(marker.metadata['fcpx']);
  const { range } = marker;
  if (marker.color !== null) writing.losses.add(marker.name || 'marker', 'colours of markers are left out');
  const said = parseSeconds(kept.text('start'));
  const isSame = said !== null && toFrames(toMedia(time, said), range.rate) === range.start;
  const start: Seconds = isSame ? said : fromMedia(time, ofFrames(range.start, range.rate));
  const duration = range.duration > 0 ? ofFrames(range.duration, range.rate) : ofFrames(1, writing.rate);
  return element(kept.text('element') === 'chapter-marker' ? 'chapter-marker' : 'marker', {
    start: writeSeconds(start), duration: writeSeconds(duration, writing.rate), value: marker.name, note: marker.comment || null, ...kept.attributes,
  }, kept.elements);
}

/** Without speed, which changes the clip's own clock. */
export function writeEffects(item: DocumentClip | DocumentStack, writing: FcpxWriting): XmlElement[] {
  return item.effects.flatMap((effect) => {
    if (effect.kind === 'speed') return [];
    const kept = fromJson(new Kept(effect.metadata['fcpx']).json['effect']);
    if (kept && (effect.kind === 'other' || sameGrade(effect, kept))) return [kept];
    writing.losses.add(item.name, effect.kind === 'cdl' ? 'the grade (ASC CDL) is left out' : `the effect ${JSON.stringify(effect.name)} is left out`);
    return [];
  });
}

function sameGrade(effect: Effect, filter: XmlElement): boolean {
  const bare = (grade: Effect | null): string => JSON.stringify({ ...grade, metadata: null });
  return bare(readCdl(filter)) === bare(effect);
}

/** Null where it is as loud as recorded and nothing was kept. */
export function writeVolume(gain: number | null, kept: Kept): XmlElement | null {
  const volume = fromJson(kept.json['volume']);
  if (gain === null || gain === readGain(volume)) return volume;
  return element('adjust-volume', { amount: `${Number(gain.toFixed(6))}dB` }, volume?.children ?? []);
}

export function writeNote(item: DocumentClip): XmlElement | null {
  return item.note === null ? null : textElement('note', item.note);
}

/** Reel, scene and take first, then what was kept. */
export function writeMetadata(item: DocumentClip, kept: Kept): XmlElement | null {
  const log = (['reel', 'scene', 'take'] as const).flatMap((name) => {
    const value = item[name];
    return value === null ? [] : [element('md', { key: logKeys[name], value })];
  });
  const rest = kept.child('metadata');
  return log.length > 0 ? { ...(rest ?? element('metadata')), children: [...log, ...(rest?.children ?? [])] } : rest;
}

export function sameTime(a: Seconds, b: Seconds): boolean {
  return compare(a, b) === 0;
}
