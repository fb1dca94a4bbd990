/**
 * What a timeline file says, whatever its format: OpenTimelineIO's objects, typed. Readers fill it, writers read it. What one format alone knows
 * stays in `metadata` under that format's name (`cmx_3600`, `fcp7`, `fcpx`, `ale`, `csv`), so that it can be given back.
 */
import type { Rational } from '../domain/rational.ts';
import type { StartLabel } from '../domain/timeline.ts';
import type { JsonObject } from './json.ts';

/** Whole ticks at a rate; negative ones lie before zero. */
export type Time = { readonly value: number; readonly rate: Rational };
/** Both at one rate. */
export type TimeRange = { readonly start: number; readonly duration: number; readonly rate: Rational };

export type TimelineDocument = {
  readonly name: string;
  /** Null: the file tells none. */
  readonly rate: Rational | null;
  /** Label of the first frame; null: the file tells none. */
  readonly start: StartLabel | null;
  /** Bottom first, as they are composited; sound tracks after pictures or among them, as the file has them. */
  readonly tracks: readonly DocumentTrack[];
  readonly markers: readonly Marker[];
  readonly metadata: JsonObject;
};

export type DocumentTrack = {
  readonly kind: 'track';
  readonly type: 'video' | 'audio';
  readonly name: string;
  readonly isEnabled: boolean;
  readonly items: readonly DocumentItem[];
  /** The part of the track that is shown; null: all. */
  readonly range: TimeRange | null;
  readonly markers: readonly Marker[];
  readonly effects: readonly Effect[];
  readonly metadata: JsonObject;
};

/** In time one after another; transitions lie between two items or at an edge and take no time of their own. */
export type DocumentItem = DocumentClip | DocumentGap | DocumentTransition | DocumentStack | DocumentTrack;

export type DocumentClip = {
  readonly kind: 'clip';
  readonly name: string;
  readonly isEnabled: boolean;
  /** On the media's own clock (its timecode where it has one); null: all of the media. Its duration is that on the timeline: speed changes what is read, not this. */
  readonly range: TimeRange | null;
  readonly media: MediaReference;
  readonly reel: string | null;
  readonly scene: string | null;
  readonly take: string | null;
  readonly note: string | null;
  /** Decibels; 0 is as recorded. */
  readonly gain: number;
  readonly effects: readonly Effect[];
  readonly markers: readonly Marker[];
  /** Line of the text, 1-based; null where there are none. Not part of what is compared. */
  readonly line: number | null;
  readonly metadata: JsonObject;
};

export type DocumentGap = {
  readonly kind: 'gap';
  readonly name: string;
  readonly isEnabled: boolean;
  readonly duration: Time;
  readonly effects: readonly Effect[];
  readonly markers: readonly Marker[];
  readonly metadata: JsonObject;
};

export type DocumentTransition = {
  readonly kind: 'transition';
  readonly name: string;
  /** A wipe's number is SMPTE 258M's; `other` keeps the file's own name in `name` and is rendered as a dissolve. */
  readonly type: { readonly kind: 'dissolve' } | { readonly kind: 'wipe'; readonly number: number } | { readonly kind: 'other' };
  /** How far it reaches before and after the cut. */
  readonly before: Time;
  readonly after: Time;
  readonly metadata: JsonObject;
};

/** A nested timeline: its tracks are composited, and shown as one clip. */
export type DocumentStack = {
  readonly kind: 'stack';
  readonly name: string;
  readonly isEnabled: boolean;
  readonly range: TimeRange | null;
  readonly tracks: readonly DocumentItem[];
  readonly effects: readonly Effect[];
  readonly markers: readonly Marker[];
  readonly metadata: JsonObject;
};

export type MediaReference =
  /** `url` as the file has it: a file URL, a relative or absolute path; empty where it names none. */
  | { readonly kind: 'file'; readonly url: string; readonly name: string; readonly available: TimeRange | null; readonly metadata: JsonObject }
  | {
    readonly kind: 'sequence'; readonly folder: string; readonly prefix: string; readonly suffix: string; readonly padding: number;
    readonly first: number; readonly step: number; readonly rate: Rational | null; readonly missing: 'error' | 'hold' | 'black';
    readonly name: string; readonly available: TimeRange | null; readonly metadata: JsonObject;
  }
  | { readonly kind: 'generator'; readonly generator: 'black' | 'bars' | 'other'; readonly name: string; readonly available: TimeRange | null; readonly metadata: JsonObject }
  | { readonly kind: 'missing'; readonly name: string; readonly available: TimeRange | null; readonly metadata: JsonObject };

export type Effect =
  /**
   * Source time for timeline time (frames for frames where their rates are equal): num/den with den > 0; negative is reverse, its clip's range then
   * beginning at the earliest frame shown; 0 holds the first frame.
   */
  | { readonly kind: 'speed'; readonly num: number; readonly den: number; readonly name: string; readonly metadata: JsonObject }
  /** Slope, offset and power by channel (ASC CDL 1.2). */
  | { readonly kind: 'cdl'; readonly slope: Rgb; readonly offset: Rgb; readonly power: Rgb; readonly saturation: number; readonly metadata: JsonObject }
  /** Kept and given back, not rendered. */
  | { readonly kind: 'other'; readonly name: string; readonly metadata: JsonObject };

export type Rgb = readonly [number, number, number];

export type Marker = {
  readonly name: string;
  readonly comment: string;
  /** Lower-case English, `red`; null where the file tells none. */
  readonly color: string | null;
  /** On the clock of what it marks: the timeline's frames from its start for a timeline or track, the media's for a clip. */
  readonly range: TimeRange;
  readonly metadata: JsonObject;
};

/** What was understood otherwise, left out or mended while reading. Never a reason to stop. */
export type Diagnostic = {
  readonly line: number | null;
  /** Name or path of the element, where there are no lines to count. */
  readonly element: string | null;
  /** What was found and what was done. */
  readonly message: string;
};

export type ReadDocument = {
  readonly document: TimelineDocument;
  /** As `info` counts them: edit lines of an EDL, rows of ALE and CSV, else all clips. */
  readonly events: number;
  readonly diagnostics: readonly Diagnostic[];
};

export type ReadOptions = {
  /** Names the file in errors. */
  readonly path: string;
  /** For formats that tell no rate; null: the format's guess, with a diagnostic. */
  readonly sourceRate: Rational | null;
};

/** What the target cannot carry: which thing, and what became of it. */
export type Loss = { readonly element: string; readonly message: string };

export type WrittenDocument = { readonly text: string; readonly losses: readonly Loss[] };
