/** Writes Final Cut Pro's XML, version 1.11. */
import { sameRational, type Rational } from '../../domain/rational.ts';
import { countLabelAt } from '../../domain/timecode.ts';
import type { DocumentTrack, TimelineDocument, WrittenDocument } from '../document.ts';
import { asObject, asString } from '../json.ts';
import { descendants, element, fromJson, mapElements, type XmlElement } from '../xml/element.ts';
import { Kept } from '../xml/kept.ts';
import { tracksLength, tracksOf } from '../xml/place.ts';
import { timelineRate } from '../xml/timeline-rate.ts';
import { writeXml } from '../xml/write.ts';
import { inOrder } from './order.ts';
import { newerNames, placeholder } from './read.ts';
import { formatRate, resourcesOf } from './resources.ts';
import { ofFrames, parseSeconds, toFrames, writeSeconds, zero } from './seconds.ts';
import { writeMarker } from './write-marks.ts';
import { writeTracks } from './write-storyline.ts';
import { FcpxWriting } from './writing.ts';

const version = '1.11';
/** What `readFcpxml` kept, the rest of the file included, is given back where it still fits what the timeline says. */
export function writeFcpxml(document: TimelineDocument): WrittenDocument {
  const rate = timelineRate(document);
  const kept = asObject(document.metadata['fcpx']);
  const skeleton = skeletonOf(kept?.['root']);
  const tracks = tracksOf(document.tracks);
  const writing = new FcpxWriting(rate, resourcesOf(skeleton), tracks.some((track) => track.type === 'audio' && track.items.some((item) => item.kind === 'clip')));
  const isInside = (marker: TimelineDocument['markers'][number]): boolean => asObject(marker.metadata['fcpx'])?.['isInSequence'] === true;
  const hung = document.markers.filter((marker) => !isInside(marker));
  if (hung.length > 0) writing.losses.add('timeline', 'markers of the timeline are written on the clips below them');

  const start = document.start ? ofFrames(countLabelAt(document.start, rate).frame, rate) : zero;
  const story = writeTracks(tracks, kept?.['isStandalone'] === true ? zero : start, rate, writing, hung);
  const sequence = sequenceOf(document, tracks, story, rate, writing);
  const [only] = story;
  const isStandalone = kept?.['isStandalone'] === true && only !== undefined && story.length === 1;
  const content = isStandalone ? withoutOffset(only) : sequence;
  const root = mapElements(skeleton, (item) => {
    if (item.name === placeholder) return isStandalone || kept?.['isStandalone'] !== true ? content : element('project', { name: document.name }, [content]);
    if (item.name === 'resources') return { ...item, children: [...writing.resources.values()] };
    return item.name === 'project' && item.children.includes(content) ? { ...item, attributes: { ...item.attributes, name: document.name } } : item;
  }) ?? skeleton;
  const isNewer = [...descendants(root)].some((item) => newerNames.includes(item.name));
  return { text: writeXml({ ...root, attributes: { version: (isNewer ? asString(kept?.['version']) : null) ?? version, ...root.attributes } }), losses: writing.losses.list() };
}

/** The rest of the file that the timeline was read from, else an event of its own. */
function skeletonOf(json: unknown): XmlElement {
  const kept = fromJson(json);
  if (kept?.name === 'fcpxml' && [...descendants(kept)].some((item) => item.name === placeholder)) {
    return kept.children.some((child) => typeof child === 'object' && 'name' in child && child.name === 'resources') ? kept : { ...kept, children: [element('resources'), ...kept.children] };
  }
  return element('fcpxml', {}, [element('resources'), element('library', {}, [element('event', { name: 'Stringout' }, [element('project', {}, [element(placeholder)])])])]);
}

function sequenceOf(document: TimelineDocument, tracks: readonly DocumentTrack[], story: readonly XmlElement[], rate: Rational, writing: FcpxWriting): XmlElement {
  const kept = new Kept(asObject(document.metadata['fcpx'])?.['sequence']);
  const { format, ...attributes } = kept.attributes;
  const own = format === undefined ? null : formatRate(writing.resources, format);
  const { start } = document;
  const said = parseSeconds(asString(asObject(document.metadata['fcpx'])?.['tcStart']));
  const frame = start ? countLabelAt(start, rate).frame : null;
  const first = said && frame !== null && toFrames(said, rate) === frame ? said : frame === null ? null : ofFrames(frame, rate);
  return element('sequence', {
    format: format !== undefined && (own === null || sameRational(own, rate)) ? format : writing.format(rate),
    duration: writeSeconds(ofFrames(tracksLength(tracks, rate), rate), rate), tcStart: first && writeSeconds(first, rate), tcFormat: start ? (start.dropFrame ? 'DF' : 'NDF') : null,
    ...attributes,
  }, inOrder([
    element('spine', {}, story), ...kept.elements,
    ...document.markers.filter((marker) => asObject(marker.metadata['fcpx'])?.['isInSequence'] === true).map((marker) => writeMarker(marker, { shift: start ? { num: -(first ?? zero).num, den: (first ?? zero).den } : zero, map: null }, writing)),
  ]));
}

function withoutOffset(item: XmlElement): XmlElement {
  const { offset: _, ...attributes } = item.attributes;
  return { ...item, attributes };
}
