/** Shots, one row each: what people say of them, and what the index found. */
import { shotStatuses, type Shot, type ShotMedia } from '../../domain/project/project.ts';
import type { Rational } from '../../domain/rational.ts';
import { arrayOf, isBoolean, isNumber, isString, nullOr, oneOf, shape } from '../shape.ts';
import { fromBoolean, fromJson, isId, isInteger, isPositive, toBoolean, type SqlValue } from './columns.ts';
import type { TableDefinition } from './row-table.ts';

const ownColumns = [
  'id', 'path', 'file_name', 'name', 'status', 'problem', 'scene', 'take', 'reel', 'note', 'tags', 'rating', 'is_circled', 'version_group', 'version', 'added',
] as const;

const mediaColumns = [
  'fingerprint', 'frames', 'rate_num', 'rate_den', 'is_still', 'picture_codec', 'picture_width', 'picture_height', 'picture_pixel_format',
  'sound_codec', 'sound_channels', 'sound_sample_rate', 'timecode_frame', 'timecode_drop_frame', 'bytes', 'created',
] as const;

export const shotTable: TableDefinition<Shot> = {
  name: 'shots',
  columns: [...ownColumns, ...mediaColumns],
  write: (shot) => [
    shot.id, shot.path, fileName(shot.path), shot.name, shot.status, shot.problem, shot.scene, shot.take, shot.reel, shot.note, JSON.stringify(shot.tags),
    shot.rating, fromBoolean(shot.isCircled), shot.versionGroup, shot.version, shot.added, ...writeMedia(shot.media),
  ],
  read: ([id, path, , name, status, problem, scene, take, reel, note, tags, rating, isCircled, versionGroup, version, added, ...media]) => ({
    id, path, name, status, problem, media: readMedia(media), scene, take, reel, note, tags: tags === '[]' ? [] : fromJson(tags), rating,
    isCircled: toBoolean(isCircled), versionGroup, version, added,
  }),
  check: shape<Shot>({
    id: isId, path: isString, name: isString, status: oneOf(...shotStatuses), problem: nullOr(isString),
    media: nullOr(shape<ShotMedia>({
      fingerprint: isString, frames: isInteger, rate: shape<Rational>({ num: isPositive, den: isPositive }), isStill: isBoolean,
      picture: nullOr(shape({ codec: isString, width: isInteger, height: isInteger, pixelFormat: isString })),
      sound: nullOr(shape({ codec: isString, channels: isInteger, sampleRate: isInteger })),
      timecode: nullOr(shape({ frame: isInteger, dropFrame: isBoolean })),
      bytes: isInteger, created: nullOr(isString),
    })),
    scene: nullOr(isString), take: nullOr(isString), reel: nullOr(isString), note: isString, tags: arrayOf(isString), rating: oneOf(0, 1, 2, 3, 4, 5),
    isCircled: isBoolean, versionGroup: nullOr(isString), version: nullOr(isInteger), added: isNumber,
  }),
};

function writeMedia(media: ShotMedia | null): readonly SqlValue[] {
  if (!media) return mediaColumns.map(() => null);
  const { picture, sound, timecode } = media;
  return [
    media.fingerprint, media.frames, media.rate.num, media.rate.den, fromBoolean(media.isStill),
    ...(picture ? [picture.codec, picture.width, picture.height, picture.pixelFormat] : [null, null, null, null]),
    ...(sound ? [sound.codec, sound.channels, sound.sampleRate] : [null, null, null]),
    ...(timecode ? [timecode.frame, fromBoolean(timecode.dropFrame)] : [null, null]),
    media.bytes, media.created,
  ];
}

function readMedia(values: readonly unknown[]): unknown {
  const [
    fingerprint, frames, num, den, isStill, pictureCodec, width, height, pixelFormat, soundCodec, channels, sampleRate, frame, dropFrame, bytes, created,
  ] = values;
  if (fingerprint === null) return null;
  return {
    fingerprint, frames, rate: { num, den }, isStill: toBoolean(isStill),
    picture: pictureCodec === null ? null : { codec: pictureCodec, width, height, pixelFormat },
    sound: soundCodec === null ? null : { codec: soundCodec, channels, sampleRate },
    timecode: frame === null ? null : { frame, dropFrame: toBoolean(dropFrame) },
    bytes, created,
  };
}

/** Of paths of any system: a project may come from another. */
function fileName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
