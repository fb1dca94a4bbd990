/** Codecs whose samples stand for themselves: what their pictures are, from the sample entry and the head of the first sample. */
import type { PictureFormat } from '../../../app/domain/source.ts';
import { StringoutError } from '../../../app/base/errors.ts';
import { findAv1Sequence } from '../../bitstream/parse/av1-sequence.ts';
import { cineformPixelFormat } from '../../bitstream/parse/cineform-header.ts';
import { parseDnxhdHeader } from '../../bitstream/parse/dnxhd-header.ts';
import { parseDvHeader } from '../../bitstream/parse/dv-header.ts';
import { parseJpegHeader } from '../../bitstream/parse/jpeg-header.ts';
import { parseMpeg2Headers } from '../../bitstream/parse/mpeg2-headers.ts';
import { parseMpeg4Headers } from '../../bitstream/parse/mpeg4-headers.ts';
import type { PictureParameters } from '../../bitstream/parse/picture-parameters.ts';
import { parsePngHeader } from '../../bitstream/parse/png-header.ts';
import { parseProresHeader } from '../../bitstream/parse/prores-header.ts';
import { parseVp9Header } from '../../bitstream/parse/vp9-header.ts';
import { open, payload } from './box-list.ts';
import type { PictureEntry } from './picture-entry.ts';
import { entryPixelFormat, isPaletted } from './pixel-formats.ts';

export type HeaderPicture = { readonly config: Uint8Array; readonly parameters: PictureParameters };

/** Bytes of the first sample that `readHeaderPicture` looks at: a JPEG's tables and comments stand before its size. */
export const headLength = 8192;

type Found = Partial<PictureParameters>;

const unspecified: PictureFormat['colour'] = { primaries: 2, transfer: 2, matrix: 2 };
type Reader = (entry: PictureEntry, head: Uint8Array, config: Uint8Array) => Found;

/** `head`: the beginning of the first sample, up to `headLength`. Throws `input.unsupported`. */
export function readHeaderPicture(codec: string, entry: PictureEntry, specific: Uint8Array, head: Uint8Array): HeaderPicture {
  if (isPaletted(codec, entry.depth)) throw new StringoutError('input.unsupported', `its pictures have a table of ${2 ** entry.depth} colours; convert it first`);
  const config = configOf(entry, specific);
  const found = readers[codec]?.(entry, head, config) ?? {};
  return {
    config,
    parameters: {
      profile: '', width: entry.width, height: entry.height, sar: null, range: null, colour: null, fieldOrder: 'unknown',
      pixelFormat: entryPixelFormat(codec, entry.tag, entry.depth),
      ...found,
    },
  };
}

/** What FFmpeg's demuxer hands to the decoder. */
function configOf(entry: PictureEntry, specific: Uint8Array): Uint8Array {
  if (specific.length > 0) return specific;
  for (const type of ['av1C', 'vpcC', 'glbl']) {
    const box = entry.boxes.get(type);
    if (box) return payload(box);
  }
  const vc1 = entry.boxes.get('dvc1');
  if (vc1) return payload(vc1, 7);
  for (const type of ['SMI ', 'jp2h']) {
    const box = entry.boxes.get(type);
    if (box) return Uint8Array.prototype.slice.call(box.bytes, box.at, box.end);
  }
  return new Uint8Array(0);
}

const readers: Readonly<Record<string, Reader>> = {
  prores, dnxhd, av1, vp9, mjpeg, mpeg4,
  mjpegb: () => ({ range: 'full' }),
  mpeg2video: mpeg2,
  mpeg1video: mpeg2,
  dvvideo: (_, head) => parseDvHeader(head) ?? {},
  cfhd: (_, head) => ({ pixelFormat: cineformPixelFormat(head) }),
  png: (_, head) => ({ ...parsePngHeader(head), range: 'full' }),
};

const proresProfiles: Readonly<Record<string, string>> = { apco: 'Proxy', apcs: 'LT', apcn: 'Standard', apch: 'HQ', ap4h: '4444', ap4x: 'XQ' };

