import type { Sound, Source } from '../source.ts';

/** A clip's sound on the programme: what a part is made from. */
export type SoundSpan = {
  readonly clip: string;
  readonly source: Source;
  readonly sound: Sound;
  readonly at: number;
  readonly length: number;
  /** On the source's clock, at the programme's rate. */
  readonly from: number;
  /** Decibels; absent: as recorded. */
  readonly gain?: number;
};
