/** ftyp and moov of a movie whose every sample has its place. */
import type { Movie } from '../../../app/domain/movie.ts';
import { scaleRound, type Rational } from '../../../app/domain/rational.ts';
import { box, concat, fourCc, fullBox, largeBox, u16, u32, u64s, zeros, type Bytes, type Pieces } from './boxes.ts';
import { pictureEntry } from './picture-entry.ts';
import type { PictureColumns } from './picture-samples.ts';
import { chunkOffsets, compositionOffsets, constantSampleSize, sampleSizes, sampleToChunk, syncSamples, timesToSample, timeToSample, type Chunks } from './sample-tables.ts';
import { audioPreRoll, pcmFrameBytes, soundEntry, soundMediaHeader } from './sound-entry.ts';
import { aacFrame, type SoundColumns } from './sound-pieces.ts';
import { chapterEntry, chapterLengths, chapterMediaHeader, chapterSamples } from './chapter-track.ts';
import { timecodeEntry, timecodeMediaHeader } from './timecode-track.ts';
import { identityMatrix, trackBox, type Track } from './track.ts';

export type HeaderInput = {
  readonly movie: Movie;
  /** Decoder configuration of the picture's one sample entry. */
  readonly config: Uint8Array;
  readonly picture: PictureColumns | null;
  readonly sound: SoundColumns | null;
};

/** Offsets from the start of the file. */
export type HeaderChunks = { readonly picture: Chunks; readonly sound: Chunks; readonly timecode: number; readonly chapters: number; readonly is64Bit: boolean };

/** Ticks of one frame, and ticks a second: at least 10,000, as players that round expect. */
function pictureClock(rate: Rational): { readonly timescale: number; readonly duration: number } {
  let factor = 1;
  while (rate.num * factor < 10_000) factor *= 2;
  return { timescale: rate.num * factor, duration: rate.den * factor };
}

export function fileType(movie: Movie): Bytes {
  if (movie.container === 'mov') return box('ftyp', fourCc('qt'), u32(0x200), fourCc('qt'));
  const codecBrand = { h264: ['avc1'], av1: ['av01'] }[movie.picture?.format.codec ?? ''] ?? [];
  return box('ftyp', fourCc('isom'), u32(0x200), ...['isom', 'iso2', ...codecBrand, 'mp41'].map(fourCc));
}

/** The same length for the same number of chunks and width of offsets. */
export function movieBox(input: HeaderInput, chunks: HeaderChunks): Pieces {
  const { movie } = input;
  const isQuickTime = movie.container === 'mov';
  const clock = movie.picture ? pictureClock(movie.picture.rate) : null;
  const timescale = movie.sound?.format.sampleRate ?? clock?.timescale ?? 1000;
  const pictureDuration = clock ? scaleRound((input.picture?.count ?? 0) * clock.duration, timescale, clock.timescale) : 0;
  const tracks: Track[] = [];
  const timecodeId = (movie.picture ? 1 : 0) + (movie.sound ? 1 : 0) + 1;
  const hasChapters = movie.picture !== null && (movie.chapters?.length ?? 0) > 0;
  const chaptersId = timecodeId + (movie.timecode ? 1 : 0);
  const references = [...(movie.timecode ? [box('tmcd', u32(timecodeId))] : []), ...(hasChapters ? [box('chap', u32(chaptersId))] : [])];
  if (movie.picture) tracks.push(pictureTrack(input, chunks, pictureDuration, references));
  if (movie.sound) tracks.push(soundTrack(input, chunks, tracks.length + 1));
  if (movie.timecode && movie.picture) tracks.push(timecodeTrack(input, chunks, timecodeId, pictureDuration));
  if (hasChapters) tracks.push(chapterTrack(input, chunks, chaptersId, pictureDuration));
  const duration = Math.max(...tracks.map((track) => track.duration), 0);
  const times = duration > 0xffffffff ? concat([u64s([0, 0]), u32(timescale), u64s([duration])]) : u32(0, 0, timescale, duration);
  return largeBox('moov',
    fullBox('mvhd', duration > 0xffffffff ? 1 : 0, 0, times, u32(0x10000), u16(0x100), zeros(10), identityMatrix, zeros(24), u32(tracks.length + 1)),
    ...tracks.map((track) => trackBox(track, isQuickTime)));
}

const unturned = { width: 0, height: 0, sar: { num: 1, den: 1 }, rotation: 0 } as const;

