/** The JSON part of a stored Source, and what must hold between a source's tables. */
import type { Picture, PictureFormat, Sound, SoundFormat, Source, SourceTimecode } from '../domain/source.ts';
import type { Rational } from '../domain/rational.ts';
import { arrayOf, isBoolean, isNumber, isString, nullOr, oneOf, shape } from './shape.ts';

export type CommonOfPicture = 'format' | 'rate' | 'isConstantRate' | 'isStill' | 'copyObstacle' | 'timescale';
export type CommonOfSound = 'format' | 'start' | 'startDen';

/** What shots of one camera have in common: read once for all of them, and one object in memory. */
export type CommonHead = {
  readonly container: string;
  readonly picture: Pick<Picture, CommonOfPicture> | null;
  readonly sound: Pick<Sound, CommonOfSound> | null;
};

/** What is a shot's own, but for its tables. */
export type OwnHead = Omit<Source, 'container' | 'picture' | 'sound'> & {
  readonly picture: { readonly sets: Picture['sets']; readonly count: number } | null;
  readonly sound: { readonly length: number; readonly count: number } | null;
};

const isRational = shape<Rational>({ num: isNumber, den: isNumber });

export const isCommonHead = shape<CommonHead>({
  container: isString,
  picture: nullOr(shape<Pick<Picture, CommonOfPicture>>({
    format: shape<PictureFormat>({
      codec: isString, tag: isString, profile: isString, width: isNumber, height: isNumber, sar: isRational, pixelFormat: isString,
      range: oneOf('limited', 'full', 'unknown'),
      colour: shape({ primaries: isNumber, transfer: isNumber, matrix: isNumber }),
      fieldOrder: oneOf('progressive', 'tff', 'bff', 'unknown'),
      rotation: oneOf(0, 90, 180, 270),
    }),
    rate: isRational, isConstantRate: isBoolean, isStill: isBoolean, copyObstacle: nullOr(isString), timescale: isNumber,
  })),
  sound: nullOr(shape<Pick<Sound, CommonOfSound>>({
    format: shape<SoundFormat>({ codec: isString, tag: isString, sampleRate: isNumber, channels: isNumber, layout: isString, bits: isNumber }),
    start: isNumber, startDen: isNumber,
  })),
});

export const isOwnHead = shape<OwnHead>({
  path: isString,
  size: isNumber,
  modifiedMs: isNumber,
  fingerprint: isString,
  files: arrayOf(isString),
  picture: nullOr(shape({ sets: nullOr(shape({ hash: isString, count: isNumber })), count: isNumber })),
  sound: nullOr(shape({ length: isNumber, count: isNumber })),
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
