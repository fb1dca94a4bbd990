/** Which tracks of a movie are its picture and its sound, when there are several: what FFmpeg and players would take. */
import { openFull } from './box-list.ts';
import type { Movie } from './movie.ts';
import { pictureCodec } from './picture-codecs.ts';
import type { Track } from './track.ts';

export type ChosenTracks = { readonly picture: Track | null; readonly sound: Track | null; readonly warnings: readonly string[] };

export function chooseTracks(movie: Movie): ChosenTracks {
  const chapters = new Set(movie.tracks.flatMap((track) => track.references.get('chap') ?? []));
  const filled = movie.tracks.filter((track) => track.entries.length > 0 && !chapters.has(track.id) && hasSamples(track, movie));
  const pictures = ranked(filled.filter((track) => track.handler === 'vide'), pictureRank);
  const sounds = ranked(filled.filter((track) => track.handler === 'soun'), channels);
  return {
    picture: pictures[0] ?? null,
    sound: sounds[0] ?? null,
    warnings: [...leftOut(pictures.length, 'picture'), ...leftOut(sounds.length, 'sound')],
  };
}

function leftOut(count: number, kind: string): string[] {
  return count > 1 ? [`it has ${count} tracks of ${kind}: one is taken`] : [];
}

/** Enabled ones first, then by `rank`; the first of the file wins a tie. */
function ranked(tracks: readonly Track[], rank: (track: Track) => number): Track[] {
  return tracks.toSorted((a, b) => Number(b.isEnabled) - Number(a.isEnabled) || rank(b) - rank(a));
}

/** Moving pictures of a known kind before others, then the larger one. */
function pictureRank(track: Track): number {
  const [entry] = track.entries;
  if (!entry || !pictureCodec(entry.type) || entry.end - entry.start < 28) return 0;
  return entry.bytes.readUInt16BE(entry.start + 24) * entry.bytes.readUInt16BE(entry.start + 26);
}

function channels(track: Track): number {
  const [entry] = track.entries;
  return entry && entry.end - entry.start >= 18 ? entry.bytes.readUInt16BE(entry.start + 16) : 0;
}

function hasSamples(track: Track, movie: Movie): boolean {
  if (movie.runs?.has(track.id)) return true;
  const sizes = track.tables.get('stsz') ?? track.tables.get('stz2');
  if (!sizes || sizes.end - sizes.start < 12) return false;
  return openFull(sizes).cursor.skip(4).u32() > 0;
}
