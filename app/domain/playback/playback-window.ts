/** What a player needs to know of a stretch of a shot: which bytes to decode, and what comes out of them. All numbers are whole. */
export type PictureWindow = {
  /** WebCodecs' codec string; null where no browser decodes it and frames must be streamed. */
  readonly codec: string | null;
  /** Decoder configuration in base64; null where the samples bring it along. */
  readonly description: string | null;
  readonly width: number;
  readonly height: number;
  /** The picture's shape as it is to be shown, before rotation: the container may know it better than the samples. */
  readonly aspectWidth: number;
  readonly aspectHeight: number;
  /** Clockwise degrees. */
  readonly rotation: number;
  /** Rank of the picture due at each frame of the timeline, from the first one asked for; the same one where it repeats. */
  readonly ranks: readonly number[];
  /** The source's frame number at each, as streamed frames are numbered. */
  readonly frames: readonly number[];
  /** Samples in decode order, in columns. `index` counts in the source, so that a window goes on where the one before ended. */
  readonly samples: {
    readonly index: readonly number[];
    readonly file: readonly number[];
    readonly offset: readonly number[];
    readonly size: readonly number[];
    readonly rank: readonly number[];
    readonly isKey: readonly boolean[];
    /** No other picture needs it. */
    readonly isDisposable: readonly boolean[];
  };
  /** So many of the first samples are only there to start the decoder: what comes out of them is nobody's. */
  readonly primers: number;
};

export type SoundWindow = {
  /** WebCodecs' codec string, or "pcm_s16le" and the like; null: a browser cannot decode it. */
  readonly codec: string | null;
  readonly description: string | null;
  readonly sampleRate: number;
  readonly channels: number;
  /** First sample that is heard, and how many, on the source's clock from packet 0; may begin before it: silence. */
  readonly from: number;
  readonly length: number;
  /** Where hearing really begins, in millionths of a sample after `from`, which is the nearest whole one: for those who resample. */
  readonly offset: number;
  /** The sample that a browser's decoder gives first when it is given these packets. */
  readonly first: number;
  /** `position` is the sample at which each begins. */
  readonly packets: { readonly file: readonly number[]; readonly offset: readonly number[]; readonly size: readonly number[]; readonly position: readonly number[] };
};
