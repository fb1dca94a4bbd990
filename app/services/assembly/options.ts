/** What the user may ask of an assembly; every host fills this in from its own surface. */
import type { ProfileRequest } from '../../domain/plan/match-profile.ts';
import type { BurnIn } from '../../domain/captions.ts';
import type { Chapter } from '../../domain/movie.ts';
import type { SourcePosition } from '../../domain/timeline.ts';

export const sortOrders = ['name', 'timecode', 'date', 'scene'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** A slate: lines on black, for so many frames of the movie. */
export type Leader = { readonly lines: readonly string[]; readonly frames: number };

export type AssemblyOptions = {
  readonly profile: ProfileRequest;
  /** Null: the list's own order. */
  readonly sort: SortOrder | null;
  /** Part of the timeline, frames from its first, or its timecode; null: all. */
  readonly range: { readonly in: SourcePosition; readonly out: SourcePosition } | null;
  /** Frames kept on both sides of each clip where the source has them. */
  readonly handles: number;
  /** Put black and silence in the place of what fails, and list it. */
  readonly keepGoing: boolean;
  /** Written over every frame; all of it is encoded then. */
  readonly burnIn?: BurnIn | null;
  /** Stands before the movie, whose own first frame keeps its timecode, unless that is too near to 00:00:00:00 for the leader. */
  readonly leader?: Leader | null;
  /** In frames of the whole timeline; what a range leaves out is left out. Only MP4 and MOV have chapters. */
  readonly chapters?: readonly Chapter[];
};
