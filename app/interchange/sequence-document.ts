/** The project's sequence as a timeline document, to be written in any format or compared with another cut. */
import { pathToFileURL } from 'node:url';
import { clipsByTrack, endOf, tracksOf } from '../domain/edits/track-clips.ts';
import type { ProjectState, Shot, ShotMedia, TimelineClip, Track } from '../domain/project/project.ts';
import { atRate, type Rational } from '../domain/rational.ts';
import { countLabelAt } from '../domain/timecode.ts';
import type { DocumentClip, DocumentGap, DocumentItem, DocumentTrack, MediaReference, TimelineDocument, TimeRange } from './document.ts';
import { ownKey } from './wanted-media.ts';

/** Every track with what lies on it, enabled or not. The gain of a track is told by its clips; locks, links and marks are not told. */
export function sequenceDocument(state: ProjectState): TimelineDocument {
  const { sequence: { name, rate, startFrame, dropFrame }, shots, markers } = state;
  const medias = new Map<number, Media>();
  const mediaOf = (shotId: number): Media => {
    const known = medias.get(shotId) ?? describeMedia(shots.get(shotId), rate);
    medias.set(shotId, known);
    return known;
  };
  return {
    name, rate, start: { frame: startFrame, rate, dropFrame },
    tracks: [...tracksOf(state, 'picture'), ...tracksOf(state, 'sound')].map((track) => documentTrack(track, clipsByTrack(state.clips).get(track.id) ?? [], rate, mediaOf)),
    markers: [...markers.values()].toSorted((a, b) => a.frame - b.frame || a.id - b.id).map((marker) => ({
      name: marker.name, comment: marker.note, color: marker.colour, range: { start: marker.frame, duration: marker.length, rate }, metadata: {},
    })),
    metadata: {},
  };
}

type Media = { readonly shot: Shot | undefined; readonly reference: MediaReference; readonly rate: Rational; readonly origin: number };

function documentTrack(track: Track, clips: readonly TimelineClip[], rate: Rational, mediaOf: (shotId: number) => Media): DocumentTrack {
  const items: DocumentItem[] = [];
  let at = 0;
  for (const clip of clips) {
    if (clip.start > at) items.push(gapOf(clip.start - at, rate));
    items.push(documentClip(clip, track.gain, rate, mediaOf(clip.shotId)));
    at = endOf(clip);
  }
  return { kind: 'track', type: track.kind === 'picture' ? 'video' : 'audio', name: track.name, isEnabled: track.isEnabled, items, range: null, markers: [], effects: [], metadata: {} };
}

function documentClip({ sourceIn, length, isEnabled, gain }: TimelineClip, trackGain: number, rate: Rational, media: Media): DocumentClip {
  const { shot, reference } = media;
  return {
    kind: 'clip', name: shot?.name ?? 'shot', isEnabled, media: reference, reel: shot?.reel ?? null, scene: shot?.scene ?? null, take: shot?.take ?? null,
    note: shot === undefined || shot.note === '' ? null : shot.note, gain: gain + trackGain, effects: [], markers: [], line: null, metadata: {},
    range: { start: media.origin + atRate(sourceIn, rate, media.rate), duration: atRate(length, rate, media.rate), rate: media.rate },
  };
}

function gapOf(frames: number, rate: Rational): DocumentGap {
  return { kind: 'gap', name: '', isEnabled: true, duration: { value: frames, rate }, effects: [], markers: [], metadata: {} };
}

/**
 * Media whose frames hold a whole number of each frame of the sequence are counted at their own rate; others at the sequence's, in which a clip's length
 * is whole, their clock keeping its label.
 */
function describeMedia(shot: Shot | undefined, sequenceRate: Rational): Media {
  const media = shot?.media ?? null;
  const rate = media?.picture && !media.isStill && isMultiple(media.rate, sequenceRate) ? media.rate : sequenceRate;
  const origin = media ? originAt(media, rate) : 0;
  const available: TimeRange | null = media && !media.isStill ? { start: origin, duration: atRate(media.frames, media.rate, rate), rate } : null;
  const metadata = media ? { [ownKey]: { fingerprint: media.fingerprint } } : {};
  const reference: MediaReference = shot
    ? { kind: 'file', url: pathToFileURL(shot.path).href, name: '', available, metadata }
    : { kind: 'missing', name: '', available: null, metadata: {} };
  return { shot, reference, rate, origin };
}

function originAt({ timecode, rate, picture }: ShotMedia, wanted: Rational): number {
  if (!timecode) return 0;
  return picture ? countLabelAt({ ...timecode, rate }, wanted).frame : atRate(timecode.frame, rate, wanted);
}

function isMultiple(rate: Rational, of: Rational): boolean {
  return (rate.num * of.den) % (rate.den * of.num) === 0;
}
