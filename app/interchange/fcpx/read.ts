/** Final Cut Pro's XML, 1.8 to 1.14: the first project of a file, or its one clip where it holds none. */
import { StringoutError } from '../../base/errors.ts';
import { formatRational, rational, type Rational } from '../../domain/rational.ts';
import type { StartLabel } from '../../domain/timeline.ts';
import type { Marker, ReadDocument, ReadOptions, TimelineDocument } from '../document.ts';
import { asObject } from '../json.ts';
import { countClips } from '../measure.ts';
import { attributeOf, childOf, descendants, element, elementsOf, isElement, toJson, type XmlElement } from '../xml/element.ts';
import { keepRest } from '../xml/kept.ts';
import { Notes } from '../xml/notes.ts';
import { parseXml } from '../xml/parse.ts';
import { anchorNames } from './content.ts';
import { markerNames, readMarkers } from './read-marks.ts';
import { readTracks } from './read-storyline.ts';
import { startReading } from './reading.ts';
import { formatRate, resourceRate, resourcesOf, type Resources } from './resources.ts';
import { parseSeconds, subtract, toFrames, writeSeconds, zero } from './seconds.ts';

/** Stands for the timeline in what is kept of the rest of the file. */
export const placeholder = 'timeline';

/** Elements that 1.11, which is written, does not know: a file that has one keeps its own version. */
export const newerNames: readonly string[] = ['adjust-voiceIsolation', 'adjust-stereo-3D', 'hidden-clip-marker', 'live-drawing'];

/** Throws `list.invalid` or `input.unsupported`, naming the file and, where known, the line. */
export function readFcpxml(text: string, options: ReadOptions): ReadDocument {
  const root = parseXml(text, options.path);
  if (root.name !== 'fcpxml') throw new StringoutError('input.unsupported', `is XML of another kind (<${root.name}>), not a Final Cut Pro timeline (<fcpxml>)`, { file: options.path });
  const notes = new Notes();
  const version = attributeOf(root, 'version') ?? '';
  const minor = /^1\.(\d{1,3})$/.exec(version)?.[1];
  if (minor === undefined || Number(minor) < 8 || Number(minor) > 14) notes.add(`has the version ${JSON.stringify(version)}; it is read as one of 1.8 to 1.14`, root);
  const resources = resourcesOf(root);
  const [timeline, ...others] = timelinesOf(root);
  if (!timeline) throw new StringoutError('list.invalid', 'holds no project and no clip', { file: options.path });
  for (const other of others) notes.add(`${JSON.stringify(attributeOf(other, 'name') ?? '')} is not read: only the first ${timeline.name === 'project' ? 'project' : 'clip'} of a file is`, other);

  const reading = startReading(resources, options.path, notes);
  const sequence = childOf(timeline, 'sequence');
  const inner = timeline.name === 'project' ? sequence : timeline;
  if (!inner) throw new StringoutError('list.invalid', 'has a project without a sequence', { file: options.path, line: timeline.line ?? undefined });
  const rate = rateOf(inner, resources) ?? guessRate(options, notes, inner);
  const base = parseSeconds(attributeOf(inner, 'tcStart'));
  const { offset: _, ...bare } = timeline.attributes;
  const story = timeline.name === 'project' ? elementsOf(childOf(inner, 'spine') ?? inner) : [{ ...timeline, attributes: bare }];
  const tracks = readTracks(story, (timeline.name === 'project' ? base : null) ?? zero, rate, reading);
  const isProject = timeline.name === 'project';
  const { version: __, ...rootAttributes } = root.attributes;
  const unversioned = { ...root, attributes: rootAttributes };
  const document: TimelineDocument = {
    name: attributeOf(timeline, 'name') ?? '', rate, start: isProject && base ? startLabel(inner, toFrames(base, rate), rate) : null, tracks,
    markers: isProject ? readMarkersOf(inner, rate) : [],
    metadata: {
      fcpx: {
        root: toJson(withPlaceholder(unversioned, isProject ? inner : timeline)), ...(isProject ? {} : { isStandalone: true }),
        ...(isProject ? { sequence: keepRest(inner, { attributes: ['duration', 'tcStart', 'tcFormat'], children: ['spine', ...markerNames] }), ...(base ? { tcStart: writeSeconds(base) } : {}) } : {}),
        ...([...descendants(root)].some((item) => newerNames.includes(item.name)) ? { version } : {}),
      },
    },
  };
  return { document, events: countClips(tracks), diagnostics: notes.list() };
}

function startLabel(sequence: XmlElement, frame: number, rate: Rational): StartLabel {
  return { frame, rate, dropFrame: attributeOf(sequence, 'tcFormat') === 'DF' };
}

/** Some programs put markers into the sequence itself; they count from its start like its storyline. */
function readMarkersOf(sequence: XmlElement, rate: Rational): Marker[] {
  const markers = readMarkers(sequence, { shift: subtract(zero, parseSeconds(attributeOf(sequence, 'tcStart')) ?? zero), map: null }, [rate]);
  return markers.map((marker) => ({ ...marker, metadata: { fcpx: { ...asObject(marker.metadata['fcpx']), isInSequence: true } } }));
}

/** Projects in the order of the file; where there is none, clips. */
function timelinesOf(root: XmlElement): XmlElement[] {
  const below = (item: XmlElement, names: readonly string[]): XmlElement[] => elementsOf(item).flatMap((child) => {
    if (names.includes(child.name)) return [child];
    return child.name === 'library' || child.name === 'event' ? below(child, names) : [];
  });
  const projects = below(root, ['project']);
  return projects.length > 0 ? projects : below(root, anchorNames.filter((name) => name !== 'spine'));
}

function rateOf(timeline: XmlElement, resources: Resources): Rational | null {
  const ref = attributeOf(timeline, 'ref');
  const inner = elementsOf(timeline)[0];
  return formatRate(resources, attributeOf(timeline, 'format')) ?? resourceRate(resources, ref === null ? undefined : resources.get(ref))
    ?? (timeline.name === 'sequence' || !inner ? null : rateOf(inner, resources));
}

function guessRate(options: ReadOptions, notes: Notes, timeline: XmlElement): Rational {
  const rate = options.sourceRate ?? rational(25);
  notes.add(`tells no rate: ${formatRational(rate)} is used`, timeline);
  return rate;
}

/** Everything but the timeline, which is written anew. */
function withPlaceholder(item: XmlElement, timeline: XmlElement): XmlElement {
  if (item === timeline) return element(placeholder);
  return { ...item, children: item.children.map((child) => (isElement(child) ? withPlaceholder(child, timeline) : child)) };
}
