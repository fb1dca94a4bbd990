/** An MKV or MXF from a Movie, by FFmpeg's muxers: packets in order of time, every one read once. The host renames the file. */
import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import { flattenError, StringoutError } from '../../../app/base/errors.ts';
import type { MovieWriteRequest, MovieWriteResult } from '../../../app/contract/jobs/movie-write.ts';
import type { Movie } from '../../../app/domain/movie.ts';
import { formatTimecode } from '../../../app/domain/timecode.ts';
import { checkSpace } from '../../copy/check-space.ts';
import { SourceFiles } from '../../copy/source-files.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { Muxer, type MuxPacket } from '../codec/muxer.ts';
import { correctStoredHeight } from './mxf-stored-height.ts';
import { MuxedPicture } from './muxed-picture.ts';
import { MuxedSound } from './muxed-sound.ts';

const muxers = { mkv: 'matroska', mxf: 'mxf' } as const;
/** Codecs whose pictures MXF stores without lines to fill up. */
const storesAsShown = new Set(['dnxhd', 'prores']);
/** What a container adds to a packet at most, index included. */
const bytesAround = 64;

/** Progress counts bytes of the samples. Throws `input.changed`, `input.damaged`, `output.full`, `output.refused`, `output.failed`, `plan.impossible`. */
export async function writeMuxedMovie(request: MovieWriteRequest, context: JobContext): Promise<MovieWriteResult> {
  const { movie, path } = request;
  const { container } = movie;
  if (container !== 'mkv' && container !== 'mxf') throw new StringoutError('internal', `.${container} is not written by a muxer`);
  using files = new SourceFiles(movie.files, request.expected);
  const picture = movie.picture && await MuxedPicture.open(movie, movie.picture, files, () => context.checkpoint());
  const sound = movie.sound && new MuxedSound(movie.sound, files);
  const total = (picture?.bytes ?? 0) + (sound?.bytes ?? 0);
  checkSpace(path, total + bytesAround * ((picture?.count ?? 0) + (sound?.count ?? 0)));
  create(path);
  using muxer = new Muxer(path, muxers[container]);
  const tracks = {
    picture: picture && movie.picture ? muxer.addPicture(movie.picture.format, picture.config, movie.picture.rate) : null,
    sound: movie.sound && muxer.addSound(movie.sound.format, movie.sound.config, movie.sound.priming),
  };
  muxer.begin(metadataOf(movie));
  let done = 0;
  for (const [kind, packet] of inOrder(movie, picture, sound)) {
    const track = tracks[kind];
    if (track) muxer.write(track, packet);
    done += packet.data.length;
    context.progress(Math.min(done, total), total);
    await context.checkpoint();
  }
  muxer.finish();
  if (container === 'mxf' && storesAsShown.has(movie.picture?.format.codec ?? '')) correctStoredHeight(path);
  const syncSeconds = sync(path);
  const bytes = statSync(path).size;
  context.progress(total, total);
  return { bytes, bytesMoved: bytes, syncSeconds };
}

/** By time, so that the muxer holds little back. Each packet is valid until the next. */
function* inOrder(movie: Movie, picture: MuxedPicture | null, sound: MuxedSound | null): Generator<['picture' | 'sound', MuxPacket]> {
  const rate = movie.picture?.rate ?? { num: 1, den: 1 };
  const samplesPerFrame = ((movie.sound?.format.sampleRate ?? 0) * rate.den) / rate.num;
  const pictures = picture?.count ?? 0;
  const sounds = sound?.count ?? 0;
  for (let shown = 0, heard = 0; shown < pictures || heard < sounds;) {
    const isHeard = sound !== null && heard < sounds && (shown >= pictures || sound.start(heard) <= shown * samplesPerFrame);
    if (isHeard) yield ['sound', sound.packet(heard++)];
    else if (picture) yield ['picture', picture.packet(shown++)];
  }
}

/** The muxer would write over what is there. */
function create(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o644));
  } catch (error) {
    const { code, message } = flattenError(error);
    const known = code === 'output.full' || code === 'output.refused';
    throw new StringoutError(known ? code : 'output.failed', message, { file: path }, { cause: error });
  }
}

/** Seconds until everything is on the disk. */
function sync(path: string): number {
  const began = performance.now();
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return (performance.now() - began) / 1000;
}

function metadataOf({ timecode }: Movie): Record<string, string> {
  if (!timecode) return {};
  const label = formatTimecode(timecode.frame, timecode.rate, timecode.dropFrame);
  return { timecode: label, ...(timecode.reel === '' ? {} : { reel_name: timecode.reel }) };
}
