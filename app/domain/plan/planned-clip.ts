/** What a plan is made of. */
import type { FlatError } from '../../base/errors.ts';
import type { BurnIn, Overlay } from '../captions.ts';
import type { Profile } from '../profile.ts';
import type { Picture, Source } from '../source.ts';
import type { BlendStyle, Clip, FrameWindow, Retime } from '../timeline.ts';
import type { SourceRange } from './source-range.ts';

export const steps = ['copy', 'smart', 'encode', 'cached'] as const;
export type Step = (typeof steps)[number];

/** What the movie shows for a stretch of a clip, in order. */
export type PictureAction =
  | { readonly kind: 'copy'; readonly samples: Uint32Array; readonly craToBla: boolean }
  | { readonly kind: 'encode'; readonly ranks: Uint32Array; readonly isEdge: boolean; readonly key: string; readonly overlay?: Overlay }
  | { readonly kind: 'blend'; readonly frames: number; readonly key: string; readonly from: BlendSide | null; readonly to: BlendSide | null; readonly place: BlendPlace; readonly overlay?: Overlay }
  | { readonly kind: 'black'; readonly frames: number; readonly key: string; readonly overlay?: Overlay };

/** What one side of a blend shows, frame by frame; where there is none it is black. */
export type BlendSide = { readonly source: Source; readonly picture: Picture; readonly ranks: Uint32Array };
/** Frame i of the action is frame `done` + i of a transition `of` frames long. */
export type BlendPlace = { readonly style: BlendStyle; readonly done: number; readonly of: number };

/** A clip's part in a blend. */
export type BlendLeg = Pick<ResolvedClip, 'name' | 'clip' | 'source' | 'range' | 'frames' | 'window' | 'retime'>;

/** A clip whose source is known; `source` null is black and silence (a gap, or a clip that could not be read). */
export type ResolvedClip = {
  readonly name: string;
  readonly clip: Clip | null;
  readonly source: Source | null;
  readonly range: SourceRange | null;
  /** Timeline frames where there is no picture to count: gaps, sound alone, substitutes. */
  readonly frames: number;
  /** The part of it that the movie shows, in timeline frames of the clip; null: all. */
  readonly window: FrameWindow | null;
  /** The range is all that is read for `frames` frames of the timeline. */
  readonly retime?: Retime & { readonly frames: number };
  /** Two pictures at once, for `frames` frames; `source` is then one of theirs, and `range` null. */
  readonly blend?: BlendPlace & { readonly from: BlendLeg | null; readonly to: BlendLeg | null };
  /** Lines that stand on it where it is black: a slate. */
  readonly slate?: readonly string[];
  /** Why it stands as black. */
  readonly failure: FlatError | null;
};

export type PlannedClip = ResolvedClip & {
  readonly index: number;
  /** Position and length on the timeline, in frames. */
  readonly firstFrame: number;
  readonly step: Step;
  readonly reason: string;
  readonly actions: readonly PictureAction[];
  readonly framesToEncode: number;
  readonly bytesToCopy: number;
  readonly expectedSeconds: number;
};

export type Plan = {
  readonly profile: Profile;
  readonly clips: readonly PlannedClip[];
  readonly frames: number;
  readonly warnings: readonly string[];
  readonly burnIn: BurnIn | null;
  /** The segment is there already. */
  readonly isCached: (key: string) => boolean;
};

/** What is read for its picture and its own sound. */
export function sourcesOfClip({ source, blend }: ResolvedClip): readonly Source[] {
  return [source, blend?.from?.source, blend?.to?.source].filter((each) => each !== null && each !== undefined);
}

export function actionFrames(action: PictureAction): number {
  return action.kind === 'copy' ? action.samples.length : action.kind === 'encode' ? action.ranks.length : action.frames;
}

