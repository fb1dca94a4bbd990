/**
 * The movie as a list of byte runs: what the layout turns into a header and extents. It refers to files only, so a source and a
 * segment of the cache are the same thing here.
 */
import type { PictureFormat, SoundFormat } from './source.ts';
import type { Container } from './profile.ts';
import type { Rational } from './rational.ts';

export type Movie = {
  readonly container: Container;
  readonly files: readonly string[];
  readonly picture: MoviePicture | null;
  readonly sound: MovieSound | null;
  readonly timecode: { readonly frame: number; readonly rate: Rational; readonly dropFrame: boolean; readonly reel: string } | null;
  /** The first begins at frame 0; ascending. Only MP4 and MOV have them. */
  readonly chapters?: readonly Chapter[];
};

export type Chapter = { readonly frame: number; readonly title: string };

export type MoviePicture = {
  readonly format: PictureFormat;
  readonly rate: Rational;
  /** Sample entry of the first copied source, a template for boxes we do not make ourselves (pasp, colr, mdcv, clli); may be empty. */
  readonly sampleEntry: Uint8Array;
  /** Distinct decoder configurations (avcC, hvcC, ...) that the runs use. Two for one source and its edges. */
  readonly configs: readonly Uint8Array[];
  readonly runs: readonly PictureRun[];
};

/** Consecutive frames of the movie whose samples show exactly themselves: n samples, n frames. */
export type PictureRun = {
  /** Index into `configs`. */
  readonly config: number;
  /** In decode order. */
  readonly file: Uint32Array | number;
  readonly offset: Float64Array;
  readonly size: Uint32Array;
  /** Place in order of display within the run: a permutation of 0..n-1. */
  readonly display: Uint32Array;
  /** Bits of `sampleFlags`. */
  readonly flags: Uint8Array;
  /** The first sample is a CRA that must be written as a BLA. */
  readonly craToBla: boolean;
};

export type MovieSound = {
  readonly format: SoundFormat;
  /** AudioSpecificConfig for aac, empty for PCM. */
  readonly config: Uint8Array;
  /** Samples before the programme begins: the encoder's delay. The edit list starts there. */
  readonly priming: number;
  /** Samples of the programme: the edit list's duration. */
  readonly length: number;
  readonly runs: readonly SoundRun[];
};

/**
 * AAC: one element a packet of 1024 samples. PCM: one element a contiguous stretch of sample frames.
 * `start` is the programme sample at which the run begins, for interleaving.
 */
export type SoundRun = {
  readonly start: number;
  readonly file: Uint32Array | number;
  readonly offset: Float64Array;
  readonly size: Uint32Array;
};