function pictureTrack(input: HeaderInput, chunks: HeaderChunks, duration: number, references: readonly Bytes[]): Track {
  const { movie: { picture, container }, picture: columns } = input;
  if (!picture || !columns) throw new Error('a picture track without picture');
  const clock = pictureClock(picture.rate);
  const { delay, box: offsets } = compositionOffsets(columns.display, clock.duration);
  const sync = syncSamples(columns.isSync);
  const { width, height, sar, rotation } = picture.format;
  return {
    id: 1, handler: 'vide', mediaTimescale: clock.timescale, mediaDuration: columns.count * clock.duration, duration, mediaTime: delay * clock.duration,
    width, height, sar, rotation, isEnabled: true,
    mediaHeader: fullBox('vmhd', 0, 1, zeros(8)),
    extra: references.length === 0 ? [] : [box('tref', ...references)],
    sampleTable: [
      fullBox('stsd', 0, 0, u32(1), pictureEntry(picture, input.config, container)),
      timeToSample(columns.count, clock.duration),
      ...(offsets ? [offsets] : []),
      ...(sync ? [sync] : []),
      sampleToChunk(chunks.picture.samples),
      sampleSizes(columns.written),
      chunkOffsets(chunks.picture.offset, chunks.is64Bit),
    ],
  };
}

function soundTrack(input: HeaderInput, chunks: HeaderChunks, id: number): Track {
  const { movie: { sound, container }, sound: columns } = input;
  if (!sound || !columns) throw new Error('a sound track without sound');
  const isAac = sound.format.codec === 'aac';
  const samples = columns.samples.subarray(0, columns.count).reduce((total, count) => total + count, 0);
  return {
    id, handler: 'soun', mediaTimescale: sound.format.sampleRate, mediaDuration: columns.duration,
    duration: Math.min(sound.length, Math.max(0, columns.duration - sound.priming)), mediaTime: sound.priming,
    ...unturned, isEnabled: true, mediaHeader: soundMediaHeader, extra: [],
    sampleTable: [
      fullBox('stsd', 0, 0, u32(1), soundEntry(sound, container)),
      timeToSample(samples, isAac ? aacFrame : 1),
      sampleToChunk(chunks.sound.samples),
      isAac ? sampleSizes(columns.size.subarray(0, columns.count)) : constantSampleSize(pcmFrameBytes(sound), samples),
      chunkOffsets(chunks.sound.offset, chunks.is64Bit),
      ...(isAac ? [audioPreRoll(samples)] : []),
    ],
  };
}

function timecodeTrack(input: HeaderInput, chunks: HeaderChunks, id: number, duration: number): Track {
  const { movie: { timecode, container }, picture } = input;
  if (!timecode) throw new Error('a timecode track without timecode');
  const mediaDuration = (picture?.count ?? 0) * timecode.rate.den;
  return {
    id, handler: 'tmcd', mediaTimescale: timecode.rate.num, mediaDuration, duration, mediaTime: 0, ...unturned, isEnabled: true,
    mediaHeader: timecodeMediaHeader(container === 'mov'), extra: [],
    sampleTable: [
      fullBox('stsd', 0, 0, u32(1), timecodeEntry(timecode)),
      timeToSample(1, mediaDuration),
      sampleToChunk(Uint32Array.of(1)),
      constantSampleSize(4, 1),
      chunkOffsets(Float64Array.of(chunks.timecode), chunks.is64Bit),
    ],
  };
}

function chapterTrack(input: HeaderInput, chunks: HeaderChunks, id: number, duration: number): Track {
  const { movie: { chapters = [], picture }, picture: columns } = input;
  if (!picture || !columns) throw new Error('chapters without picture');
  const clock = pictureClock(picture.rate);
  const sizes = chapterSamples(chapters).map((sample) => sample.length);
  return {
    id, handler: 'text', mediaTimescale: clock.timescale, mediaDuration: columns.count * clock.duration, duration, mediaTime: 0, ...unturned, isEnabled: false,
    mediaHeader: chapterMediaHeader(), extra: [],
    sampleTable: [
      fullBox('stsd', 0, 0, u32(1), chapterEntry()),
      timesToSample(chapterLengths(chapters, columns.count).map((frames) => frames * clock.duration)),
      sampleToChunk(Uint32Array.of(chapters.length)),
      sampleSizes(Uint32Array.from(sizes)),
      chunkOffsets(Float64Array.of(chunks.chapters), chunks.is64Bit),
    ],
  };
}
