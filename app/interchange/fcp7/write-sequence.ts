/** Tracks as a `sequence`: the timeline itself, or one nested in a clip. */
import { countLabelAt, formatTimecode } from '../../domain/timecode.ts';
import { sameRational, type Rational } from '../../domain/rational.ts';
import type { StartLabel } from '../../domain/timeline.ts';
import type { DocumentStack, DocumentTrack, Marker } from '../document.ts';
import { asObject, type JsonObject } from '../json.ts';
import { element, fromJson, textElement, type XmlElement } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import { placeItems, tracksOf, type PlacedItem, type PlacedTransition } from '../xml/place.ts';
import { writeMarker } from './markers.ts';
import { startOf } from './read.ts';
import { writeTransition } from './transitions.ts';
import { readRate, writeRate } from './values.ts';
import { writeClip } from './write-clip.ts';
import type { Fcp7Writing } from './writing.ts';

export type SequenceParts = {
  readonly name: string;
  readonly rate: Rational;
  readonly start: StartLabel | null;
  readonly tracks: readonly DocumentTrack[];
  readonly markers: readonly Marker[];
  /** What the reader kept of it. */
  readonly rest: JsonObject | null;
};

export function writeSequence(parts: SequenceParts, id: string | null, writing: Fcp7Writing): XmlElement {
  const kept = new Kept(parts.rest);
  const hasRate = kept.child('rate') !== null;
  let length = 0;
  const media = (['video', 'audio'] as const).map((type): XmlElement | null => {
    const rows = parts.tracks.filter((track) => track.type === type).map((track, index) => {
      const placed = placeItems(track.items, parts.rate, writing.losses);
      for (const item of placed) if (item.kind === 'lasting') length = Math.max(length, item.start + item.duration);
      return writeTrack(track, placed, index + 1, parts.rate, writing);
    });
    const own = asObject(kept.json[type]);
    const rest = new Kept(own);
    return rows.length > 0 || own ? element(type, rest.attributes, [...rest.elements, ...rows]) : null;
  });
  return element('sequence', { id, ...kept.attributes }, [
    textElement('name', parts.name), textElement('duration', length), hasRate ? null : writeRate(parts.rate), writeStart(parts, kept),
    element('media', {}, media), ...kept.elements, ...parts.markers.map((marker) => writeMarker(marker, parts.rate, { value: 0, rate: parts.rate })),
  ]);
}

function writeStart({ start, rate }: SequenceParts, kept: Kept): XmlElement | null {
  const timecode = fromJson(kept.json['timecode']);
  const said = startOf(timecode, rate);
  if (!start) return timecode;
  if (said && said.frame === start.frame && said.dropFrame === start.dropFrame && sameRational(said.rate, start.rate)) return timecode;
  const label = countLabelAt(start, rate);
  return element('timecode', {}, [
    writeRate(rate), textElement('string', formatTimecode(label.frame, rate, label.dropFrame)), textElement('frame', label.frame), textElement('displayformat', label.dropFrame ? 'DF' : 'NDF'),
  ]);
}

function writeTrack(track: DocumentTrack, placed: readonly PlacedItem[], number: number, rate: Rational, writing: Fcp7Writing): XmlElement {
  const kept = new Kept(track.metadata['fcp7']);
  const inherited = readRate(element('track', {}, kept.elements)) ?? rate;
  const name = track.name || `${track.type} track ${number}`;
  if (track.markers.length > 0 || track.effects.length > 0) writing.losses.add(name, 'markers and effects of tracks are left out');
  const around = { rate, inherited, writing, writeNested: (stack: DocumentStack) => writeNested(stack, rate, writing) };
  const written: XmlElement[] = [];
  let leading: PlacedTransition | null = null;
  const transitions = placed.map((_, index) => transitionAt(placed, index));
  if (placed.at(-1)?.kind === 'lasting' && !isClip(placed.at(-1))) writing.losses.add(name, 'the gap at its end is left out');
  for (const [index, item] of placed.entries()) {
    if (item.kind === 'transition') {
      leading = transitions[index] ?? null;
      if (!leading) writing.losses.add(item.item.name || 'transition', 'lies beside no clip, or has no length, and is left out');
      else if (!isClip(placed[index + 1])) written.push(writeTransition(leading, rate, track.type));
      continue;
    }
    const { item: lasting } = item;
    const trailing = transitions[index + 1] ?? null;
    if (lasting.kind === 'gap') {
      if (lasting.markers.length > 0 || lasting.effects.length > 0) writing.losses.add(lasting.name || 'gap', 'markers and effects of gaps are left out');
    } else {
      const { clip, id, before } = writeClip({ ...item, item: lasting }, { before: leading?.before ?? null, after: trailing?.after ?? null }, around);
      if (leading) written.push(writeTransition({ ...leading, before: before ?? leading.before }, rate, track.type));
      written.push(clip);
      writing.place(id, { type: track.type, track: number, clip: written.length });
    }
    leading = null;
  }
  // Hiero names a track by an element, Premiere by an attribute.
  const named = kept.elements.map((item) => (item.name === 'name' ? textElement('name', track.name) : item));
  const attributes = { ...kept.attributes, 'MZ.TrackName': kept.child('name') ? null : track.name || null };
  return element('track', attributes, [...written, textElement('enabled', track.isEnabled ? 'TRUE' : 'FALSE'), ...named]);
}

/** A gap is nothing here, so a transition reaches over clips only. Null where nothing is left of it. */
function transitionAt(placed: readonly PlacedItem[], index: number): PlacedTransition | null {
  const item = placed[index];
  if (item?.kind !== 'transition') return null;
  const [before, after] = [isClip(placed[index - 1]) ? item.before : 0, isClip(placed[index + 1]) ? item.after : 0];
  return before + after > 0 ? { item: item.item, start: item.start, before, after } : null;
}

function isClip(item: PlacedItem | undefined): boolean {
  return item?.kind === 'lasting' && item.item.kind !== 'gap';
}

function writeNested(stack: DocumentStack, rate: Rational, writing: Fcp7Writing): XmlElement {
  const rest = asObject(asObject(stack.metadata['fcp7'])?.['sequence']);
  const kept = new Kept(rest);
  const own = readRate(element('sequence', {}, kept.elements)) ?? rate;
  const name = kept.text('name') ?? stack.name;
  return writing.once('sequence', [name, rest, stack.tracks], kept.text('id'), (id) => writeSequence({ name, rate: own, start: null, tracks: tracksOf(stack.tracks), markers: [], rest }, id, writing));
}
