/** How the packets of a picture stream become samples, by codec. */
import { sampleFlags } from '../../../app/domain/source.ts';
import type { CodedSample, PictureCoding } from './coded-sample.ts';
import { NalCoding } from './nal-coding.ts';
import type { PacketView } from './demuxer.ts';
import { readPicture } from './start-code-pictures.ts';
import type { StreamInfo } from './stream-info.ts';

export function pictureCoding(info: StreamInfo): PictureCoding {
  if (info.codec === 'h264' || info.codec === 'hevc') return new NalCoding(info.codec, info.config);
  return { read: (packet) => readSample(info, packet), finish: () => ({ config: selfContained.has(info.codec) ? new Uint8Array(0) : info.config, sets: null, copyObstacle: null }) };
}

/** What containers keep beside these is of no use to a decoder. */
const selfContained = new Set(['prores', 'dnxhd', 'dvvideo', 'png', 'dpx', 'exr']);

const plain: CodedSample = { bytes: null, flags: 0, order: null, isBidirectional: null, isHidden: false, temporalLayer: 0 };
const standsAlone = sampleFlags.sync | sampleFlags.closed;

function readSample(info: StreamInfo, { bytes, isKey }: PacketView): CodedSample {
  if (info.isIntraOnly) return { ...plain, flags: standsAlone, isBidirectional: false };
  const picture = readPicture(info.codec, bytes);
  // What is shown before an I picture may need the group before: whether there is anything is known when all is read.
  if (picture) {
    const flags = isKey || picture.type === 'I' ? sampleFlags.sync | (picture.isClosed ? sampleFlags.closed : 0) : picture.type === 'B' ? sampleFlags.disposable : 0;
    return { ...plain, flags, isBidirectional: picture.type === 'B' };
  }
  return { ...plain, flags: isKey ? sampleFlags.sync : 0, isHidden: isHidden(info.codec, bytes) };
}

/** Frames that others refer to, in packets of their own; most streams put them together with a frame that is shown. */
function isHidden(codec: string, bytes: Buffer): boolean {
  const [first = 0] = bytes;
  // show_frame (RFC 6386, 9.1)
  if (codec === 'vp8') return (first & 0x10) === 0;
  // A superframe's last byte begins with 110 (VP9 specification, annex B).
  if (codec !== 'vp9' || ((bytes.at(-1) ?? 0) & 0xe0) === 0xc0) return false;
  // Behind the profile: show_existing_frame, frame_type, show_frame (6.2).
  const rest = (first & 0x30) === 0x30 ? first & 7 : (first >> 1) & 7;
  return (rest & 5) === 0;
}
