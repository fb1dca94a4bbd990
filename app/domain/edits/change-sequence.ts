/** Tracks, markers, marks, and the sequence itself. */
import { StringoutError } from '../../base/errors.ts';
import type { TimelineEdit } from '../project/edit.ts';
import type { Marker, ProjectState, Sequence, Track } from '../project/project.ts';
import type { ProjectChange } from '../project/project-change.ts';
import { rational, sameRational } from '../rational.ts';
import { newTrack } from './draft.ts';
import { clipsByTrack, tracksOf } from './track-clips.ts';

type Kind<Name extends TimelineEdit['kind']> = Extract<TimelineEdit, { kind: Name }>;

export function addTrack(state: ProjectState, { trackKind }: Kind<'addTrack'>, newId: () => number): ProjectChange {
  return { tracks: { put: [newTrack(newId(), trackKind, tracksOf(state, trackKind).length)], remove: [] } };
}

/** With its clips; the tracks above it move down. */
export function removeTrack(state: ProjectState, { trackId }: Kind<'removeTrack'>): ProjectChange {
  const track = trackOf(state, trackId);
  const above = tracksOf(state, track.kind).filter(({ position }) => position > track.position).map((other): Track => ({ ...other, position: other.position - 1 }));
  return { tracks: { put: above, remove: [trackId] }, clips: { put: [], remove: (clipsByTrack(state.clips).get(trackId) ?? []).map(({ id }) => id) } };
}

export function setTrack(state: ProjectState, { trackId, name, isEnabled, isLocked, gain }: Kind<'setTrack'>): ProjectChange {
  const track = trackOf(state, trackId);
  const changed: Track = { ...track, name: name ?? track.name, isEnabled: isEnabled ?? track.isEnabled, isLocked: isLocked ?? track.isLocked, gain: gain ?? track.gain };
  return { tracks: { put: [changed], remove: [] } };
}

export function addMarker(_state: ProjectState, { frame, name, colour }: Kind<'addMarker'>, newId: () => number): ProjectChange {
  return { markers: { put: [{ id: newId(), frame: Math.max(0, frame), length: 0, name, note: '', colour }], remove: [] } };
}

export function setMarker(state: ProjectState, { markerId, ...given }: Kind<'setMarker'>): ProjectChange {
  const marker = state.markers.get(markerId);
  if (!marker) throw new StringoutError('usage', `there is no marker ${markerId}`);
  const changed: Marker = {
    id: markerId, frame: Math.max(0, given.frame ?? marker.frame), length: given.length ?? marker.length, name: given.name ?? marker.name, note: given.note ?? marker.note,
    colour: given.colour ?? marker.colour,
  };
  return { markers: { put: [changed], remove: [] } };
}

export function removeMarkers(state: ProjectState, { markerIds }: Kind<'removeMarkers'>): ProjectChange {
  return { markers: { put: [], remove: markerIds.filter((id) => state.markers.has(id)) } };
}

/** An in point at or after the out point takes the out point away. */
export function setMarks({ sequence }: ProjectState, { markIn, markOut }: Kind<'setMarks'>): ProjectChange {
  const isBackward = markIn !== null && markOut !== null && markOut <= markIn;
  const keepsOut = sequence.markIn === markIn;
  return { sequence: { ...sequence, markIn: isBackward && keepsOut ? null : markIn, markOut: isBackward && !keepsOut ? null : markOut } };
}

/** The rate can be changed as long as nothing is on the timeline: every length is counted at it. */
export function setSequence(state: ProjectState, { name, startFrame, dropFrame, rate }: Kind<'setSequence'>): ProjectChange {
  const { sequence } = state;
  const next = rate ? rational(rate.num, rate.den) : sequence.rate;
  if (!sameRational(next, sequence.rate) && state.clips.size > 0) {
    throw new StringoutError('range.invalid', 'the rate can only be changed while the timeline is empty: choose another rate for the export instead');
  }
  const changed: Sequence = {
    ...sequence, name: name ?? sequence.name, startFrame: startFrame ?? sequence.startFrame, dropFrame: dropFrame ?? sequence.dropFrame, rate: next,
    isRateSet: rate !== undefined || sequence.isRateSet,
  };
  return { sequence: changed };
}

function trackOf(state: ProjectState, id: number): Track {
  const track = state.tracks.get(id);
  if (!track) throw new StringoutError('usage', `there is no track ${id}`);
  return track;
}
