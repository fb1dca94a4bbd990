/** ISO base media files by their first box, and those among them that are no movies. */
import { cameraRaw, noMedia } from './refusals.ts';

const firstBoxes = new Set('ftyp styp moov moof mdat wide free skip pnot sidx ssix emsg uuid meta udta junk prfl'.split(' '));

export function looksLikeIsobmff(head: Uint8Array): boolean {
  if (head.length < 8) return false;
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0);
  return firstBoxes.has(characters(head, 4)) && (size <= 1 || size >= 8);
}

/** Why a file of this brand is not taken, null for movies. */
export function refuseBrand(head: Uint8Array): string | null {
  if (characters(head, 4) !== 'ftyp') return null;
  const brand = characters(head, 8);
  if (brand === 'crx ') return cameraRaw('Canon Cinema RAW Light or CR3');
  if (/^(?:hei[cxms]|hev[cx]|mif1|msf1|avi[fs]|jxs |miaf)$/.test(brand)) return noMedia('an HEIF or AVIF picture; export it as PNG, TIFF or JPEG first');
  return null;
}

function characters(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
