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
  readonly fade?: Fade;
};

/** It comes up from `inFrom` to `inTo` and goes down from `outFrom` to `outTo`, linearly; samples on the clock of `from`. Where both are equal it does not. */
export type Fade = { readonly inFrom: number; readonly inTo: number; readonly outFrom: number; readonly outTo: number };
