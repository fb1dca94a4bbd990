/** Pictures by their signature, with the decoder that takes the whole file. */
import { cameraRaw, noMedia } from './refusals.ts';

export type Still = { readonly codec: string; readonly why: string | null };

/** Null: no picture, or one that moves. `why`: recognised and not taken. */
export function stillCodec(head: Uint8Array): Still | null {
  const starts = (signature: string, at = 0): boolean => Buffer.from(head.buffer, head.byteOffset + at, Math.min(signature.length, head.length - at)).toString('latin1') === signature;
  const take = (codec: string): Still => ({ codec, why: null });
  if (starts('\x89PNG\r\n\x1a\n')) return isAnimatedPng(head) ? null : take('png');
  if (starts('\xff\xd8\xff')) return take(head[3] === 0xf7 ? 'jpegls' : 'mjpeg');
  if (starts('II*\0') || starts('MM\0*')) return tiff(head);
  if (starts('II+\0') || starts('MM\0+')) return { codec: 'tiff', why: noMedia('a BigTIFF; save it as plain TIFF or EXR first') };
  if (starts('SDPX') || starts('XPDS')) return take('dpx');
  if (starts('v/1\x01')) return take('exr');
  if (starts('\x80\x2a\x5f\xd7') || starts('\xd7\x5f\x2a\x80')) return { codec: 'cineon', why: noMedia('a Cineon picture; convert it to DPX first') };
  if (starts('BM') && head.length > 26 && head.subarray(6, 10).every((byte) => byte === 0)) return take('bmp');
  if (starts('RIFF') && starts('WEBP', 8)) return take((head[20] ?? 0) & 2 && starts('VP8X', 12) ? 'webp_anim' : 'webp');
  if (starts('\0\0\0\x0cjP  ') || starts('\xff\x4f\xff\x51')) return take('jpeg2000');
  if (starts('\0\0\0\x0cJXL ') || starts('\xff\x0a')) return take('libjxl');
  if (starts('8BPS')) return take('psd');
  if (starts('#?RADIANCE') || starts('#?RGBE')) return take('hdr');
  if (starts('qoif')) return take('qoi');
  if (starts('DDS ')) return take('dds');
  if (starts('\x59\xa6\x6a\x95')) return take('sunrast');
  if (starts('\x01\xda') && (head[2] ?? 9) < 2 && (head[3] === 1 || head[3] === 2)) return take('sgi');
  return netpbm(head) ?? (isTarga(head) ? take('targa') : null);
}

const netpbmCodecs: Readonly<Record<string, string>> = { P1: 'pbm', P2: 'pgm', P3: 'ppm', P4: 'pbm', P5: 'pgm', P6: 'ppm', P7: 'pam', PF: 'pfm', Pf: 'pfm', PH: 'phm', Ph: 'phm' };

function netpbm(head: Uint8Array): Still | null {
  const codec = netpbmCodecs[String.fromCharCode(head[0] ?? 0, head[1] ?? 0)];
  return codec && /\s/.test(String.fromCharCode(head[2] ?? 0)) ? { codec, why: null } : null;
}

/** It has no signature: the fields of its header must make sense. */
function isTarga(head: Uint8Array): boolean {
  if (head.length < 19) return false;
  const view = new DataView(head.buffer, head.byteOffset);
  const [, mapType = 9, type = 0] = head;
  const depth = head[16] ?? 0;
  const isMapped = type === 1 || type === 9;
  const isColour = type === 2 || type === 10 || type === 3 || type === 11;
  return (isMapped ? mapType === 1 && depth === 8 : isColour && mapType === 0 && view.getUint16(3, true) === 0 && view.getUint16(5, true) === 0)
    && [8, 15, 16, 24, 32].includes(depth) && view.getUint16(12, true) > 0 && view.getUint16(14, true) > 0
    && view.getUint16(12, true) <= 16_384 && view.getUint16(14, true) <= 16_384 && ((head[17] ?? 0) & 0xc0) === 0;
}

/** acTL stands before IDAT (PNG, third edition). */
function isAnimatedPng(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 8; at + 8 <= head.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...head.subarray(at + 4, at + 8));
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}

const dngVersion = 50_706;
const cfa = 32_803;
const photometric = 262;

/** Camera raw stands in TIFF as well: DNG, CR2, NEF, ARW. */
function tiff(head: Uint8Array): Still {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const little = head[0] === 0x49;
  if (head[8] === 0x43 && head[9] === 0x52) return { codec: 'tiff', why: cameraRaw('Canon CR2') };
  const directory = head.length < 8 ? 0 : view.getUint32(4, little);
  if (directory < 8 || directory + 2 > head.length) return { codec: 'tiff', why: null };
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > head.length) break;
    const tag = view.getUint16(at, little);
    if (tag === dngVersion) return { codec: 'tiff', why: cameraRaw('CinemaDNG') };
    if (tag === photometric && view.getUint16(at + 8, little) === cfa) return { codec: 'tiff', why: cameraRaw('a raw photograph') };
  }
  return { codec: 'tiff', why: null };
}
