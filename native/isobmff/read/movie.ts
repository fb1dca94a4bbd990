/** 'moov' taken apart (ISO 14496-12, 8.2 and 8.3): what all tracks share, and the tracks. */
import { children, openFull, type Box } from './box-list.ts';
import { damaged } from './cursor.ts';
import type { MovieBoxes } from './find-movie.ts';
import { readFragments, type TrackExtends, type TrackRun } from './fragments.ts';
import type { MediaFile } from './media-file.ts';
import { readTrack, type Track } from './track.ts';

export type Movie = MovieBoxes & {
  /** Units a second of edit lists. */
  readonly timescale: number;
  /** Seconds since 1904, 0 unknown. */
  readonly created: number;
  readonly tracks: readonly Track[];
  /** Runs of samples in fragments by track id; null where the movie has no fragments. */
  readonly runs: ReadonlyMap<number, readonly TrackRun[]> | null;
  readonly userData: readonly Box[];
};

const mostTracks = 1000;

/** Throws `input.damaged`. */
export function readMovie(file: MediaFile, boxes: MovieBoxes): Movie {
  let timescale = 0;
  let created = 0;
  let matrix: readonly number[] = [];
  const tracks: Track[] = [];
  const extended = new Map<number, TrackExtends>();
  const userData: Box[] = [];
  const top = children(boxes.moov);
  const header = top.find((box) => box.type === 'mvhd');
  if (header) {
    const { cursor, version } = openFull(header);
    created = version === 1 ? cursor.u64() : cursor.u32();
    cursor.skip(version === 1 ? 8 : 4);
    timescale = cursor.u32();
    cursor.skip((version === 1 ? 8 : 4) + 16);
    matrix = Array.from({ length: 9 }, () => cursor.i32());
  }
  for (const box of top) {
    if (box.type === 'trak') {
      const track = readTrack(box, timescale, matrix);
      if (track) tracks.push(track);
      if (tracks.length > mostTracks) throw damaged('it has impossibly many tracks');
    } else if (box.type === 'mvex') {
      for (const trex of children(box)) {
        if (trex.type !== 'trex') continue;
        const { cursor } = openFull(trex);
        extended.set(cursor.u32(), { entry: cursor.u32(), duration: cursor.u32(), size: cursor.u32(), flags: cursor.u32() });
      }
    } else if (box.type === 'udta' || box.type === 'meta') {
      userData.push(box);
    }
  }
  const runs = boxes.fragments.length > 0 ? readFragments(file, boxes.fragments, extended) : null;
  return { ...boxes, timescale: timescale || 1, created, tracks, runs, userData };
}
