/** The timecode of a source's first frame, from its 'tmcd' track (QTFF "Timecode media"). */
import { rateFromNumber } from '../../../app/domain/frame-rates.ts';
import { scaleFloor } from '../../../app/domain/rational.ts';
import type { SourceTimecode } from '../../../app/domain/source.ts';
import { boxesIn, open } from './box-list.ts';
import type { MediaFile } from './media-file.ts';
import type { Movie } from './movie.ts';
import { editPieces } from './present.ts';
import { readSampleTable } from './sample-table.ts';
import type { Moment } from './sound-start.ts';
import type { Track } from './track.ts';
import { sourceName } from './user-data.ts';

export type IndexedTimecode = { readonly timecode: SourceTimecode | null; readonly reel: string | null };

const isDropFrame = 1;
const isCounter = 8;
const bytesOfLabel = 4;

/** `start`: when the first frame is shown. What cannot be read is not there. */
export function indexTimecode(file: MediaFile, movie: Movie, described: Track | null, start: Moment | null): IndexedTimecode {
  const ids = described?.references.get('tmcd') ?? [];
  const tracks = movie.tracks.filter((track) => track.handler === 'tmcd' && track.entries[0]?.type === 'tmcd');
  const track = tracks.find(({ id }) => ids.includes(id)) ?? tracks[0];
  if (!track) return { timecode: null, reel: null };
  try {
    return readTimecode(file, movie, track, start);
  } catch {
    return { timecode: null, reel: null };
  }
}

function readTimecode(file: MediaFile, movie: Movie, track: Track, start: Moment | null): IndexedTimecode {
  const [entry] = track.entries;
  if (!entry) return { timecode: null, reel: null };
  const cursor = open(entry).skip(12);
  const flags = cursor.u32();
  const timescale = cursor.u32();
  const frameDuration = cursor.u32();
  const nominal = cursor.u8();
  const named = boxesIn(entry.bytes, Math.min(entry.end, cursor.skip(1).at), entry.end).find((box) => box.type === 'name');
  const reel = (named && sourceName(named)) || null;
  const rate = frameDuration > 0 ? rateFromNumber(timescale / frameDuration) : rateFromNumber(nominal);
  const table = readSampleTable(track);
  if (!rate || table.count === 0 || flags & isCounter) return { timecode: null, reel };
  const time = mediaTime(track, movie.timescale, start);
  let sample = 0;
  while (sample + 1 < table.count && (table.time[sample + 1] ?? 0) <= time) sample++;
  const label = file.read(table.offset[sample] ?? 0, bytesOfLabel).readInt32BE(0);
  const within = frameDuration > 0 ? Math.max(0, scaleFloor(Math.round(time - (table.time[sample] ?? 0)), timescale, track.timescale * frameDuration)) : 0;
  return { timecode: { frame: label + within, rate, dropFrame: (flags & isDropFrame) !== 0 }, reel };
}

/** Of the label under the movie's moment `start`, in the track's timescale. */
function mediaTime(track: Track, movieTimescale: number, start: Moment | null): number {
  const pieces = editPieces(track.edits, track.timescale, movieTimescale, false);
  const at = start ? (start.num * track.timescale) / start.den : (pieces[0]?.at ?? 0);
  if (pieces.length === 0) return Math.max(0, at);
  const piece = pieces.findLast((candidate) => candidate.at <= at + 1) ?? pieces[0];
  return piece ? Math.max(piece.from, piece.from + at - piece.at) : 0;
}
