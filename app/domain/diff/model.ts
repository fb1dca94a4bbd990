/** Two cuts compared shot by shot, in the words of editorial changes. */
import type { MediaRange } from '../relink/model.ts';

/** A clip of one of the cuts. */
export type CutClip = {
  /** Its place among all clips of its cut. */
  readonly index: number;
  readonly name: string;
  readonly kind: 'picture' | 'sound';
  /** From 0, among the tracks of its kind. */
  readonly track: number;
  /** In frames of the cut's rate, from its first frame. */
  readonly start: number;
  readonly length: number;
  readonly isEnabled: boolean;
  /** Address of its media, and what else their file is called. */
  readonly address: string;
  readonly fileNames: readonly string[];
  readonly reel: string | null;
  /** Read on the media's clock, speed included; null: all of them. */
  readonly range: MediaRange | null;
  /** What the media hold, as far as the cut tells. */
  readonly available: MediaRange | null;
  /** Source frames for a frame shown. */
  readonly speed: { readonly num: number; readonly den: number };
  /** Stands for what is in it, where that is not told by name and range: nested timelines. */
  readonly content: string;
};

/**
 * `rescan`: frames of other media, or outside what the old media held, are needed. `extended`: more frames of the same media at one end at least.
 * `reinstated`: was there, disabled. `noLink`: names nothing that it could be told by. A shot that others push along without a change of its own is `unchanged`.
 */
export const changeStates = ['new', 'omitted', 'reinstated', 'moved', 'extended', 'trimmed', 'rescan', 'unchanged', 'noLink'] as const;
export type ChangeState = (typeof changeStates)[number];

export type ClipChange = {
  readonly state: ChangeState;
  /** Null: new. */
  readonly before: CutClip | null;
  /** Null: omitted. */
  readonly after: CutClip | null;
  /** Source frames gained (or lost, negative) at each end, at the new clip's rate. */
  readonly head: number;
  readonly tail: number;
  /** Frames of the new cut's rate by which it begins later (earlier, negative). */
  readonly shift: number;
  /** A sentence without its full stop. */
  readonly reason: string;
};
