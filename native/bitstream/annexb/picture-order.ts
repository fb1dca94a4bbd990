/** When a coded picture is shown, by its slice header alone: for streams whose container does not tell. */

export type PictureOrder = {
  /** Counts the pictures that start anew (IDR); all of one period are shown before those of the next. */
  readonly period: number;
  /** Order within the period. */
  readonly count: number;
};

/** What a sample's units tell of its picture. */
export type CodedPicture = {
  /** Null where it cannot be told from slice headers. */
  readonly order: PictureOrder | null;
  /** IDR or, in HEVC, BLA: nothing after it needs anything before. */
  readonly isClosed: boolean;
  /** HEVC CRA. */
  readonly isCra: boolean;
  /** All its slices stand alone. */
  readonly isIntra: boolean;
  /** H.264: nal_ref_idc 0; HEVC: no picture of its sub-layer needs it. */
  readonly isUnreferenced: boolean;
  readonly temporalLayer: number;
  /** The other field of the picture before: no frame of its own. */
  readonly isSecondField: boolean;
};

/** pic_order_cnt from its low bits, after `before` (H.264 8.2.1.1, H.265 8.3.1). */
export function unwrapOrder(low: number, bits: number, before: number): number {
  const range = 2 ** bits;
  const lowBefore = ((before % range) + range) % range;
  const high = before - lowBefore;
  if (low < lowBefore && lowBefore - low >= range / 2) return high + range + low;
  if (low > lowBefore && low - lowBefore > range / 2) return high - range + low;
  return high + low;
}
