/** A clip, gap or nested timeline as an element of a storyline. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentClip, DocumentGap, DocumentStack } from '../document.ts';
import { asObject } from '../json.ts';
import { element, elementsFromJson, fromJson, type Attributes, type XmlElement, type XmlNode } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import type { Lasting } from '../xml/place.ts';
import type { ClipTime } from './clip-time.ts';
import { contentOf } from './content.ts';
import { inOrder } from './order.ts';
import { readMedia } from './read-media.ts';
import { ofFrames, parseSeconds, subtract, toFrames, writeSeconds, zero, type Seconds } from './seconds.ts';
import { conformFactor } from './time-map.ts';
import { writeEffects, writeMarker, writeMetadata, writeNote, writeVolume } from './write-marks.ts';
import { writeReference } from './write-nested.ts';
import { writeTime } from './write-time.ts';
import { withRef, type FcpxWriting, type WriteTracks } from './writing.ts';

/** `offset` is in the parent's time; a lane of null is that of the storyline itself. */
export type Slot = { readonly offset: Seconds; readonly lane: number | null; readonly frames: number; readonly isSound: boolean };
export type WrittenItem = {
  readonly start: Seconds;
  readonly factor: Seconds;
  readonly time: ClipTime;
  /** With what is connected to it, and more markers. */
  readonly finish: (more: readonly XmlElement[]) => XmlElement;
};
/** A start of zero goes without saying, unless the clip's own time begins elsewhere. */
type Built = { readonly name: string; readonly ref: string | null; readonly start: Seconds | null; readonly time: ClipTime; readonly begins: Seconds; readonly hasOwnStart: boolean; readonly attributes: Attributes; readonly children: readonly (XmlNode | null)[] };

/** Null for a generator that Final Cut has no element for. */
export function writeItem(item: Lasting, slot: Slot, rate: Rational, writing: FcpxWriting, writeTracks: WriteTracks): WrittenItem | null {
  const kept = new Kept(item.metadata['fcpx']);
  const built = item.kind === 'gap' ? buildGap(item, kept, rate, writing) : item.kind === 'stack' ? buildStack(item, kept, slot, rate, writing, writeTracks) : buildClip(item, kept, slot, rate, writing);
  if (!built) return null;
  const audition = asObject(kept.json['audition']);
  const outer: Attributes = { lane: slot.lane === null ? null : String(slot.lane), offset: writeSeconds(slot.offset, rate) };
  const attributes: Attributes = {
    ref: built.ref, ...(audition ? {} : outer), name: item.name || null, start: built.start && (built.start.num !== 0n || built.hasOwnStart) ? writeSeconds(built.start, rate) : null,
    duration: writeSeconds(ofFrames(slot.frames, rate), rate), enabled: item.isEnabled ? null : '0', ...built.attributes,
  };
  return {
    start: built.begins, time: built.time, factor: conformFactor(element(built.name, {}, built.children), rate),
    finish: (more) => {
      const markers = item.markers.map((marker) => writeMarker(marker, built.time, writing));
      const clip = element(built.name, attributes, inOrder([...built.children.filter((child) => child !== null), ...markers, ...more]));
      return audition ? element('audition', { ...outer, ...new Kept(audition).attributes }, [clip, ...elementsFromJson(audition['kept'])]) : clip;
    },
  };
}

function buildGap(item: DocumentGap, kept: Kept, rate: Rational, writing: FcpxWriting): Built {
  if (item.effects.length > 0) writing.losses.add(item.name || 'gap', 'effects of gaps are left out');
  const isFresh = !asObject(item.metadata['fcpx']);
  // An hour, as Final Cut writes it, leaves room before the gap for what hangs on it.
  const hour = ofFrames(toFrames({ num: 3600n, den: 1n }, rate), rate);
  const start = isFresh ? hour : parseSeconds(kept.text('start'));
  const begins = start ?? zero;
  return { name: 'gap', ref: null, start, begins, hasOwnStart: true, time: { shift: subtract(zero, begins), map: null }, attributes: { ...(isFresh && !item.name ? { name: 'Gap' } : {}), ...kept.attributes }, children: kept.elements };
}

