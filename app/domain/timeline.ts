/** The assembly as asked for: clips in order on one picture track with their sound. Words as in OpenTimelineIO. */
import type { Rational } from './rational.ts';

export type Timeline = {
  readonly name: string;
  /** Null: the majority's rate decides (folders and shot lists). */
  readonly rate: Rational | null;
  /** Timecode label of the first frame, null: the default. */
  readonly start: StartLabel | null;
  readonly items: readonly TimelineItem[];
  /** Null or absent: each clip's own sound is heard with its picture. Else these are heard and no others; they may overlap, and are summed. */
  readonly sound?: readonly SoundClip[] | null;
  readonly warnings: readonly string[];
  /** The file or folder it came from, for messages. */
  readonly origin: string;
};

/** A label counted at its own `rate`; at another rate the label is kept, not the count. */
export type StartLabel = { readonly frame: number; readonly rate: Rational; readonly dropFrame: boolean };

export type TimelineItem = Clip | Gap | Blend;

/** Frames [from, to) of a clip, counted on the timeline from its own first frame. */
export type FrameWindow = { readonly from: number; readonly to: number };

/** Source frames for each frame of the timeline: num/den, den > 0. Negative runs backward, 0 holds the first frame. */
export type Retime = { readonly num: number; readonly den: number };

/** Two pictures at once; null is black. Frames count at the timeline's `rate`, which must then be known. */
export type Blend = {
  readonly kind: 'blend';
  /** Each with the window that it shows, `frames` long. */
  readonly from: Clip | null;
  readonly to: Clip | null;
  readonly frames: number;
  readonly style: BlendStyle;
  /** Of a transition `of` frames long these are the ones from `done` on. */
  readonly done: number;
  readonly of: number;
};

/** A wipe's number is SMPTE 258M's. */
export type BlendStyle = { readonly kind: 'dissolve' } | { readonly kind: 'wipe'; readonly number: number };

/** Sound for itself: frames at the timeline's `rate`, which must then be known. */
export type SoundClip = {
  readonly name: string;
  /** Absolute path of the media. */
  readonly media: string;
  readonly start: number;
  readonly length: number;
  /** From the media's first frame, or from where `range` begins. */
  readonly sourceIn: number;
  readonly range?: ClipRange | null;
  /** Frames over which it comes up and goes down. */
  readonly fadeIn?: number;
  readonly fadeOut?: number;
  /** Decibels; 0 is as recorded. */
  readonly gain: number;
};

export type Gap = { readonly kind: 'gap'; readonly duration: Duration };

export type Clip = {
  readonly kind: 'clip';
  readonly name: string;
  /** Absolute path of the media, a sequence pattern included. */
  readonly media: string;
  /** Source range; null: the whole file. */
  readonly range: ClipRange | null;
  /** Its range is as long as it is on the timeline; what is read of the media differs. */
  readonly retime?: Retime;
  /** Decibels of its sound where it is heard by itself. */
  readonly gain?: number;
  /** Only these frames of it, at the timeline's `rate`, which must then be known. */
  readonly window?: FrameWindow;
  /** Line of the list it came from, 1-based, for messages. */
  readonly line: number | null;
  readonly reel: string | null;
  readonly scene: string | null;
  readonly take: string | null;
  readonly note: string | null;
};

/** [in, out), each on its own: out null is the end of the file. */
export type ClipRange = {
  readonly in: SourcePosition;
  readonly out: SourcePosition | null;
  /** OTIO's image sequences: the media's clock begins at file number `first`. */
  readonly numbers?: SequenceNumbers;
  /** Its times are labels of the media's own timecode wherever they lie in it. */
  readonly isLabelled?: boolean;
};

/** `first` has every `step`th number, each shown for so many frames at `rate`; null: the rate at which sequences play. */
export type SequenceNumbers = { readonly first: number; readonly step: number; readonly rate: Rational | null };

/** A length on the timeline or in a source. */
export type Duration = { readonly frames: number; readonly rate: Rational };

export type SourcePosition =
  /** Frames from the file's first frame, at the source's own rate. */
  | { readonly unit: 'frames'; readonly value: number }
  /** Seconds from the file's first frame, as an exact decimal: value / 10^digits. */
  | { readonly unit: 'seconds'; readonly value: number; readonly digits: number }
  /** The file's own label if it lies in its range, else an offset from 00:00:00:00. */
  | { readonly unit: 'timecode'; readonly text: string }
  /** OTIO: a time at a rate on the media's own clock, whose zero is the start of its available range or timecode. */
  | { readonly unit: 'media'; readonly value: number; readonly rate: Rational; readonly origin: number };

/** The clips whose pictures an item shows. */
export function clipsOf(item: TimelineItem): readonly Clip[] {
  switch (item.kind) {
    case 'gap': return [];
    case 'clip': return [item];
    case 'blend': return [item.from, item.to].filter((clip) => clip !== null);
  }
}
