/** Final Cut Pro 7's XML (xmeml 4 and 5), as Final Cut Pro, Premiere, Resolve, Hiero and many others write it. */
import { StringoutError } from '../../base/errors.ts';
import { formatRational, rational, type Rational } from '../../domain/rational.ts';
import type { StartLabel } from '../../domain/timeline.ts';
import type { ReadDocument, ReadOptions, TimelineDocument } from '../document.ts';
import { countClips } from '../measure.ts';
import { attributeOf, childOf, descendants, elementsOf, textAt, type XmlElement } from '../xml/element.ts';
import { compact } from '../xml/kept.ts';
import { Notes } from '../xml/notes.ts';
import { parseXml } from '../xml/parse.ts';
import { readMarkers } from './markers.ts';
import { isDropFrame, readBase } from './read-media.ts';
import { readNested, readTracks, restOfSequence } from './read-sequence.ts';
import { startReading } from './reading.ts';
import { readRate } from './values.ts';

/** The first sequence of the file. Throws `list.invalid` or `input.unsupported`, naming the file and, where known, the line. */
export function readFcp7(text: string, options: ReadOptions): ReadDocument {
  const root = parseXml(text, options.path);
  if (root.name !== 'xmeml') throw new StringoutError('input.unsupported', `is XML of another kind (<${root.name}>), not a Final Cut Pro 7 timeline (<xmeml>)`, { file: options.path });
  const notes = new Notes();
  const version = attributeOf(root, 'version');
  if (version !== '4' && version !== '5') notes.add(`has the version ${version ?? 'of none'}; it is read as version 5`, root);
  const [sequence, ...others] = sequencesOf(root);
  if (!sequence) throw new StringoutError('list.invalid', 'holds no sequence: export the sequence, not its clips', { file: options.path });
  for (const other of others) notes.add(`the sequence ${JSON.stringify(textAt(other, 'name') ?? '')} is not read: only the first of a file is`, other);

  const rate = readRate(sequence) ?? guessRate(sequence, options, notes);
  const reading = startReading(root, options.path, notes, (nested, inner) => readNested(nested, rate, inner));
  const tracks = readTracks(sequence, rate, reading);
  const document: TimelineDocument = {
    name: textAt(sequence, 'name') ?? '', rate, start: startOf(childOf(sequence, 'timecode'), rate), tracks,
    markers: readMarkers(sequence, rate, { value: 0, rate }, notes),
    metadata: { fcp7: compact(restOfSequence(sequence, ['marker', 'rate'])) },
  };
  return { document, events: countClips(tracks), diagnostics: notes.list() };
}

/** Those that stand for themselves: in the file, in a project, in bins. */
function sequencesOf(item: XmlElement): XmlElement[] {
  return elementsOf(item).flatMap((child) => (child.name === 'sequence' ? [child] : ['project', 'children', 'bin'].includes(child.name) ? sequencesOf(child) : []));
}

/** Null where there is no timecode. */
export function startOf(timecode: XmlElement | null, rate: Rational): StartLabel | null {
  if (!timecode) return null;
  const base = readBase(timecode, rate);
  return { frame: base.value, rate: base.rate, dropFrame: isDropFrame(timecode) };
}

function guessRate(sequence: XmlElement, options: ReadOptions, notes: Notes): Rational {
  const found = [...descendants(sequence)].map((item) => readRate(item)).find((rate) => rate !== null);
  const rate = options.sourceRate ?? found ?? rational(25);
  notes.add(`tells no rate: ${formatRational(rate)} is used`, sequence);
  return rate;
}
