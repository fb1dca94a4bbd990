/** A file of any container that FFmpeg demuxes becomes a `Source`: every packet is read once, and then no demuxer is needed any more. */
import { denseHash, spreadHash } from '../../../app/base/spread-hash.ts';
import { StringoutError } from '../../../app/base/errors.ts';
import type { Picture, Sound, Source } from '../../../app/domain/source.ts';
import { withConstantTracks } from '../../index/constant-sizes.ts';
import type { MediaFile } from '../../index/open-media-file.ts';
import type { JobContext } from '../../worker/job-context.ts';
import { cameraEssence } from './camera-essence.ts';
import { Demuxer } from './demuxer.ts';
import { describeFormat } from './describe-format.ts';
import { PacketStore } from './packet-store.ts';
import { PcmSound } from './pcm-sound.ts';
import { PictureTrack, type PictureTables } from './picture-track.ts';
import { counted } from './plural.ts';
import { soundTrack } from './sound-coding.ts';
import type { SoundTables, SoundTrack } from './sound-tables.ts';
import { readMetadata } from './source-metadata.ts';
import { soundStart } from './sound-start.ts';

export type MediaRequest = {
  readonly file: MediaFile;
  /** Bytes of content: a tail of zeros is none. */
  readonly length: number;
  readonly formats: string;
  readonly isSure: boolean;
  readonly unpackDir: string;
};

/** Packets between two looks at the host's messages. */
const packetsAtOnce = 512;

/** Throws `input.unsupported`, `input.damaged`, `output.full` and `output.failed` (unpacking). */
export async function indexMedia(request: MediaRequest, context: JobContext): Promise<Source> {
  const source = await indexOnce(request, context) ?? await indexOnce(request, context);
  if (!source) throw new StringoutError('output.failed', 'its unpacked stream in the cache cannot be replaced', { file: request.file.path });
  return source;
}

/** Null: what the cache held unpacked was of no use, and is gone. */
async function indexOnce({ file, length, formats, isSure, unpackDir }: MediaRequest, context: JobContext): Promise<Source | null> {
  const { path, size, modifiedMs } = file;
  using demuxer = new Demuxer({ path, size, length, formats, isSure });
  const info = demuxer.streams[demuxer.pictureStream];
  const soundInfo = demuxer.streams[demuxer.soundStream];
  if (!info && !soundInfo) throw new StringoutError('input.unsupported', 'holds neither picture nor sound', { file: path });
  if (info && !info.hasDecoder) throw new StringoutError('input.unsupported', cameraEssence(info, file), { file: path });

  const warnings = length < size ? [`ends in ${size - length} bytes of zeros, which are left out`] : [];
  const read = (offset: number, count: number): Uint8Array => file.read(offset, count);
  const base = sizesTell(demuxer) ? spreadHash(size, read) : denseHash({ offset: [0], size: [size] }, read);
  using store = new PacketStore(file, unpackDir, base);
  const picture = info ? new PictureTrack(info, store) : null;
  using sound = soundTrack(demuxer, demuxer.soundStream, store);
  await readPackets({ demuxer, picture, sound, file }, context);

  const pictureTables = picture?.finish() ?? null;
  const soundTables = sound?.finish() ?? null;
  if (soundInfo && !soundTables) {
    const why = `its sound (${soundInfo.codec || 'of a kind that FFmpeg does not know'}) cannot be decoded`;
    if (!pictureTables) throw new StringoutError('input.damaged', why, { file: path });
    warnings.push(`${why} and is left out`);
  }
  const files = store.finish();
  if (!files) return null;
  const others = demuxer.streams.filter((stream) => stream.kind === 'sound').length - 1;
  if (others > 0) warnings.push(`of its sound only the first track is used; left out: ${counted(others, 'track')}`);
  const made = info && pictureTables ? makePicture(info, pictureTables, files, path) : null;
  const heard = soundInfo && soundTables ? makeSound(soundTables, soundStart(soundInfo, soundTables, info ?? null, onContainerClock(demuxer, pictureTables))) : null;
  return {
    path, size, modifiedMs, fingerprint: withConstantTracks(base, made, heard, read), container: demuxer.format, files,
    picture: made,
    sound: heard,
    ...readMetadata(demuxer, made, file),
    warnings: [...warnings, ...missingEnd(demuxer, pictureTables, soundTables), ...(pictureTables?.warnings ?? []), ...(soundTables?.warnings ?? [])],
  };
}

