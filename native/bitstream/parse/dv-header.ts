/** Which DV a frame is: the first blocks of its first DIF sequence (IEC 61834-2, SMPTE ST 314 and 370). */
import { rational, type Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';

export type DvHeader = {
  readonly width: number;
  readonly height: number;
  readonly sar: Rational;
  readonly pixelFormat: string;
  readonly fieldOrder: PictureFormat['fieldOrder'];
};

type System = { readonly width: number; readonly height: number; readonly pixelFormat: string; readonly sar: readonly [Rational, Rational]; readonly fieldOrder: PictureFormat['fieldOrder'] };

const ntsc = [rational(8, 9), rational(32, 27)] as const;
const pal = [rational(16, 15), rational(64, 45)] as const;
/** Auxiliary data of the picture: block 5 of the first sequence, pack 10 after its header. */
const source = 80 * 5 + 48 + 3;
const control = 80 * 5 + 48 + 5;

/** `head`: the first 480 bytes. Null for what is no DV. */
export function parseDvHeader(head: Uint8Array): DvHeader | null {
  if (head.length < 480 || (head[0] ?? 0) >> 5 !== 0) return null;
  const is625 = ((head[3] ?? 0) & 0x80) !== 0;
  const track = (head[4] ?? 0) & 7;
  const system = systemOf((head[source] ?? 0) & 31, is625, track);
  if (!system) return null;
  const { sar, ...rest } = system;
  const aspect = (head[control + 2] ?? 0) & 7;
  const isWide = head[control] === 0x61 && (aspect === 2 || (track === 0 && aspect === 7));
  return { ...rest, sar: sar[isWide ? 1 : 0] };
}

function systemOf(type: number, is625: boolean, track: number): System | null {
  const square = rational(1);
  switch (type) {
    case 0: return is625
      ? { width: 720, height: 576, pixelFormat: track === 0 ? 'yuv420p' : 'yuv411p', sar: pal, fieldOrder: 'bff' }
      : { width: 720, height: 480, pixelFormat: 'yuv411p', sar: ntsc, fieldOrder: 'bff' };
    case 4: return { width: 720, height: is625 ? 576 : 480, pixelFormat: 'yuv422p', sar: is625 ? pal : ntsc, fieldOrder: 'bff' };
    case 0x14: return { width: is625 ? 1440 : 1280, height: 1080, pixelFormat: 'yuv422p', sar: [square, is625 ? rational(4, 3) : rational(3, 2)], fieldOrder: 'tff' };
    case 0x18: return { width: 960, height: 720, pixelFormat: 'yuv422p', sar: [square, rational(4, 3)], fieldOrder: 'progressive' };
    default: return null;
  }
}
