/** The sound of a source from its track. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { Sound, SoundFormat, SoundPackets } from '../../../app/domain/source.ts';
import { printable } from './box-list.ts';
import { defaultLayout, entryLayout } from './channel-layout.ts';
import { codedSound, type CodedSound } from './coded-sound.ts';
import { damaged } from './cursor.ts';
import { checkDataReference, usedDescriptions } from './descriptions.ts';
import { truncated, wholeSamples } from './extents.ts';
import { withFragments } from './fragment-samples.ts';
import type { MediaFile } from './media-file.ts';
import type { Movie } from './movie.ts';
import { chunkPackets } from './chunk-packets.ts';
import { packetPositions } from './packet-positions.ts';
import { pcmCodec, type Pcm } from './pcm-codec.ts';
import { cutRuns, readPcmRuns } from './pcm-runs.ts';
import { entryBytes } from './picture-entry.ts';
import { editPieces, type EditPiece } from './present.ts';
import { readSampleTable } from './sample-table.ts';
import { readSoundEntry, type SoundEntry } from './sound-entry.ts';
import { soundStart, type Moment } from './sound-start.ts';
import type { Track } from './track.ts';

type Coded = { readonly format: SoundFormat; readonly config: Uint8Array; readonly packets: SoundPackets; /** Media time of packet 0. */ readonly first: number };

/**
 * `picture`: when the first frame is shown; null without picture: the sound counts from its own first sample that is heard. `priming`: what
 * iTunes' metadata says of it. Throws `input.damaged`, `input.unsupported`.
 */
export function indexSound(file: MediaFile, movie: Movie, track: Track, picture: Moment | null, priming: number, warnings: string[]): Sound {
  const [first] = track.entries;
  if (!first) throw damaged('its sound track has no sample description');
  if (first.type === 'enca' || first.type === 'drms') throw new StringoutError('input.unsupported', 'its sound is encrypted');
  checkDataReference(track, first);
  const entry = readSoundEntry(first, movie.isQuickTime || track.stsdVersion === 0);
  const pcm = pcmCodec(entry);
  const coded = pcm ? readPcm(file, movie, track, entry, pcm, warnings) : readPackets(file, movie, track, entry, warnings);
  const { format, config } = coded;
  const pieces = editPieces(track.edits, track.timescale, movie.timescale, movie.runs !== null);
  const isCut = pieces.length > 1;
  const packets = pcm && isCut ? cutRuns(coded.packets, samplePieces(pieces, track.timescale, format.sampleRate), (pcm.bits / 8) * format.channels) : coded.packets;
  if (isCut && !pcm) warnings.push(`its sound is cut into ${pieces.length} pieces by an edit list: only the first is followed`);
  // Pieces of PCM were put together: they begin where the first does.
  const piece = soundPiece(pieces, pcm !== null, priming, track, format);
  const origin = picture ?? { num: piece?.at ?? 0, den: track.timescale };
  const decoded = packets.position[packets.count] ?? 0;
  return {
    format, config, sampleEntry: entryBytes(first), packets,
    ...soundStart(origin, piece, coded.first, track.timescale, format.sampleRate),
    length: pcm && isCut ? decoded : heardLength(decoded, piece, coded.first, movie.timescale, track.timescale, format.sampleRate),
  };
}

/** The edit that says where the sound begins. */
function soundPiece(pieces: readonly EditPiece[], isPcm: boolean, priming: number, track: Track, format: SoundFormat): EditPiece | null {
  const [piece] = pieces;
  if (!piece) {
    const from = format.codec === 'aac' ? Math.round((priming * track.timescale) / format.sampleRate) : 0;
    return from > 0 ? { from, to: Infinity, at: 0 } : null;
  }
  return isPcm && pieces.length > 1 ? { from: 0, to: Infinity, at: piece.at } : piece;
}

function samplePieces(pieces: readonly EditPiece[], timescale: number, sampleRate: number): EditPiece[] {
  const scaled = (value: number): number => (timescale === sampleRate || value === Infinity ? value : Math.round((value * sampleRate) / timescale));
  return pieces.map(({ from, to, at }) => ({ from: scaled(from), to: scaled(to), at: scaled(at) }));
}

/** An edit's end that lies more than the movie's tick before what is decoded cuts padding off; one that lies nearer is rounding. */
function heardLength(decoded: number, piece: EditPiece | null, first: number, movieTimescale: number, timescale: number, sampleRate: number): number {
  if (!piece || piece.to === Infinity) return decoded;
  const end = Math.round(((piece.to - first) * sampleRate) / timescale);
  return end > 0 && decoded - end > Math.ceil(sampleRate / movieTimescale) ? end : decoded;
}

function readPcm(file: MediaFile, movie: Movie, track: Track, entry: SoundEntry, pcm: Pcm, warnings: string[]): Coded {
  const { channels } = entry;
  const sampleRate = entry.sampleRate || track.timescale;
  if (channels < 1 || channels > 64) throw damaged(`its sound claims to have ${channels} channels`);
  if (sampleRate > 768_000) throw damaged(`its sound claims to have ${sampleRate} samples a second`);
  if (track.entries.some((other) => other.type !== entry.tag)) throw changed();
  const runs = movie.runs?.get(track.id) ?? [];
  const { packets, missing, first } = readPcmRuns(track, runs, (pcm.bits / 8) * channels, file.size);
  if (packets.count === 0) throw damaged('nothing of its sound lies in the file');
  if (missing > 0) warnings.push(`its sound is cut short: the last ${missing} samples are missing`);
  const layout = entryLayout(entry, channels) ?? defaultLayout(channels);
  return { format: { codec: pcm.codec, tag: entry.tag, sampleRate, channels, layout, bits: pcm.bits }, config: new Uint8Array(0), packets, first };
}

function readPackets(file: MediaFile, movie: Movie, track: Track, entry: SoundEntry, warnings: string[]): Coded {
  const chunked = chunkPackets(entry, track, file.size);
  if (chunked) return { ...codedFormat(entry, track, file, chunked.offset[0] ?? 0), packets: chunked, first: 0 };
  const told = withFragments(readSampleTable(track), movie.runs?.get(track.id) ?? []);
  if (usedDescriptions(track, told.entry).length > 1) throw changed();
  const whole = wholeSamples(told, file.size);
  if (whole === 0) throw damaged('nothing of its sound lies in the file');
  const { format, config, frame } = codedFormat(entry, track, file, told.offset[0] ?? 0);
  const table = whole < told.count ? truncated(told, whole) : told;
  if (whole < told.count) warnings.push(`its sound is cut short: the last ${told.count - whole} of ${told.count} packets are missing`);
  const { position, first } = packetPositions(table.time, table.end, track.timescale, format.sampleRate, frame);
  return { format, config, packets: { count: table.count, file: null, offset: table.offset, size: table.size, position }, first };
}

const headLength = 4;

function codedFormat(entry: SoundEntry, track: Track, file: MediaFile, firstPacket: number): CodedSound {
  const coded = codedSound(entry, track.timescale, file.peek(firstPacket, headLength));
  if (!coded) throw new StringoutError('input.unsupported', `its sound is of a kind that is not known: "${printable(entry.tag)}"`);
  return coded;
}

function changed(): StringoutError {
  return new StringoutError('input.unsupported', 'its sound changes format in mid-stream; split it there first');
}
