/** The JSON part of a stored Source, and what must hold between a source's tables. */
import type { Picture, PictureFormat, PictureSamples, Sound, SoundFormat, SoundPackets, Source, SourceTimecode } from '../domain/source.ts';
import type { Rational } from '../domain/rational.ts';
import { arrayOf, isBoolean, isNumber, isString, nullOr, oneOf, shape, type Check } from './shape.ts';

/** A table by its place in the data: offset in bytes, length in elements. */
export type Column = readonly [number, number];

type Tables = Uint8Array | Uint32Array | Float64Array;
/** The same with columns in place of tables. */
type Stored<T> = { readonly [K in keyof T]: [T[K]] extends [Tables] ? Column : [T[K]] extends [Tables | null] ? Column | null : T[K] };

export type PictureHead = Stored<Omit<Picture, 'samples'>> & { readonly samples: Stored<PictureSamples> };
export type SoundHead = Stored<Omit<Sound, 'packets'>> & { readonly packets: Stored<SoundPackets> };
export type SourceHead = Omit<Source, 'picture' | 'sound'> & { readonly picture: PictureHead | null; readonly sound: SoundHead | null };

const isColumn: Check<Column> = (value): value is Column => Array.isArray(value) && value.length === 2 && isNumber(value[0]) && isNumber(value[1]);
const isRational = shape<Rational>({ num: isNumber, den: isNumber });

const isPictureHead = shape<PictureHead>({
  format: shape<PictureFormat>({
    codec: isString, tag: isString, profile: isString, width: isNumber, height: isNumber, sar: isRational, pixelFormat: isString,
    range: oneOf('limited', 'full', 'unknown'),
    colour: shape({ primaries: isNumber, transfer: isNumber, matrix: isNumber }),
    fieldOrder: oneOf('progressive', 'tff', 'bff', 'unknown'),
    rotation: oneOf(0, 90, 180, 270),
  }),
  rate: isRational,
  isConstantRate: isBoolean,
  isStill: isBoolean,
  config: isColumn,
  sampleEntry: isColumn,
  sets: nullOr(shape({ hash: isString, count: isNumber })),
  copyObstacle: nullOr(isString),
  shown: nullOr(isColumn),
  times: nullOr(isColumn),
  timescale: isNumber,
  samples: shape<Stored<PictureSamples>>({ count: isNumber, file: nullOr(isColumn), offset: isColumn, size: isColumn, rank: isColumn, flags: isColumn }),
});

const isSoundHead = shape<SoundHead>({
  format: shape<SoundFormat>({ codec: isString, tag: isString, sampleRate: isNumber, channels: isNumber, layout: isString, bits: isNumber }),
  config: isColumn,
  sampleEntry: isColumn,
  start: isNumber,
  startDen: isNumber,
  length: isNumber,
  packets: shape<Stored<SoundPackets>>({ count: isNumber, file: nullOr(isColumn), offset: isColumn, size: isColumn, position: isColumn }),
});

export const isSourceHead = shape<SourceHead>({
  path: isString,
  size: isNumber,
  modifiedMs: isNumber,
  fingerprint: isString,
  container: isString,
  files: arrayOf(isString),
  picture: nullOr(isPictureHead),
  sound: nullOr(isSoundHead),
  timecode: nullOr(shape<SourceTimecode>({ frame: isNumber, rate: isRational, dropFrame: isBoolean })),
  reel: nullOr(isString),
  created: nullOr(isString),
  warnings: arrayOf(isString),
});

/** All tables are as long as they say. */
export function isPicture({ samples, shown, times }: Picture): boolean {
  const { count } = samples;
  const frames = shown?.length ?? count;
  return [samples.offset, samples.size, samples.rank, samples.flags, samples.file].every((table) => table === null || table.length === count)
    && (times === null || times.length >= frames);
}

export function isSound({ packets }: Sound): boolean {
  const { count } = packets;
  return [packets.offset, packets.size, packets.file].every((table) => table === null || table.length === count) && packets.position.length === count + 1;
}
