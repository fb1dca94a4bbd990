/** Sample entries of the picture: the first source's own with its configuration replaced, or one made from the format. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { MoviePicture } from '../../../app/domain/movie.ts';
import type { Container } from '../../../app/domain/profile.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { av1Configuration } from './av1-configuration.ts';
import { box, concat, fourCc, fullBox, u16, u32, u8, zeros, type Bytes } from './boxes.ts';
import { elementaryStream } from './elementary-stream.ts';

/** Fixed part of a VisualSampleEntry, box header included. */
const fixedSize = 86;
/** Boxes that speak of one source only (bit rate) or that we write ourselves. */
const replaced = new Set(['avcC', 'hvcC', 'btrt']);

/** `config`: of the whole track. Throws `plan.impossible` for a codec that has no place in the container. */
export function pictureEntry(picture: MoviePicture, config: Uint8Array, container: Container): Bytes {
  const { format } = picture;
  const parts = codecParts(format, config, container);
  const template = picture.sampleEntry;
  if (template.length < fixedSize) {
    return box(parts.type, zeros(6), u16(1), zeros(16), u16(format.width, format.height), u32(0x480000, 0x480000, 0), u16(1), zeros(32),
      u16(24, 0xffff), ...parts.boxes, ...described(format, container));
  }
  const kept = children(template).filter((child) => !replaced.has(child.type));
  const isLengthPrefixed = format.codec === 'h264' || format.codec === 'hevc';
  const own = isLengthPrefixed || kept.length === 0 ? parts.boxes : [];
  const fixed = Uint8Array.from(template.subarray(8, fixedSize));
  fixed.set(u16(1), 6);
  return box(isLengthPrefixed ? parts.type : typeOf(template, 0), fixed, ...own, ...kept.map((child) => child.bytes), ...missing(format, container, kept));
}

type Child = { readonly type: string; readonly bytes: Uint8Array };

function children(entry: Uint8Array): Child[] {
  const found: Child[] = [];
  const view = new DataView(entry.buffer, entry.byteOffset, entry.byteLength);
  for (let at = fixedSize; at + 8 <= entry.length;) {
    const size = view.getUint32(at);
    if (size < 8 || at + size > entry.length) break;
    found.push({ type: typeOf(entry, at), bytes: entry.subarray(at, at + size) });
    at += size;
  }
  return found;
}

function typeOf(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1');
}

function missing(format: PictureFormat, container: Container, kept: readonly Child[]): Bytes[] {
  const there = new Set(kept.map((child) => child.type));
  return described(format, container).filter((made) => !there.has(typeOf(made, 0)));
}

/** colr, pasp, fiel: what the format says of how the picture is shown. */
function described(format: PictureFormat, container: Container): Bytes[] {
  const boxes: Bytes[] = [];
  const { primaries, transfer, matrix } = format.colour;
  if (primaries !== 2 || transfer !== 2 || matrix !== 2) {
    boxes.push(container === 'mov'
      ? box('colr', fourCc('nclc'), u16(primaries, transfer, matrix))
      : box('colr', fourCc('nclx'), u16(primaries, transfer, matrix), u8(format.range === 'full' ? 0x80 : 0)));
  }
  if (format.sar.num !== format.sar.den) boxes.push(box('pasp', u32(format.sar.num, format.sar.den)));
  // QTFF, "Field handling": number of fields, then 1 top first or 6 bottom first, in time and in the file.
  if (format.fieldOrder === 'tff') boxes.push(box('fiel', u8(2, 1)));
  else if (format.fieldOrder === 'bff') boxes.push(box('fiel', u8(2, 6)));
  else if (format.fieldOrder === 'progressive' && container === 'mov') boxes.push(box('fiel', u8(1, 0)));
  return boxes;
}

type CodecParts = { readonly type: string; readonly boxes: readonly Bytes[] };

function codecParts(format: PictureFormat, config: Uint8Array, container: Container): CodecParts {
  const tag = format.tag.length === 4 ? format.tag : null;
  const isQuickTime = container === 'mov';
  switch (format.codec) {
    case 'h264': return { type: 'avc1', boxes: [box('avcC', config)] };
    case 'hevc': return { type: 'hvc1', boxes: [box('hvcC', config)] };
    case 'av1': return { type: 'av01', boxes: [box('av1C', av1Configuration(config))] };
    case 'vp9': return { type: 'vp09', boxes: [vp9Configuration(format, config)] };
    case 'prores': return { type: tag ?? 'apch', boxes: [] };
    case 'dnxhd': return { type: tag ?? 'AVdn', boxes: [box('ACLR', fourCc('ACLR'), fourCc('0001'), u32(format.range === 'full' ? 2 : 1, 0))] };
    case 'mpeg4': return { type: 'mp4v', boxes: [elementaryStream(0x20, 0x11, config)] };
    case 'mpeg2video': return isQuickTime ? { type: 'm2v1', boxes: [] } : { type: 'mp4v', boxes: [elementaryStream(0x61, 0x11, config)] };
    case 'mjpeg': return isQuickTime ? { type: 'jpeg', boxes: [] } : { type: 'mp4v', boxes: [elementaryStream(0x6c, 0x11, config)] };
    default:
      if (tag && isQuickTime) return { type: tag, boxes: config.length > 0 ? [box('glbl', config)] : [] };
      throw new StringoutError('plan.impossible', `${format.codec} cannot stand in .${container}; choose another target or --profile h264`);
  }
}

function vp9Configuration(format: PictureFormat, config: Uint8Array): Bytes {
  if (config.length >= 8) return fullBox('vpcC', 1, 0, config.length >= 12 ? config.subarray(4) : config);
  const depth = /p(10|12)/.exec(format.pixelFormat);
  const chroma = format.pixelFormat.includes('444') ? 3 : format.pixelFormat.includes('422') ? 2 : 1;
  const bits = depth ? Number(depth[1]) : 8;
  const profile = (bits > 8 ? 2 : 0) + (chroma > 1 ? 1 : 0);
  const { primaries, transfer, matrix } = format.colour;
  return fullBox('vpcC', 1, 0, concat([
    u8(profile, 40, (bits << 4) | (chroma << 1) | (format.range === 'full' ? 1 : 0), primaries, transfer, matrix), u16(0),
  ]));
}