function buildStack(item: DocumentStack, kept: Kept, slot: Slot, rate: Rational, writing: FcpxWriting, writeTracks: WriteTracks): Built {
  const reference = writeReference(item, kept, rate, writing, writeTracks);
  const source = { shift: subtract(zero, reference.base), first: reference.base, mediaRate: reference.rate };
  const written = writeTime(item, ofFrames(slot.frames, rate), source, rate, writing);
  const isHeard = slot.isSound && !item.tracks.every((track) => track.kind === 'track' && track.type === 'audio');
  const { ref: _, ...attributes } = kept.attributes;
  return {
    name: reference.name, ref: reference.ref, start: written.start, begins: written.start, hasOwnStart: reference.base.num !== 0n, time: written.time,
    attributes: { ...(isHeard ? { srcEnable: 'audio' } : {}), ...attributes },
    children: [written.timeMap, ...writeEffects(item, writing), writeVolume(null, kept), ...reference.content, ...kept.elements],
  };
}

function buildClip(item: DocumentClip, kept: Kept, slot: Slot, rate: Rational, writing: FcpxWriting): Built | null {
  const old = new Kept(item.media.metadata['fcpx']).text('ref');
  if (item.media.kind === 'generator') return buildGenerator(item, kept, slot, rate, old, writing);
  const ref = writing.asset(item.media, item.name, old);
  const source = readMedia(ref, item.name, rate, writing.resources);
  const inner = kept.text('element') === 'clip' ? fromJson(kept.json['inner']) : null;
  const content = inner && contentOf(element('clip', {}, [inner]));
  const name = content ? 'clip' : ['video', 'audio'].includes(kept.text('element') ?? '') ? (kept.text('element') ?? '') : 'asset-clip';
  const shift = content ? subtract(content.start ?? source.start, content.offset) : zero;
  const written = writeTime(item, ofFrames(slot.frames, rate), { shift, first: content ? content.offset : source.start, mediaRate: source.rate }, rate, writing);
  const isFresh = !asObject(item.metadata['fcpx']);
  const isSound = name === 'audio' || content?.isSound === true || source.isSound || kept.attributes['srcEnable'] === 'audio';
  const part = slot.isSound && !isSound ? 'audio' : isFresh && writing.hasSoundTracks && !slot.isSound ? 'video' : null;
  return {
    name, ref: content ? null : ref, start: written.start, begins: written.start, hasOwnStart: (content ? content.offset : source.start).num !== 0n, time: written.time, attributes: { ...(part ? { srcEnable: part } : {}), ...kept.attributes },
    children: [
      writeNote(item), written.timeMap, ...writeEffects(item, writing), writeVolume(item.gain, kept),
      content && inner ? (old === null || old === ref ? inner : withRef(inner, old, ref)) : null, ...kept.without('metadata'), writeMetadata(item, kept),
    ],
  };
}

function buildGenerator(item: DocumentClip, kept: Kept, slot: Slot, rate: Rational, ref: string | null, writing: FcpxWriting): Built | null {
  const name = kept.text('element');
  if (name === null || (ref !== null && !writing.resources.has(ref))) {
    writing.losses.add(item.name || item.media.name, 'is a generator that this format has no name for: a gap is written');
    return null;
  }
  const inner = fromJson(kept.json['inner']);
  const content = inner && contentOf(element('clip', {}, [inner]));
  const shift = content ? subtract(content.start ?? zero, content.offset) : zero;
  const written = writeTime(item, ofFrames(slot.frames, rate), { shift, first: content?.offset ?? zero, mediaRate: null }, rate, writing);
  return {
    name, ref: content ? null : ref, start: written.start, begins: written.start, hasOwnStart: content !== null && content.offset.num !== 0n, time: written.time, attributes: kept.attributes,
    children: [writeNote(item), written.timeMap, ...writeEffects(item, writing), writeVolume(item.gain, kept), inner, ...kept.without('metadata'), writeMetadata(item, kept)],
  };
}
