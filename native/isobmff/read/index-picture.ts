/** The picture of a source from its track. */
import { StringoutError } from '../../../app/base/errors.ts';
import { rational } from '../../../app/domain/rational.ts';
import { sampleFlags, type Picture, type PictureFormat } from '../../../app/domain/source.ts';
import type { PictureParameters } from '../../bitstream/parse/picture-parameters.ts';
import { printable } from './box-list.ts';
import { damaged } from './cursor.ts';
import { frameTiming } from './frame-rate.ts';
import type { MediaFile } from './media-file.ts';
import type { Movie } from './movie.ts';
import { readNalPicture } from './nal-picture.ts';
import { pictureCodec, pictureRefusal } from './picture-codecs.ts';
import { entryBytes, readPictureEntry, requiredConfig, type PictureEntry } from './picture-entry.ts';
import { presentFrames, rankSamples } from './present.ts';
import { rotationOf } from './rotation.ts';
import { readSampleTable, type SampleTable } from './sample-table.ts';
import type { Track } from './track.ts';

export type IndexedPicture = {
  readonly picture: Picture;
  /** When the first frame is shown, in seconds as a fraction on the movie's clock. */
  readonly start: { readonly num: number; readonly den: number };
};

const largestSide = 16_384;

/** Throws `input.damaged`, `input.unsupported`. */
export function indexPicture(file: MediaFile, movie: Movie, track: Track): IndexedPicture {
  const first = track.entries[0];
  if (!first) throw damaged('its picture track has no sample description');
  const refusal = pictureRefusal(first.type);
  if (refusal) throw new StringoutError('input.unsupported', refusal);
  const kind = pictureCodec(first.type);
  if (!kind) throw new StringoutError('input.unsupported', `its picture is of a kind that is not known: "${printable(first.type)}"`);
  const entry = readPictureEntry(first);
  const table = readSampleTable(track, file.size);
  checkExtents(table, file.size);
  const { rank, sorted } = rankSamples(table.time);
  const frames = presentFrames(sorted, track.edits, track.timescale, movie.timescale, movie.fragments.length > 0);
  if (frames.times.length === 0) throw damaged('its picture has not one frame that is shown');
  const coded = readCoded(kind.codec, entry, table, file, kind.isIntra);
  const format = pictureFormat(kind.codec, entry, coded.parameters, track);
  const timing = frameTiming(frames.times, track.timescale, table.end);
  const picture: Picture = {
    format, ...timing,
    isStill: false,
    config: coded.config,
    sampleEntry: entryBytes(first),
    sets: coded.sets,
    copyObstacle: coded.copyObstacle,
    samples: { count: table.count, file: null, offset: table.offset, size: table.size, rank, flags: coded.flags },
    shown: frames.shown,
    times: timing.isConstantRate ? null : frames.times,
    timescale: track.timescale,
  };
  return { picture, start: { num: frames.start, den: track.timescale } };
}

type Coded = {
  readonly config: Uint8Array;
  readonly parameters: PictureParameters;
  readonly sets: Picture['sets'];
  readonly copyObstacle: string | null;
  readonly flags: Uint8Array;
};

function readCoded(codec: string, entry: PictureEntry, table: SampleTable, file: MediaFile, isIntra: boolean): Coded {
  let coded: Coded;
  if (codec === 'h264' || codec === 'hevc') {
    coded = readNalPicture(codec, requiredConfig(entry, codec === 'h264' ? 'avcC' : 'hvcC'), entry, table, file);
  } else {
    const key = sampleFlags.sync | sampleFlags.closed;
    const flags = new Uint8Array(table.count);
    for (let i = 0; i < table.count; i++) if (isIntra || !table.isSync || table.isSync[i] === 1) flags[i] = key;
    coded = { config: new Uint8Array(0), parameters: proresParameters(entry), sets: null, copyObstacle: null, flags };
  }
  if (table.isDisposable) for (let i = 0; i < table.count; i++) if (table.isDisposable[i] === 1) coded.flags[i] = (coded.flags[i] ?? 0) | sampleFlags.disposable;
  return coded;
}

const proresProfiles: Readonly<Record<string, string>> = { apco: 'Proxy', apcs: 'LT', apcn: 'Standard', apch: 'HQ', ap4h: '4444', ap4x: 'XQ' };

function proresParameters(entry: PictureEntry): PictureParameters {
  const pixelFormat = entry.tag.startsWith('ap4') ? 'yuv444p12le' : 'yuv422p10le';
  return { profile: proresProfiles[entry.tag] ?? '', width: entry.width, height: entry.height, sar: null, pixelFormat, range: 'limited', colour: null, fieldOrder: 'unknown' };
}

function pictureFormat(codec: string, entry: PictureEntry, coded: PictureParameters, track: Track): PictureFormat {
  const { width, height } = coded;
  if (width < 1 || height < 1 || width > largestSide || height > largestSide) {
    throw damaged(`its picture claims to be ${width}x${height}: sides from 1 to ${largestSide} are taken`);
  }
  return {
    codec, tag: entry.tag, profile: coded.profile, width, height,
    sar: entry.sar ?? coded.sar ?? rational(1),
    pixelFormat: coded.pixelFormat,
    range: coded.range ?? entry.range ?? 'unknown',
    colour: coded.colour ?? entry.colour ?? { primaries: 2, transfer: 2, matrix: 2 },
    fieldOrder: entry.fieldOrder ?? coded.fieldOrder,
    rotation: rotationOf(track.matrix),
  };
}

/** Throws `input.damaged` where samples lie beyond the end of the file. */
function checkExtents(table: SampleTable, fileSize: number): void {
  let whole = 0;
  let last = 0;
  for (let i = 0; i < table.count; i++) {
    const end = (table.offset[i] ?? 0) + (table.size[i] ?? 0);
    if (end <= fileSize) whole++;
    else last = end;
  }
  if (last > 0) throw damaged(`it is cut short: only ${whole} of its ${table.count} frames are whole (${Math.ceil(last - fileSize)} bytes are missing)`);
}
