/** What is known while an xmeml file is read: definitions by id, wherever they stand, and what was noticed. */
import { StringoutError } from '../../base/errors.ts';
import type { DocumentTrack } from '../document.ts';
import type { JsonObject } from '../json.ts';
import { countClips } from '../measure.ts';
import { attributeOf, childOf, descendants, type XmlElement } from '../xml/element.ts';
import type { Notes } from '../xml/notes.ts';

export type Fcp7Reading = {
  readonly path: string;
  readonly notes: Notes;
  readonly files: ReadonlyMap<string, XmlElement>;
  readonly sequences: ReadonlyMap<string, XmlElement>;
  /** Nested sequences that are being read, to see one that contains itself. */
  readonly open: Set<XmlElement>;
  readonly count: (clips: number) => void;
  readonly readNested: (sequence: XmlElement) => Fcp7Nested;
};

export type Fcp7Nested = { readonly tracks: readonly DocumentTrack[]; readonly rest: JsonObject };

const mostClips = 200_000;

/** `readNested` reads the tracks of a sequence that lies in a clip. */
export function startReading(root: XmlElement, path: string, notes: Notes, readNested: (sequence: XmlElement, reading: Fcp7Reading) => Fcp7Nested): Fcp7Reading {
  const definitions = (name: string, part: string): Map<string, XmlElement> => {
    const found = new Map<string, XmlElement>();
    for (const item of descendants(root)) {
      const id = item.name === name ? attributeOf(item, 'id') : null;
      if (id !== null && !found.has(id) && childOf(item, part)) found.set(id, item);
    }
    return found;
  };
  let clips = 0;
  const known = new Map<XmlElement, Fcp7Nested>();
  const reading: Fcp7Reading = {
    path, notes, files: definitions('file', 'name'), sequences: definitions('sequence', 'media'), open: new Set(),
    readNested: (sequence) => {
      const nested = known.get(sequence) ?? readNested(sequence, reading);
      known.set(sequence, nested);
      reading.count(countClips(nested.tracks));
      return nested;
    },
    count: (more) => {
      clips += more;
      if (clips > mostClips) throw new StringoutError('list.invalid', `expands to more than ${mostClips} clips: nested sequences repeat each other`, { file: path });
    },
  };
  return reading;
}

/** The element itself, or the definition that its id refers to; null where there is none. */
export function defined(item: XmlElement | null, definitions: ReadonlyMap<string, XmlElement>): XmlElement | null {
  if (!item || item.children.length > 0) return item;
  const id = attributeOf(item, 'id');
  return (id === null ? null : definitions.get(id)) ?? null;
}