function prores(entry: PictureEntry, head: Uint8Array): Found {
  const is4444 = entry.tag.startsWith('ap4');
  const header = parseProresHeader(head);
  const sampling = (header?.isFull444 ?? is4444) ? '444p' : '422p';
  return {
    profile: proresProfiles[entry.tag] ?? '',
    pixelFormat: `${header?.hasAlpha ? 'yuva' : 'yuv'}${sampling}${is4444 ? 12 : 10}le`,
    range: 'limited',
    ...(header ? { colour: header.colour, fieldOrder: header.fieldOrder } : {}),
  };
}

function dnxhd(entry: PictureEntry, head: Uint8Array): Found {
  const header = parseDnxhdHeader(head);
  const range = aclrRange(entry);
  if (!header) return { range };
  const { profile, width, height, pixelFormat, isInterlaced, matrix } = header;
  const colour = { ...(entry.colour ?? unspecified), matrix };
  const full = height * 2 === entry.height ? entry.height : height;
  return { profile, width, height: full, pixelFormat, range, colour, fieldOrder: isInterlaced ? 'tff' : 'progressive' };
}

/** Avid's colour range: 1 limited, 2 full. */
function aclrRange(entry: PictureEntry): PictureFormat['range'] | null {
  const box = entry.boxes.get('ACLR');
  if (!box || box.end - box.start < 12) return null;
  const range = open(box).skip(8).u32();
  return range === 1 ? 'limited' : range === 2 ? 'full' : null;
}

/** `config`: an av1C, whose OBUs begin after four bytes; some writers leave the sequence header to the samples. */
function av1(_: PictureEntry, head: Uint8Array, config: Uint8Array): Found {
  return findAv1Sequence(config.subarray(4)) ?? findAv1Sequence(head) ?? {};
}

/** `config`: a vpcC with version and flags. */
function vp9(entry: PictureEntry, head: Uint8Array, config: Uint8Array): Found {
  const [, , , , profile = 0, , sampling = 0x82, primaries = 2, transfer = 2, matrix = 2] = config;
  const colour = config.length >= 10 ? { primaries, transfer, matrix } : (entry.colour ?? unspecified);
  const header = parseVp9Header(head);
  // The frame's own matrix wins, as in FFmpeg, and is all that a frame tells.
  if (header) return { ...header, colour: { ...colour, matrix: header.matrix } };
  const depth = sampling >> 4;
  const chroma = (sampling >> 1) & 7;
  const plain = `yuv${chroma < 2 ? '420' : chroma === 2 ? '422' : '444'}p`;
  return { profile: `Profile ${profile}`, pixelFormat: depth > 8 ? `${plain}${depth}le` : plain, range: sampling & 1 ? 'full' : 'limited', colour };
}

const bt601 = 5;

function mjpeg(entry: PictureEntry, head: Uint8Array): Found {
  const header = parseJpegHeader(head);
  const colour = { ...(entry.colour ?? unspecified), matrix: bt601 };
  if (!header) return { range: 'full', colour };
  const { profile, width, height, pixelFormat, isLimited } = header;
  // Two fields in a sample are two JPEGs of half the height.
  return { profile, width, height: 4 * height < 3 * entry.height ? 2 * height : height, pixelFormat, colour, range: isLimited ? 'limited' : 'full' };
}

function mpeg2(_: PictureEntry, head: Uint8Array, config: Uint8Array): Found {
  const headers = parseMpeg2Headers(head) ?? parseMpeg2Headers(config);
  return headers ? { ...headers, range: 'limited' } : { range: 'limited' };
}

function mpeg4(entry: PictureEntry, head: Uint8Array, config: Uint8Array): Found {
  const headers = parseMpeg4Headers(config) ?? parseMpeg4Headers(head);
  if (!headers) return {};
  const { profile, sar, range, colour, isInterlaced } = headers;
  const hasSize = headers.width > 0 && headers.height > 0;
  return {
    profile, sar, range, colour, fieldOrder: isInterlaced ? 'unknown' : 'progressive',
    width: hasSize ? headers.width : entry.width, height: hasSize ? headers.height : entry.height,
  };
}
