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

export type TimelineItem = Clip | Gap;

/** Sound for itself: frames at the timeline's `rate`, which must then be known. */
export type SoundClip = {
  readonly name: string;
  /** Absolute path of the media. */
  readonly media: string;
  readonly start: number;
  readonly length: number;
  /** From the media's first frame. */
  readonly sourceIn: number;
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
