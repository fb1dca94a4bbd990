/** The format of a picture: what the container says, and what its first frame turns out to be. That it decodes at all is found out on the way. */
import { StringoutError } from '../../../app/base/errors.ts';
import { sampleFlags, type PictureFormat } from '../../../app/domain/source.ts';
import type { PictureInput } from '../../../app/contract/jobs/shared.ts';
import { decodeFrames } from '../picture/decode-frames.ts';
import { SourceFiles } from '../sound/source-files.ts';
import { codecFlavour } from './codec-flavour.ts';
import { frameFormat, type FrameFormat } from './frame-format.ts';
import { checkSize } from './picture-size.ts';
import type { PictureTables } from './picture-track.ts';
import type { StreamInfo } from './stream-info.ts';

/** Samples fed for one frame, and key frames tried. */
const mostSamples = 96;
const mostTries = 4;

/** Throws `input.unsupported` for absurd sizes, `input.damaged` where nothing decodes. */
export function describeFormat(info: StreamInfo, tables: PictureTables, files: readonly string[], path: string): PictureFormat {
  checkSize(info.width, info.height, path);
  const base: PictureFormat = {
    codec: info.codec, tag: info.tag, profile: info.profile, width: info.width, height: info.height, sar: info.sar,
    pixelFormat: info.pixelFormat, range: info.range, colour: info.colour, fieldOrder: 'unknown', rotation: info.rotation,
  };
  const first = firstFrame(base, tables, files, path);
  checkSize(first.width, first.height, path);
  return { ...base, ...mergeFormat(base, first), ...codecFlavour(base, tables.config, () => headOf(tables, files)) };
}

/** What the frame tells wins, but where it tells nothing. */
export function mergeFormat(told: PictureFormat, frame: FrameFormat): Omit<PictureFormat, 'codec' | 'tag' | 'profile' | 'rotation'> {
  const pick = (name: 'primaries' | 'transfer' | 'matrix'): number => (frame.colour[name] === unspecified ? told.colour[name] : frame.colour[name]);
  return {
    width: frame.width, height: frame.height, pixelFormat: frame.pixelFormat, fieldOrder: frame.fieldOrder,
    sar: told.sar.num === told.sar.den ? frame.sar ?? told.sar : told.sar,
    range: frame.range === 'unknown' ? told.range : frame.range,
    colour: { primaries: pick('primaries'), transfer: pick('transfer'), matrix: pick('matrix') },
  };
}

const unspecified = 2;

function firstFrame(format: PictureFormat, { samples, config }: PictureTables, files: readonly string[], path: string): FrameFormat {
  using reader = new SourceFiles();
  for (let start = 0, tries = 0; start < samples.count && tries < mostTries; tries++) {
    const end = Math.min(samples.count, start + mostSamples);
    const found = decodeOne({
      format, config, files, file: samples.file?.subarray(start, end) ?? null, offset: samples.offset.subarray(start, end), size: samples.size.subarray(start, end),
      rank: samples.rank.subarray(start, end),
    }, reader, path);
    if (found) return found;
    do start++; while (start < samples.count && ((samples.flags[start] ?? 0) & sampleFlags.sync) === 0);
  }
  throw new StringoutError('input.damaged', `its picture (${format.codec}) does not decode`, { file: path });
}

function decodeOne(input: PictureInput, reader: SourceFiles, path: string): FrameFormat | null {
  try {
    for (const frame of decodeFrames(input, reader)) {
      using owned = frame;
      return frameFormat(owned);
    }
    return null;
  } catch (error) {
    if (!(error instanceof StringoutError) || error.code !== 'decode.failed') throw error;
    throw new StringoutError('input.unsupported', `its picture cannot be decoded: ${error.message}`, { file: path }, { cause: error });
  }
}

/** Bytes at the beginning of the first sample. */
function headOf({ samples }: PictureTables, files: readonly string[]): Uint8Array {
  using reader = new SourceFiles();
  const head = new Uint8Array(Math.min(64, samples.size[0] ?? 0));
  reader.read(files[samples.file?.[0] ?? 0] ?? '', samples.offset[0] ?? 0, head);
  return head;
}
