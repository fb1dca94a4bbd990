/** The picture of a source from its track. */
import { rational } from '../../../app/domain/rational.ts';
import { sampleFlags, type Picture, type PictureFormat } from '../../../app/domain/source.ts';
import type { PictureParameters } from '../../bitstream/parse/picture-parameters.ts';
import { damaged } from './cursor.ts';
import { readCodedPicture } from './coded-picture.ts';
import { checkWhole } from './extents.ts';
import { withFragments } from './fragment-samples.ts';
import { frameTiming } from './frame-rate.ts';
import type { MediaFile } from './media-file.ts';
import type { Movie } from './movie.ts';
import { entryBytes, type PictureEntry } from './picture-entry.ts';
import { presentFrames, rankSamples } from './present.ts';
import { isMirrored, matrixSar, rotationOf } from './rotation.ts';
import { readSampleTable } from './sample-table.ts';
import type { Moment } from './sound-start.ts';
import type { Track } from './track.ts';

export type IndexedPicture = {
  readonly picture: Picture;
  /** When the first frame is shown, on the movie's clock. */
  readonly start: Moment;
};

const largestSide = 16_384;

/** Samples may hold pictures that are not shown, and that others need, beside the one that is: whatever sdtp says, none can be left out. */
function hidesPictures(codec: string): boolean {
  return codec === 'av1' || codec === 'vp9' || codec === 'vp8';
}

/** Throws `input.damaged`, `input.unsupported`. */
export function indexPicture(file: MediaFile, movie: Movie, track: Track, warnings: string[]): IndexedPicture {
  const table = withFragments(readSampleTable(track), movie.runs?.get(track.id) ?? []);
  if (table.count === 0) throw damaged('its picture has not one frame');
  checkWhole(table, file.size);
  const { rank, sorted } = rankSamples(table.time);
  const frames = presentFrames(sorted, track.edits, track.timescale, movie.timescale, movie.runs !== null);
  if (frames.times.length === 0) throw damaged('its edit list shows not one frame');
  const coded = readCodedPicture(track, table, rank, file);
  if (table.isDisposable && !hidesPictures(coded.codec)) {
    for (let i = 0; i < table.count; i++) if (table.isDisposable[i] === 1) coded.flags[i] = (coded.flags[i] ?? 0) | sampleFlags.disposable;
  }
  if (isMirrored(track.matrix)) warnings.push('it asks to be shown mirrored, which is not done');
  const timing = frameTiming(frames.times, track.timescale, table.end);
  const picture: Picture = {
    format: pictureFormat(coded.codec, coded.entry, coded.parameters, track), ...timing,
    isStill: false,
    config: coded.config,
    sampleEntry: entryBytes(coded.entry.box),
    sets: coded.sets,
    copyObstacle: coded.copyObstacle,
    samples: { count: table.count, file: null, offset: table.offset, size: table.size, rank, flags: coded.flags },
    shown: frames.shown,
    times: timing.isConstantRate ? null : frames.times,
    timescale: track.timescale,
  };
  return { picture, start: { num: frames.start, den: track.timescale } };
}

const unspecified: PictureFormat['colour'] = { primaries: 2, transfer: 2, matrix: 2 };

/** The stream's own parameters win over the sample entry's, but for aspect ratio and field order, as in FFmpeg. */
function pictureFormat(codec: string, entry: PictureEntry, coded: PictureParameters, track: Track): PictureFormat {
  const { width, height } = coded;
  if (width < 1 || height < 1 || width > largestSide || height > largestSide) {
    throw damaged(`its picture claims to be ${width}x${height}: sides from 1 to ${largestSide} are taken`);
  }
  return {
    codec, tag: entry.tag, profile: coded.profile, width, height,
    sar: entry.sar ?? matrixSar(track, entry) ?? coded.sar ?? rational(1),
    pixelFormat: coded.pixelFormat,
    range: coded.range ?? entry.range ?? 'unknown',
    colour: coded.colour ?? entry.colour ?? unspecified,
    fieldOrder: entry.fieldOrder ?? coded.fieldOrder,
    rotation: rotationOf(track.matrix),
  };
}
