/** The header of an ADTS frame (ISO 13818-7, 6.2) and the AudioSpecificConfig that says the same. */

export type AdtsHeader = {
  /** Bytes before the raw block. */
  readonly length: number;
  readonly frameLength: number;
  /** One raw block and no error protection between: without its header it is what MP4 and Matroska hold. */
  readonly isPlain: boolean;
  /** AudioSpecificConfig in two bytes. */
  readonly config: number;
};

/** Null where there is none. */
export function readAdts(bytes: Uint8Array): AdtsHeader | null {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0] = bytes;
  if (bytes.length < 9 || b0 !== 0xff || (b1 & 0xf6) !== 0xf0) return null;
  const rateIndex = (b2 >> 2) & 15;
  const channels = ((b2 & 1) << 2) | (b3 >> 6);
  if (rateIndex > 12) return null;
  return {
    length: b1 & 1 ? 7 : 9,
    frameLength: ((b3 & 3) << 11) | (b4 << 3) | (b5 >> 5),
    // Channels that a program config element tells are known to the decoder of ADTS alone.
    isPlain: (b6 & 3) === 0 && channels > 0,
    config: (((b2 >> 6) + 1) << 11) | (rateIndex << 7) | (channels << 3),
  };
}
