/** Text over pictures. */

/** What is burnt in. `frame` counts from the movie's first, 0; `sourceTimecode` is the shot's own, or counts from 00:00:00:00. */
export type BurnIn = {
  readonly timecode: boolean;
  readonly sourceTimecode: boolean;
  readonly frame: boolean;
  readonly shot: boolean;
  /** Any more, "" for none. */
  readonly text: string;
};

export const captionPlaces = ['top-left', 'top', 'top-right', 'middle', 'bottom-left', 'bottom-right'] as const;
export type CaptionPlace = (typeof captionPlaces)[number];

/** A text for each frame, or one for all of them. */
export type Caption = { readonly place: CaptionPlace; readonly text: readonly string[] };

export type Overlay = {
  readonly burnIn: BurnIn | null;
  /** Lines in the middle. */
  readonly slate: readonly string[] | null;
  readonly name: string;
  /** Frame of the movie at which the segment begins. */
  readonly firstFrame: number;
};
