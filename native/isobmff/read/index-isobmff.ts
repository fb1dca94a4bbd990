/**
 * A Source from an MP4 or MOV, plain or fragmented. Only its header is read, and of the media a few bytes at the head of sync samples;
 * FFmpeg is not needed.
 */
import { withPlace } from '../../../app/base/errors.ts';
import type { Source } from '../../../app/domain/source.ts';
import { withConstantTracks } from '../../index/constant-sizes.ts';
import { chooseTracks } from './choose-tracks.ts';
import { damaged } from './cursor.ts';
import { findMovie } from './find-movie.ts';
import { fingerprintOf } from './fingerprint.ts';
import { indexPicture } from './index-picture.ts';
import { indexSound } from './index-sound.ts';
import { indexTimecode } from './index-timecode.ts';
import { MediaFile } from './media-file.ts';
import { readMovie } from './movie.ts';
import { creationDate, readUserData } from './user-data.ts';

/** Throws `input.damaged`, `input.unsupported`, `input.changed`, naming the file. `fd` stays open. */
export function indexIsobmff(path: string, size: number, modifiedMs: number, fd: number): Source {
  try {
    return index(new MediaFile(path, size, fd), modifiedMs);
  } catch (error) {
    throw withPlace(error, { file: path });
  }
}

function index(file: MediaFile, modifiedMs: number): Source {
  const movie = readMovie(file, findMovie(file));
  const tracks = chooseTracks(movie);
  if (!tracks.picture && !tracks.sound) throw damaged('it holds neither picture nor sound');
  const warnings = [...tracks.warnings];
  const data = readUserData([...movie.userData, ...[tracks.picture?.userData, tracks.sound?.userData].filter((box) => box !== null && box !== undefined)]);
  const picture = tracks.picture ? indexPicture(file, movie, tracks.picture, warnings) : null;
  const sound = tracks.sound ? indexSound(file, movie, tracks.sound, picture?.start ?? null, data.priming, warnings) : null;
  const { timecode, reel } = indexTimecode(file, movie, tracks.picture ?? tracks.sound, picture?.start ?? null);
  return {
    path: file.path, size: file.size, modifiedMs,
    fingerprint: withConstantTracks(fingerprintOf(file, movie.moov), picture?.picture ?? null, sound, (offset, length) => file.peek(offset, length)),
    container: 'isobmff',
    files: [file.path],
    picture: picture?.picture ?? null,
    sound, timecode,
    reel: reel ?? data.texts.get('reel') ?? data.keys.get('com.apple.proapps.reel') ?? null,
    created: creationDate(movie.created, data),
    warnings,
  };
}
