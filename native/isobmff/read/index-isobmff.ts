/**
 * A Source from an MP4 or MOV, plain or fragmented. Only its header is read, and of the media a few bytes at the head of sync samples;
 * FFmpeg is not needed.
 */
import { withPlace } from '../../../app/base/errors.ts';
import type { Source } from '../../../app/domain/source.ts';
import { damaged } from './cursor.ts';
import { findMovie } from './find-movie.ts';
import { fingerprintOf } from './fingerprint.ts';
import { indexPicture } from './index-picture.ts';
import { indexSound } from './index-sound.ts';
import { MediaFile } from './media-file.ts';
import { readMovie } from './movie.ts';

/** Throws `input.damaged`, `input.unsupported`, `input.changed`, naming the file. `fd` stays open. */
export function indexIsobmff(path: string, size: number, modifiedMs: number, fd: number): Source {
  try {
    return index(new MediaFile(path, size, fd), modifiedMs);
  } catch (error) {
    throw withPlace(error, { file: path });
  }
}

function index(file: MediaFile, modifiedMs: number): Source {
  const movie = readMovie(findMovie(file));
  const warnings: string[] = [];
  const pictureTrack = movie.tracks.find((track) => track.handler === 'vide') ?? null;
  const soundTrack = movie.tracks.find((track) => track.handler === 'soun') ?? null;
  if (!pictureTrack && !soundTrack) throw damaged('it holds neither picture nor sound');
  const picture = pictureTrack ? indexPicture(file, movie, pictureTrack) : null;
  const sound = soundTrack ? indexSound(file, movie, soundTrack, picture?.start ?? null, warnings) : null;
  return {
    path: file.path, size: file.size, modifiedMs,
    fingerprint: fingerprintOf(file, movie.moov),
    container: 'isobmff',
    files: [file.path],
    picture: picture?.picture ?? null,
    sound,
    timecode: null, reel: null, created: null,
    warnings,
  };
}
