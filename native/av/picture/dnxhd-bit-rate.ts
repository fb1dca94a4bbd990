/**
 * DNxHD (SMPTE ST 2019-1) before DNxHR knows a handful of bit rates for each size, and FFmpeg tells its flavour by them. The rate that is
 * nearest to the common flavour's bits a frame names that flavour at any frame rate.
 */
import { rationalToNumber, type Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { bitDepth } from '../../../app/domain/plan/encoders.ts';

/** Megabits a second that FFmpeg takes, of the flavours in most use (compression ids 1235, 1237, 1241, 1242, 1250, 1252), and megabits a frame. */
type Flavour = { readonly rates: readonly number[]; readonly frame: number };

/** FFmpeg's option, e.g. "120M"; null where the size is none of DNxHD's. */
export function dnxhdBitRate(format: PictureFormat, rate: Rational): string | null {
  const flavour = flavourOf(format);
  if (!flavour) return null;
  const wanted = flavour.frame * rationalToNumber(rate);
  const nearest = flavour.rates.reduce((best, candidate) => (Math.abs(candidate - wanted) < Math.abs(best - wanted) ? candidate : best));
  return `${nearest}M`;
}

function flavourOf({ width, height, pixelFormat, fieldOrder }: PictureFormat): Flavour | null {
  const isDeep = bitDepth(pixelFormat) > 8;
  const isInterlaced = fieldOrder === 'tff' || fieldOrder === 'bff';
  if (width === 1920 && height === 1080) {
    if (isInterlaced) return isDeep ? { rates: [185, 220], frame: 7.35 } : { rates: [120, 145], frame: 4.8 };
    return isDeep ? { rates: [175, 185, 365, 440], frame: 7.35 } : { rates: [115, 120, 145, 240, 290], frame: 4.8 };
  }
  if (width === 1280 && height === 720) return isDeep ? { rates: [90, 180, 220], frame: 3.65 } : { rates: [60, 75, 120, 145], frame: 2.4 };
  return null;
}
