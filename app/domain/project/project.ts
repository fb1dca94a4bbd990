/**
 * What a project holds: shots, the sequence with its tracks, clips and markers. Plain rows with number ids, so that the same values
 * stand in SQLite, cross the contract, and are drawn. All times are whole frames at the sequence's rate.
 */
import type { Rational } from '../rational.ts';

export type ShotId = number;
export type TrackId = number;
export type ClipId = number;
export type MarkerId = number;

export const shotStatuses = ['indexing', 'ready', 'missing', 'refused'] as const;
export type ShotStatus = (typeof shotStatuses)[number];

/** A piece of media in the project. What the index says of it, and what people say of it. */
export type Shot = {
  readonly id: ShotId;
  /** Absolute path, a sequence's pattern included. */
  readonly path: string;
  /** As people call it; first the file's name without extension. */
  readonly name: string;
  readonly status: ShotStatus;
  /** Why it is refused or missing, and what to do; null where all is well. */
  readonly problem: string | null;
  /** Null until indexed. */
  readonly media: ShotMedia | null;
  readonly scene: string | null;
  readonly take: string | null;
  readonly reel: string | null;
  readonly note: string;
  readonly tags: readonly string[];
  /** 0 (none) to 5. */
  readonly rating: number;
  readonly isCircled: boolean;
  /** Shots of one group are versions of each other; null: no version in its name. */
  readonly versionGroup: string | null;
  readonly version: number | null;
  /** Milliseconds since 1970 when it came into the project. */
  readonly added: number;
};

/** What the index found, as far as people and the timeline need it. */
export type ShotMedia = {
  readonly fingerprint: string;
  /** Frames at `rate`; of sound alone, samples at its rate; of a still 1. */
  readonly frames: number;
  readonly rate: Rational;
  readonly isStill: boolean;
  readonly picture: { readonly codec: string; readonly width: number; readonly height: number; readonly pixelFormat: string } | null;
  readonly sound: { readonly codec: string; readonly channels: number; readonly sampleRate: number } | null;
  /** Label of the first frame, at `rate`. */
  readonly timecode: { readonly frame: number; readonly dropFrame: boolean } | null;
  readonly bytes: number;
  /** ISO 8601. */
  readonly created: string | null;
};

export type Track = {
  readonly id: TrackId;
  readonly kind: 'picture' | 'sound';
  /** Place among the tracks of its kind: picture tracks from the bottom up, sound tracks from the top down. */
  readonly position: number;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly isLocked: boolean;
  /** Decibels; picture tracks have 0. */
  readonly gain: number;
};

/** Shows [sourceIn, sourceIn + length) of its shot at [start, start + length); clips of a track never overlap. */
export type TimelineClip = {
  readonly id: ClipId;
  readonly trackId: TrackId;
  readonly shotId: ShotId;
  readonly start: number;
  /** 1 or more. */
  readonly length: number;
  /** In frames of the sequence's rate from the shot's first frame; other rates are conformed in real time. */
  readonly sourceIn: number;
  readonly isEnabled: boolean;
  /** Decibels. */
  readonly gain: number;
  /** Clips of one number are selected and trimmed together: a picture and its sound. */
  readonly link: number | null;
};

export type Marker = {
  readonly id: MarkerId;
  readonly frame: number;
  readonly length: number;
  readonly name: string;
  readonly note: string;
  readonly colour: MarkerColour;
};

export const markerColours = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;
export type MarkerColour = (typeof markerColours)[number];

/** One row. The rate is fixed by the first shot that is put on the timeline, or by the user before. */
export type Sequence = {
  readonly name: string;
  readonly rate: Rational;
  /** False until a shot or the user decided the rate. */
  readonly isRateSet: boolean;
  /** Timecode label of frame 0. */
  readonly startFrame: number;
  readonly dropFrame: boolean;
  /** Marked range, [in, out); null: not marked. */
  readonly markIn: number | null;
  readonly markOut: number | null;
};

export type ProjectState = {
  readonly sequence: Sequence;
  readonly shots: ReadonlyMap<ShotId, Shot>;
  readonly tracks: ReadonlyMap<TrackId, Track>;
  readonly clips: ReadonlyMap<ClipId, TimelineClip>;
  readonly markers: ReadonlyMap<MarkerId, Marker>;
};
