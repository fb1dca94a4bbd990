/** Decoder configurations of streams that have their parameter sets in band. */
import { parseHevcSps } from '../../bitstream/parse/hevc-sps.ts';
import { withLengths } from '../../bitstream/annexb/split-units.ts';
import { serialiseAvcRecord } from '../../bitstream/rewrite/configuration-records.ts';
import { readSps } from '../../bitstream/rewrite/h264-sets.ts';
import { hvcConfiguration } from '../picture/decoder-configuration.ts';

/** avcC or hvcC payload for samples with lengths of four bytes; null while one kind of set is missing, or none makes sense. */
export function recordOf(codec: 'h264' | 'hevc', sets: readonly Buffer[]): Uint8Array | null {
  try {
    return codec === 'h264' ? avcRecord(sets) : hvcRecord(sets);
  } catch {
    return null;
  }
}

function avcRecord(units: readonly Buffer[]): Uint8Array | null {
  const ofType = (type: number): Buffer[] => distinct(units.filter((unit) => ((unit[0] ?? 0) & 31) === type));
  const [sps, pps] = [ofType(7), ofType(8)];
  const [first] = sps;
  if (!first || pps.length === 0) return null;
  const { chroma, lumaDepth, chromaDepth } = readSps(first);
  return serialiseAvcRecord({ profile: first[1] ?? 100, level: first[3] ?? 40, chroma, lumaDepth, chromaDepth }, 4, sps, pps);
}

function hvcRecord(units: readonly Buffer[]): Uint8Array | null {
  const type = (unit: Buffer): number => ((unit[0] ?? 0) >> 1) & 63;
  const sets = distinct(units);
  const sps = sets.find((unit) => type(unit) === 33);
  if (!sps || ![32, 34].every((wanted) => sets.some((unit) => type(unit) === wanted))) return null;
  return hvcConfiguration(withLengths(sets), parseHevcSps(sps).pixelFormat);
}

function distinct(units: readonly Buffer[]): Buffer[] {
  return units.filter((unit, i) => units.findIndex((other) => other.equals(unit)) === i);
}
