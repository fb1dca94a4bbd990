/** Tracks as one storyline with everything else connected to it: one track is the spine, each other has a lane above or below. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentTrack, DocumentTransition, Marker } from '../document.ts';
import { asObject } from '../json.ts';
import { element, type XmlElement } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import { emptyTrack, placeItems, tracksLength, type PlacedItem } from '../xml/place.ts';
import { add, ofFrames, subtract, toFrames, writeSeconds, type Seconds } from './seconds.ts';
import { writeItem, type WrittenItem } from './write-clip.ts';
import { writeMarker } from './write-marks.ts';
import { groupsOf, startOf, type Group } from './write-groups.ts';
import { ownTime } from './write-time.ts';
import type { FcpxWriting } from './writing.ts';

type Anchor = { readonly start: number; readonly end: number; readonly written: WrittenItem; readonly more: XmlElement[] };

/** `base` is the time of the first frame. `markers` are hung on what lies below them. */
export function writeTracks(tracks: readonly DocumentTrack[], base: Seconds, rate: Rational, writing: FcpxWriting, markers: readonly Marker[] = []): XmlElement[] {
  const primary = tracks.find((track) => asObject(track.metadata['fcpx'])?.['primary'] === true) ?? tracks.find((track) => track.type === 'video') ?? emptyTrack('video', []);
  const connected = lanesOf(tracks, primary).flatMap(([track, lane]) => groupsOf(placed(track, rate, writing)).map((group): [Group, number, DocumentTrack] => [group, lane, track]));
  const placedMarkers = markers.map((marker): [Marker, number] => [marker, toFrames(ofFrames(marker.range.start, marker.range.rate), rate)]);
  const reach = largest([...connected.map(([group]) => startOf(group) + 1), ...placedMarkers.map(([, at]) => at + 1)]);
  const spine = withEnd(placed(primary, rate, writing), reach, rate);
  const ends = [...spine, ...connected.flatMap(([group]) => group.items)].map((item) => (item.kind === 'lasting' ? item.start + item.duration : 0));
  if (largest(ends) < tracksLength(tracks, rate)) writing.losses.add('timeline', 'the gap at its end is left out');
  const isSound = primary.type === 'audio';
  const story = spine.map((item): Anchor | XmlElement => (item.kind === 'transition'
    ? writeTransition(item.item, add(base, ofFrames(item.start - item.before, rate)), item.before + item.after, rate)
    : { start: item.start, end: item.start + item.duration, more: [], written: write(item, add(base, ofFrames(item.start, rate)), null, isSound, rate, writing) }));
  const anchors = story.filter((item): item is Anchor => 'written' in item);
  for (const [group, lane, track] of connected) {
    const anchor = anchorAt(anchors, startOf(group));
    if (!anchor) continue;
    const { start, factor } = anchor.written;
    const offset = ownTime(start, ofFrames(startOf(group) - anchor.start, rate), factor);
    const child = writeGroup(group, offset, lane, track.type === 'audio', rate, writing);
    if (child) anchor.more.push(child);
  }
  for (const [marker, at] of placedMarkers) {
    const anchor = anchorAt(anchors, at);
    if (!anchor) continue;
    const shift = subtract(ofFrames(anchor.start, rate), anchor.written.start);
    anchor.more.push(writeMarker(marker, { shift, map: null }, writing));
  }
  return story.map((item) => ('written' in item ? item.written.finish(item.more) : item));
}

/** Tracks after the spine lie above it, those before below; sounds lie lowest. */
function lanesOf(tracks: readonly DocumentTrack[], primary: DocumentTrack): [DocumentTrack, number][] {
  const pictures = tracks.filter((track) => track.type === 'video');
  const at = pictures.indexOf(primary);
  const below = Math.max(at, 0);
  const sounds = tracks.filter((track) => track.type === 'audio' && track !== primary);
  return [
    ...pictures.flatMap((track, index): [DocumentTrack, number][] => (track === primary ? [] : [[track, index < at ? index - at : index - at]])),
    ...sounds.map((track, index): [DocumentTrack, number] => [track, -below - index - 1]),
  ];
}

function placed(track: DocumentTrack, rate: Rational, writing: FcpxWriting): PlacedItem[] {
  const name = track.name || `${track.type} track`;
  if (track.name) writing.losses.add(name, 'names of tracks are left out');
  if (track.markers.length > 0 || track.effects.length > 0) writing.losses.add(name, 'markers and effects of tracks are left out');
  const items = placeItems(track.items, rate, writing.losses);
  if (track.isEnabled) return items;
  writing.losses.add(name, 'is a disabled track: its clips are disabled one by one');
  return items.map((item) => (item.kind === 'lasting' && item.item.kind !== 'gap' ? { ...item, item: { ...item.item, isEnabled: false } } : item));
}

/** What hangs on the spine needs something to hang on. */
function withEnd(spine: readonly PlacedItem[], reach: number, rate: Rational): PlacedItem[] {
  const end = largest(spine.map((item) => (item.kind === 'lasting' ? item.start + item.duration : 0)));
  return reach > end ? [...spine, { kind: 'lasting', item: gap(reach - end, rate), start: end, duration: reach - end }] : [...spine];
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function gap(frames: number, rate: Rational): { kind: 'gap'; name: string; isEnabled: true; duration: { value: number; rate: Rational }; effects: []; markers: []; metadata: Record<string, never> } {
  return { kind: 'gap', name: '', isEnabled: true, duration: { value: frames, rate }, effects: [], markers: [], metadata: {} };
}

function write(item: Extract<PlacedItem, { kind: 'lasting' }>, offset: Seconds, lane: number | null, isSound: boolean, rate: Rational, writing: FcpxWriting): WrittenItem {
  const slot = { offset, lane, frames: item.duration, isSound };
  const written = writeItem(item.item, slot, rate, writing, writeTracks) ?? writeItem(gap(item.duration, rate), slot, rate, writing, writeTracks);
  if (!written) throw new RangeError('a gap can always be written');
  return written;
}

/** Null for a generator by itself, of which nothing would be seen. */
function writeGroup(group: Group, offset: Seconds, lane: number, isSound: boolean, rate: Rational, writing: FcpxWriting): XmlElement | null {
  const [only] = group.items;
  if (!group.isStoryline) return only?.kind === 'lasting' ? (writeItem(only.item, { offset, lane, frames: only.duration, isSound }, rate, writing, writeTracks)?.finish([]) ?? null) : null;
  const origin = startOf(group);
  const children = group.items.map((item) => (item.kind === 'transition'
    ? writeTransition(item.item, ofFrames(item.start - item.before - origin, rate), item.before + item.after, rate)
    : write(item, ofFrames(item.start - origin, rate), null, isSound, rate, writing).finish([])));
  return element('spine', { lane: String(lane), offset: writeSeconds(offset, rate), ...group.attributes }, children);
}

function writeTransition(item: DocumentTransition, offset: Seconds, frames: number, rate: Rational): XmlElement {
  const kept = new Kept(item.metadata['fcpx']);
  const name = item.name || (item.type.kind === 'wipe' ? 'Wipe' : 'Cross Dissolve');
  return element('transition', { name, offset: writeSeconds(offset, rate), duration: writeSeconds(ofFrames(frames, rate), rate), ...kept.attributes }, kept.elements);
}

function anchorAt(anchors: readonly Anchor[], frame: number): Anchor | undefined {
  return anchors.find((anchor) => anchor.start <= frame && frame < anchor.end) ?? anchors.at(-1);
}
