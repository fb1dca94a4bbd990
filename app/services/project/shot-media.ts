/** What a project keeps of an indexed source: enough for people and the timeline; the tables stay in the index. */
import type { ShotMedia } from '../../domain/project/project.ts';
import { rational } from '../../domain/rational.ts';
import { sourceFrames, type Source } from '../../domain/source.ts';
import { nominalLength } from '../../domain/plan/resolve-clip.ts';

export function shotMedia(source: Source): ShotMedia {
  const { picture, sound, timecode } = source;
  const rate = picture ? picture.rate : rational(sound?.format.sampleRate ?? 48_000);
  return {
    fingerprint: source.fingerprint,
    frames: picture ? (picture.isStill ? 1 : nominalLength(source, picture.rate)) : sourceFrames(source),
    rate,
    isStill: picture?.isStill ?? false,
    picture: picture && { codec: picture.format.codec, width: picture.format.width, height: picture.format.height, pixelFormat: picture.format.pixelFormat },
    sound: sound && { codec: sound.format.codec, channels: sound.format.channels, sampleRate: sound.format.sampleRate },
    timecode: timecode && { frame: timecode.frame, dropFrame: timecode.dropFrame },
    bytes: source.size,
    created: source.created,
  };
}
