/** Sequence, GOP and picture headers of MPEG-1 and MPEG-2 (ISO 13818-2, 6.2.2 and 6.2.3) at the head of a sample. */
import { rational, type Rational } from '../../../app/domain/rational.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { BitReader } from '../rewrite/bits.ts';

export type Mpeg2Headers = {
  readonly profile: string;
  readonly width: number;
  readonly height: number;
  readonly sar: Rational | null;
  readonly pixelFormat: string;
  readonly colour: PictureFormat['colour'] | null;
  readonly fieldOrder: PictureFormat['fieldOrder'];
};

const sequenceCode = 0xb3;
const extensionCode = 0xb5;
const gopCode = 0xb8;
const profiles = ['4:2:2', 'High', 'Spatially Scalable', 'SNR Scalable', 'Main', 'Simple'];
/** Display aspect ratios by aspect_ratio_information. */
const displayAspects: Readonly<Record<number, readonly [number, number]>> = { 2: [4, 3], 3: [16, 9], 4: [221, 100] };
const formats = ['yuv420p', 'yuv420p', 'yuv422p', 'yuv444p'];

/** Null where there is no sequence header. */
export function parseMpeg2Headers(head: Uint8Array): Mpeg2Headers | null {
  let found = null as Mpeg2Headers | null;
  let aspect = 0;
  let isProgressive = true;
  let isMpeg2 = false;
  try {
    for (let at = nextCode(head, 0); at >= 0; at = nextCode(head, at + 4)) {
      const code = head[at + 3] ?? 0;
      const bits = new BitReader(head.subarray(at + 4));
      if (code === sequenceCode) {
        const width = bits.u(12);
        const height = bits.u(12);
        aspect = bits.u(4);
        found = { profile: '', width, height, sar: null, pixelFormat: 'yuv420p', colour: null, fieldOrder: 'progressive' };
      } else if (code === extensionCode && found) {
        const kind = bits.u(4);
        if (kind === 1) {
          isMpeg2 = true;
          bits.u(1);
          const profile = profiles[bits.u(3)] ?? '';
          bits.u(4);
          isProgressive = bits.u(1) === 1;
          const pixelFormat = formats[bits.u(2)] ?? 'yuv420p';
          found = { ...found, profile, pixelFormat, width: found.width + bits.u(2) * 4096, height: found.height + bits.u(2) * 4096 };
        } else if (kind === 2) {
          bits.u(3);
          if (bits.u(1)) found = { ...found, colour: { primaries: bits.u(8), transfer: bits.u(8), matrix: bits.u(8) } };
        } else if (kind === 8) {
          found = { ...found, fieldOrder: pictureOrder(bits, isProgressive) };
        }
      } else if (code > 0 && code < 0xb0) {
        break;
      }
    }
  } catch {
    // Whatever the head holds counts.
  }
  return found && { ...found, sar: isMpeg2 ? sarOf(found, aspect) : aspect === 1 ? rational(1) : null };
}

function sarOf({ width, height }: Mpeg2Headers, aspect: number): Rational | null {
  if (aspect === 1) return rational(1);
  const display = displayAspects[aspect];
  return display && width > 0 && height > 0 ? rational(display[0] * height, display[1] * width) : null;
}

/** picture_coding_extension, 6.2.3.1 */
function pictureOrder(bits: BitReader, isProgressiveSequence: boolean): PictureFormat['fieldOrder'] {
  bits.u(16 + 2);
  const structure = bits.u(2);
  const isTopFirst = bits.u(1) === 1;
  bits.u(7);
  const isProgressiveFrame = bits.u(1) === 1;
  if (isProgressiveSequence || isProgressiveFrame) return 'progressive';
  return structure === 3 ? (isTopFirst ? 'tff' : 'bff') : structure === 1 ? 'tff' : 'bff';
}

const pictureCode = 0;
const intra = 1;

/** Whether the picture at the head of a sample is coded by itself. */
export function isMpeg2Intra(head: Uint8Array): boolean {
  for (let at = nextCode(head, 0); at >= 0; at = nextCode(head, at + 4)) {
    if (head[at + 3] === pictureCode && at + 6 <= head.length) return (((head[at + 5] ?? 0) >> 3) & 7) === intra;
  }
  return false;
}

/** closed_gop of a GOP header in the head of a sample; null where there is none. */
export function isClosedGop(head: Uint8Array): boolean | null {
  for (let at = nextCode(head, 0); at >= 0; at = nextCode(head, at + 4)) {
    if (head[at + 3] === gopCode && at + 8 <= head.length) return ((head[at + 7] ?? 0) & 0x40) !== 0;
  }
  return null;
}

function nextCode(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 4 <= bytes.length; at++) if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1) return at;
  return -1;
}
