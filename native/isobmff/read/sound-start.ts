/** Where in the sound the first frame of the picture falls: edit lists and priming of both in one fraction. */
import { greatestCommonDivisor } from '../../../app/domain/rational.ts';
import type { EditPiece } from './present.ts';

export type Moment = { readonly num: number; readonly den: number };

/**
 * `piece`: the sound's edit; null: it is heard as it is. `decodeStart`: media time of packet 0. All of the sound in units of `timescale`;
 * `picture`: the first frame on the movie's clock, in seconds.
 */
export function soundStart(picture: Moment, piece: EditPiece | null, decodeStart: number, timescale: number, sampleRate: number): { start: number; startDen: number } {
  // Media time heard at the picture's start is picture * timescale - at + from; in samples, from packet 0.
  const shift = (piece ? piece.from - piece.at : 0) - decodeStart;
  const num = (BigInt(picture.num) * BigInt(timescale) + BigInt(shift) * BigInt(picture.den)) * BigInt(sampleRate);
  const den = BigInt(picture.den) * BigInt(timescale);
  return reduced(num, den);
}

function reduced(num: bigint, den: bigint): { start: number; startDen: number } {
  const divisor = divisorOf(num < 0n ? -num : num, den) || 1n;
  const start = Number(num / divisor);
  const startDen = Number(den / divisor);
  if (Number.isSafeInteger(start) && Number.isSafeInteger(startDen)) return { start, startDen };
  return { start: Math.round(Number(num) / Number(den)), startDen: 1 };
}

function divisorOf(a: bigint, b: bigint): bigint {
  if (a <= BigInt(Number.MAX_SAFE_INTEGER) && b <= BigInt(Number.MAX_SAFE_INTEGER)) return BigInt(greatestCommonDivisor(Number(a), Number(b)));
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
