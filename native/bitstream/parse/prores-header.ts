/** The frame header of ProRes (SMPTE RDD 36, 5.3.2). */
import type { PictureFormat } from '../../../app/domain/source.ts';

export type ProresHeader = {
  readonly isFull444: boolean;
  readonly hasAlpha: boolean;
  readonly fieldOrder: PictureFormat['fieldOrder'];
  readonly colour: PictureFormat['colour'];
};

/** `head`: the first 28 bytes of a sample. Null for what is no ProRes frame. */
export function parseProresHeader(head: Uint8Array): ProresHeader | null {
  if (head.length < 26 || Buffer.from(head.subarray(4, 8)).toString('latin1') !== 'icpf') return null;
  const flags = head[20] ?? 0;
  const interlacing = (flags >> 2) & 3;
  return {
    isFull444: flags >> 6 === 3,
    fieldOrder: interlacing === 0 ? 'progressive' : interlacing === 1 ? 'tff' : interlacing === 2 ? 'bff' : 'unknown',
    // 0 and 2 both mean that it is not told.
    colour: { primaries: (head[22] ?? 0) || 2, transfer: (head[23] ?? 0) || 2, matrix: (head[24] ?? 0) || 2 },
    hasAlpha: ((head[25] ?? 0) & 15) !== 0,
  };
}
