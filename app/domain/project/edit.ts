/**
 * Every edit of a timeline as a value: what the user asked for. Pure functions in ../edits turn it into a ProjectChange; it crosses the
 * contract as it stands, and is previewed with the same functions while it is dragged.
 */
import type { ClipId, MarkerColour, MarkerId, ShotId, TrackId } from './project.ts';

/** One version up or down among those that are there, the newest or the oldest of them, or the very number. */
export type VersionChoice = 'up' | 'down' | 'newest' | 'oldest' | number;

/** A stretch of a shot to be put on the timeline; frames at the sequence's rate. */
export type ShotRange = { readonly shotId: ShotId; readonly sourceIn: number; readonly length: number };

export type TimelineEdit =
  /** Puts shots one after the other from `at`: insert moves what follows, overwrite replaces it. Sound goes to the sound track. */
  | { readonly kind: 'place'; readonly mode: 'insert' | 'overwrite' | 'append'; readonly at: number; readonly pictureTrackId: TrackId | null; readonly soundTrackId: TrackId | null; readonly ranges: readonly ShotRange[] }
  /** Moves by `frames` and by `tracks` (of their kind, up is positive); overwrites what lies there, or makes room. */
  | { readonly kind: 'move'; readonly clipIds: readonly ClipId[]; readonly frames: number; readonly tracks: number; readonly mode: 'overwrite' | 'insert' }
  /** Moves one edge by `frames`; ripple moves what follows on all unlocked tracks, roll moves the neighbour's edge with it, plain trims over or opens a gap. */
  | { readonly kind: 'trim'; readonly clipIds: readonly ClipId[]; readonly edge: 'in' | 'out'; readonly frames: number; readonly mode: 'plain' | 'ripple' | 'roll' }
  /** Another part of the shot in the same place. */
  | { readonly kind: 'slip'; readonly clipIds: readonly ClipId[]; readonly frames: number }
  /** The clip moves between its neighbours, which are trimmed. */
  | { readonly kind: 'slide'; readonly clipIds: readonly ClipId[]; readonly frames: number }
  /** Cuts the given clips at a frame; without ids all unlocked clips there. */
  | { readonly kind: 'split'; readonly clipIds: readonly ClipId[] | null; readonly frame: number }
  /** Removes clips and leaves gaps (lift), or closes them (extract). */
  | { readonly kind: 'remove'; readonly clipIds: readonly ClipId[]; readonly mode: 'lift' | 'extract' }
  /** The same for a range of time on all unlocked tracks. */
  | { readonly kind: 'removeRange'; readonly from: number; readonly to: number; readonly mode: 'lift' | 'extract' }
  /** Closes every gap that all tracks share, or those of one track. */
  | { readonly kind: 'closeGaps'; readonly trackId: TrackId | null }
  /** Another shot (a version) in the same place; the source offset is kept, by timecode where both have one. */
  | { readonly kind: 'replaceShot'; readonly clipIds: readonly ClipId[]; readonly shotId: ShotId }
  /** Another version of each clip's own shot, as replaceShot; null: of every clip on a track that is not locked. Clips without such a version stay as they are. */
  | { readonly kind: 'stepVersions'; readonly clipIds: readonly ClipId[] | null; readonly step: VersionChoice }
  | { readonly kind: 'setClips'; readonly clipIds: readonly ClipId[]; readonly isEnabled?: boolean | undefined; readonly gain?: number | undefined }
  | { readonly kind: 'link'; readonly clipIds: readonly ClipId[]; readonly isLinked: boolean }
  /** Copies of clips, their earliest start at `at`, on their own tracks. */
  | { readonly kind: 'paste'; readonly clips: readonly PastedClip[]; readonly at: number; readonly mode: 'insert' | 'overwrite' }
  | { readonly kind: 'addTrack'; readonly trackKind: 'picture' | 'sound' }
  | { readonly kind: 'removeTrack'; readonly trackId: TrackId }
  | { readonly kind: 'setTrack'; readonly trackId: TrackId; readonly name?: string | undefined; readonly isEnabled?: boolean | undefined; readonly isLocked?: boolean | undefined; readonly gain?: number | undefined }
  | { readonly kind: 'addMarker'; readonly frame: number; readonly name: string; readonly colour: MarkerColour }
  | { readonly kind: 'setMarker'; readonly markerId: MarkerId; readonly frame?: number | undefined; readonly length?: number | undefined; readonly name?: string | undefined; readonly note?: string | undefined; readonly colour?: MarkerColour | undefined }
  | { readonly kind: 'removeMarkers'; readonly markerIds: readonly MarkerId[] }
  | { readonly kind: 'setMarks'; readonly markIn: number | null; readonly markOut: number | null }
  | { readonly kind: 'setSequence'; readonly name?: string | undefined; readonly startFrame?: number | undefined; readonly dropFrame?: boolean | undefined; readonly rate?: { readonly num: number; readonly den: number } | undefined };

/** `trackPosition` counts tracks of its kind from 0; `start` from the earliest of the copied clips. */
export type PastedClip = {
  readonly trackKind: 'picture' | 'sound';
  readonly trackPosition: number;
  readonly shotId: ShotId;
  readonly start: number;
  readonly length: number;
  readonly sourceIn: number;
  readonly isEnabled: boolean;
  readonly gain: number;
  readonly link: number | null;
};
