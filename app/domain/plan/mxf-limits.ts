/** What FFmpeg's writer of MXF can do, and no more. */
import { formatRational, rational, sameRational, type Rational } from '../rational.ts';
import type { Picture, SoundFormat } from '../source.ts';

/** Content packages of SMPTE ST 326; audio is cut to them. */
const rates: readonly Rational[] = [
  rational(24_000, 1001), rational(24), rational(25), rational(30_000, 1001), rational(30), rational(48_000, 1001), rational(48), rational(50),
  rational(60_000, 1001), rational(60), rational(100), rational(120_000, 1001), rational(120),
];

/** Why the rate cannot be written, or null. */
export function whyNoMxfRate(rate: Rational): string | null {
  if (rates.some((known) => sameRational(known, rate))) return null;
  return `.mxf has no ${formatRational(rate)} frames a second: choose another --rate (${rates.map(formatRational).join(', ')}) or another container`;
}

/** The sound's place in MXF: 48 kHz, 16 or 24 bits. */
export function mxfSound(format: SoundFormat): SoundFormat {
  const bits = format.bits <= 16 && format.codec.startsWith('pcm_s') ? 16 : 24;
  return { ...format, codec: bits === 16 ? 'pcm_s16le' : 'pcm_s24le', sampleRate: 48_000, bits };
}

/** H.264 stands there without a word on when its pictures are shown, so they must be stored in that order. */
export function isReordered({ samples }: Picture): boolean {
  return samples.rank.some((rank, i) => rank !== i);
}
