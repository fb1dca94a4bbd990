/** Markers at the head of a JPEG (ITU-T T.81, annex B) up to the frame header. */
export type JpegHeader = { readonly profile: string; readonly width: number; readonly height: number; readonly pixelFormat: string; readonly isLimited: boolean };

const processes: Readonly<Record<number, string>> = { 0xc0: 'Baseline', 0xc1: 'Sequential', 0xc2: 'Progressive', 0xc3: 'Lossless' };
const samplings: Readonly<Record<string, string>> = {
  '2x2': 'yuv420p', '2x1': 'yuv422p', '1x1': 'yuv444p', '1x2': 'yuv440p', '4x1': 'yuv411p', '4x2': 'yuv410p',
};

/** Null where `head` ends before the frame header, or is no JPEG. */
export function parseJpegHeader(head: Uint8Array): JpegHeader | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let isLimited = false;
  let hasRgb = false;
  for (let at = 0; at + 12 < head.length;) {
    if (head[at] !== 0xff) {
      at++;
      continue;
    }
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff || marker === 0xd8 || marker === 0) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xda || length < 2) return null;
    const body = head.subarray(at + 4, at + 2 + length);
    // What Avid and libavcodec write of limited range.
    if (marker === 0xfe && Buffer.from(body).toString('latin1').startsWith('CS=ITU601')) isLimited = true;
    // Adobe's marker with transform 0: no YCbCr.
    if (marker === 0xee && body.length >= 12 && Buffer.from(body.subarray(0, 5)).toString('latin1') === 'Adobe') hasRgb = body[11] === 0;
    if (processes[marker] !== undefined && body.length >= 6) return readFrame(processes[marker], body, isLimited, hasRgb);
    at += 2 + length;
  }
  return null;
}

function readFrame(profile: string, body: Uint8Array, isLimited: boolean, hasRgb: boolean): JpegHeader {
  const [depth = 8, heightHigh = 0, heightLow = 0, widthHigh = 0, widthLow = 0, components = 0] = body;
  const factors = Array.from({ length: components }, (_, i) => body[7 + 3 * i] ?? 0x11);
  const [luma = 0x11, chroma = 0x11] = factors;
  const across = (luma >> 4) / Math.max(1, chroma >> 4);
  const down = (luma & 15) / Math.max(1, chroma & 15);
  const colour = hasRgb ? 'gbrp' : (samplings[`${across}x${down}`] ?? '');
  const plain = components === 1 ? 'gray' : components === 3 ? colour : '';
  return {
    profile, width: widthHigh * 256 + widthLow, height: heightHigh * 256 + heightLow, isLimited,
    pixelFormat: depth > 8 && plain !== '' ? `${plain}${depth > 8 ? 16 : 8}le` : plain,
  };
}
