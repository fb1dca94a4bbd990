/** What is known while FCPXML is read. */
import { StringoutError } from '../../base/errors.ts';
import type { Rational } from '../../domain/rational.ts';
import type { DocumentTrack } from '../document.ts';
import { countClips } from '../measure.ts';
import type { XmlElement } from '../xml/element.ts';
import type { Notes } from '../xml/notes.ts';
import type { Resources } from './resources.ts';
import type { Seconds } from './seconds.ts';

export type FcpxReading = {
  readonly path: string;
  readonly notes: Notes;
  readonly resources: Resources;
  /** The tracks of a compound clip or of a multicam's angles, read once; null where it contains itself. */
  readonly once: (key: string, media: XmlElement, read: () => readonly DocumentTrack[]) => readonly DocumentTrack[] | null;
};

/** Of a storyline; `base` is the time at which its tracks begin. */
export type ReadTracks = (elements: readonly XmlElement[], base: Seconds, rate: Rational, reading: FcpxReading) => DocumentTrack[];

const mostClips = 200_000;

export function startReading(resources: Resources, path: string, notes: Notes): FcpxReading {
  const open = new Set<XmlElement>();
  const known = new Map<string, readonly DocumentTrack[]>();
  let clips = 0;
  return {
    path, notes, resources,
    once: (key, media, read) => {
      if (open.has(media)) return null;
      open.add(media);
      const tracks = known.get(key) ?? read();
      open.delete(media);
      known.set(key, tracks);
      clips += countClips(tracks);
      if (clips > mostClips) throw new StringoutError('list.invalid', `expands to more than ${mostClips} clips: compound clips repeat each other`, { file: path });
      return tracks;
    },
  };
}
