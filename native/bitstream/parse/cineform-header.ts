/** Tags at the head of a CineForm frame (SMPTE ST 2073-1): pairs of 16 bits. */
const encodedFormat = 84;
/** By encoded format, in FFmpeg's layouts. */
const formats: Readonly<Record<number, string>> = { 1: 'yuv422p10le', 2: 'bayer_rggb16le', 3: 'gbrp12le', 4: 'gbrap12le' };
const mostTags = 256;

/** FFmpeg's pixel format; 4:2:2 is what a frame has that does not tell. */
export function cineformPixelFormat(head: Uint8Array): string {
  for (let at = 0; at + 4 <= head.length && at < 4 * mostTags; at += 4) {
    // A negative tag may be ignored by decoders, and means the same.
    const tag = ((head[at] ?? 0) << 8) | (head[at + 1] ?? 0);
    if (tag === encodedFormat || tag === 0x10000 - encodedFormat) return formats[head[at + 3] ?? 1] ?? 'yuv422p10le';
  }
  return 'yuv422p10le';
}
