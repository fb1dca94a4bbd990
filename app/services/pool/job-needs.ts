/**
 * What a job needs of memory and patience. Resident bytes of the whole worker process, from measurements at 1920x1080 with 8 bits
 * (FFmpeg 8.1): they grow with the picture's area and depth.
 */
import type { VerifyFramesRequest } from '../../contract/jobs/movie-verify.ts';
import type { PictureEncodeRequest } from '../../contract/jobs/picture-encode.ts';
import type { JobBlend, PictureInput } from '../../contract/jobs/shared.ts';
import type { JobKind, JobRequest } from '../../contract/worker.ts';
import type { Movie } from '../../domain/movie.ts';
import { bitDepth } from '../../domain/plan/encoders.ts';
import { mostHeld } from '../../domain/plan/held-frames.ts';
import type { PictureFormat } from '../../domain/source.ts';

const megabyte = 1024 * 1024;
/** A worker before it has loaded any media library, and with it. */
const emptyWorker = 56 * megabyte;
const mediaWorker = 84 * megabyte;

/** Milliseconds without progress after which a job is taken to hang. Encoders may look far ahead, and a slow disk may take minutes to sync. */
export function silenceMs(kind: JobKind): number {
  switch (kind) {
    case 'source.index': case 'sources.index': return 30_000;
    case 'movie.write': return 300_000;
    default: return 90_000;
  }
}

/** Bytes to lease. */
export function memoryNeeded(request: JobRequest): number {
  switch (request.kind) {
    case 'source.index': case 'sources.index': return mediaWorker;
    case 'file.hash': return emptyWorker;
    case 'movie.write': return (isMuxed(request.movie) ? mediaWorker : emptyWorker) + 3 * tableBytes(request.movie);
    case 'picture.encode': return pictureBytes(request);
    case 'verify.frames': return comparedBytes(request);
    case 'strip.make': return viewedBytes(request.runs);
    case 'frames.stream': return viewedBytes(request.runs);
    case 'still.make': return viewedBytes([{ input: request.input, ranks: Uint32Array.of(request.rank) }]);
    default: return mediaWorker + 48 * megabyte;
  }
}

/** Decoder by codec, MB at 1080p. */
const decoders: Readonly<Record<string, number>> = { h264: 22, hevc: 29, prores: 9, dnxhd: 12, av1: 40, vp9: 40 };
const otherDecoder = 30;

/** Encoder by name, MB at 1080p with one thread, and for each thread more. */
const encoders: Readonly<Record<string, readonly [number, number]>> = {
  libx264: [150, 49], libx265: [240, 40], libsvtav1: [348, 0], 'libvpx-vp9': [120, 30], prores_ks: [40, 10], dnxhd: [120, 10],
};
const otherEncoder = [40, 10] as const;

/** By preset, where it differs much from the encoder's usual one (veryfast of x264, superfast of x265). */
const presets: Readonly<Record<string, readonly [number, number]>> = {
  'libx264 ultrafast': [36, 12], 'libx264 superfast': [80, 30], 'libx264 medium': [342, 43], 'libx264 slow': [450, 50], 'libx264 slower': [600, 60],
  'libx265 ultrafast': [90, 20], 'libx265 medium': [350, 60], 'libx265 slow': [450, 80],
};

function pictureBytes({ input, format, encoder, outputs }: PictureEncodeRequest): number {
  const [one, more] = presets[`${encoder.name} ${encoder.options['preset']}`] ?? encoders[encoder.name] ?? otherEncoder;
  const encoding = (one + more * (encoder.threads - 1)) * scale(format);
  // One frame in hand is part of the measurements.
  const waiting = Math.max(0, mostHeld(outputs.map(({ frames }) => frames)) - 1) * pictureMegabytes;
  const decoding = input ? ((decoders[input.format.codec] ?? otherDecoder) + waiting) * scale(input.format) : 0;
  const blending = outputs.reduce((most, { blend }) => Math.max(most, blend ? blendedMegabytes(blend, format) : 0), 0);
  return Math.ceil(mediaWorker + (encoding + decoding + blending) * megabyte);
}

/** The second source's decoder and what waits behind it, and the pictures that are mixed. */
function blendedMegabytes({ input, frames }: JobBlend, format: PictureFormat): number {
  const decoding = input ? ((decoders[input.format.codec] ?? otherDecoder) + mostHeld([frames]) * pictureMegabytes) * scale(input.format) : 0;
  return decoding + 4 * pictureMegabytes * scale(format);
}

/** The movie's decoder beside the source's, and four pictures of each. */
function comparedBytes({ stretches }: VerifyFramesRequest): number {
  let most = 48;
  for (const { expected } of stretches.flatMap((stretch) => stretch.pieces)) {
    const formats = expected.kind === 'any' ? [] : expected.kind === 'alike' ? [expected.input?.format, expected.format, expected.blend?.input?.format] : [expected.input.format, expected.input.format];
    most = Math.max(most, formats.reduce((sum, format) => sum + (format ? ((decoders[format.codec] ?? otherDecoder) + 4 * pictureMegabytes) * scale(format) : 0), 0));
  }
  return Math.ceil(mediaWorker + most * megabyte);
}

/** A decoder, what waits behind it, and two pictures at work; HDR is tone-mapped in floating point. */
function viewedBytes(runs: readonly { readonly input: PictureInput; readonly ranks: Uint32Array }[]): number {
  const most = runs.reduce((bytes, { input: { format }, ranks }) => {
    const pictures = (mostHeld([ranks]) + 2) * pictureMegabytes + (hdrCurves.has(format.colour.transfer) ? toneMapping : 0);
    return Math.max(bytes, ((decoders[format.codec] ?? otherDecoder) + pictures) * scale(format));
  }, 48);
  return Math.ceil(mediaWorker + most * megabyte);
}

/** PQ and HLG. */
const hdrCurves = new Set([16, 18]);
/** Three pictures of three floats a pixel at 1080p. */
const toneMapping = 72;

/** A picture at 1080p, 4:2:2. */
const pictureMegabytes = 4;

function scale(format: PictureFormat): number {
  return Math.max(0.1, (format.width * format.height) / (1920 * 1080)) * (bitDepth(format.pixelFormat) > 8 ? 1.6 : 1);
}

function isMuxed({ container }: Movie): boolean {
  return container === 'mkv' || container === 'mxf';
}

function tableBytes({ picture, sound }: { picture: { runs: readonly Run[] } | null; sound: { runs: readonly Run[] } | null }): number {
  let bytes = 0;
  for (const run of [...(picture?.runs ?? []), ...(sound?.runs ?? [])]) bytes += run.size.length * 20;
  return bytes;
}

type Run = { readonly size: Uint32Array };