/** Where any change of the content changes the file's size, or its tables. */
function sizesTell({ format, streams, pictureStream, soundStream }: Demuxer): boolean {
  const codecs = [streams[pictureStream], streams[soundStream]].flatMap((info) => (info ? [info.codec] : []));
  return tellsLength.has(format) && codecs.every((codec) => variableCodecs.has(codec));
}

const variableCodecs = new Set(['h264', 'hevc', 'av1', 'vp9', 'vp8', 'mpeg4', 'mpeg2video', 'prores', 'mjpeg', 'ffv1', 'aac', 'opus', 'vorbis', 'flac', 'alac']);

/** AVI has no times of presentation; those that FFmpeg makes are late by the depth of reordering, and AVI's players begin both streams at once. */
function onContainerClock({ format }: Demuxer, tables: PictureTables | null): PictureTables | null {
  return format === 'avi' && tables ? { ...tables, start: 0 } : tables;
}

/** Containers whose header tells the length, and seconds by which it may be wrong. */
const tellsLength = new Set(['matroska', 'mxf', 'avi']);
const lengthSlack = 1;

/** A recording that was cut off, or a copy that was. */
function missingEnd({ format, duration }: Demuxer, picture: PictureTables | null, sound: SoundTables | null): string[] {
  const shown = picture ? (picture.shown?.length ?? picture.samples.count) * (picture.rate.den / picture.rate.num) : 0;
  const lasts = picture?.times ? (picture.times.at(-1) ?? 0) / picture.timescale : shown;
  const found = Math.max(lasts, sound ? sound.length / sound.format.sampleRate : 0);
  const told = (duration ?? 0) / 1_000_000;
  if (!tellsLength.has(format) || told - found <= lengthSlack) return [];
  return [`it is cut short: its header tells of ${told.toFixed(1)} s, of which ${found.toFixed(1)} s are there`];
}

type Reading = { readonly demuxer: Demuxer; readonly picture: PictureTrack | null; readonly sound: SoundTrack | null; readonly file: MediaFile };

/** Containers that hold one stretch of PCM and nothing else. */
const plainSound = new Set(['wav', 'w64', 'aiff', 'caf', 'au']);

async function readPackets({ demuxer, picture, sound, file }: Reading, context: JobContext): Promise<void> {
  let read = 0;
  for (const packet of demuxer.packets()) {
    if (packet.stream === demuxer.pictureStream) picture?.add(packet);
    else sound?.add(packet);
    if (read === 0 && !picture && sound instanceof PcmSound && plainSound.has(demuxer.format)) {
      const end = demuxer.endOf(demuxer.soundStream);
      if (end !== null) return sound.extendTo(end);
    }
    if (++read % packetsAtOnce !== 0) continue;
    if (packet.position >= 0) context.progress(Math.min(packet.position, file.size), file.size);
    await context.checkpoint();
  }
}

function makePicture(info: Parameters<typeof describeFormat>[0], tables: PictureTables, files: readonly string[], path: string): Picture {
  const { start: _start, warnings: _warnings, ...picture } = tables;
  return { ...picture, format: describeFormat(info, tables, files, path), isStill: false, sampleEntry: new Uint8Array(0) };
}

function makeSound(tables: SoundTables, { start, startDen }: Pick<Sound, 'start' | 'startDen'>): Sound {
  const { format, config, length, packets } = tables;
  return { format, config, length, packets, sampleEntry: new Uint8Array(0), start, startDen };
}
