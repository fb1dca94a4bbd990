/** Pixel formats, as FFmpeg's decoders give them, of codecs whose sample entry alone tells. */
const byTag: Readonly<Record<string, string>> = {
  '2vuy': 'uyvy422', yuvs: 'yuyv422', yuv2: 'yuyv422', DVOO: 'uyvy422', BGRA: 'bgra', RGBA: 'rgba', ABGR: 'abgr', '24BG': 'bgr24',
  b16g: 'gray16be', b48r: 'rgb48be', b64a: 'rgba64be', v308: 'yuv444p', v408: 'yuva444p', v410: 'yuv444p10le', L555: 'rgb555le', L565: 'rgb565le', B565: 'rgb565be',
  M8RG: 'gbrp', M8RA: 'gbrap', M8G0: 'gray', M8Y0: 'yuv420p', M8Y2: 'yuv422p', M8Y4: 'yuv444p', M8YA: 'yuva444p', M0RG: 'gbrp10le', M0RA: 'gbrap10le',
  M0Y0: 'yuv420p10le', M0Y2: 'yuv422p10le', M0Y4: 'yuv444p10le', M2RG: 'gbrp12le', M2RA: 'gbrap12le',
  Hap1: 'rgb0', Hap5: 'rgba', HapY: 'rgb0',
};
const byCodec: Readonly<Record<string, string>> = {
  v210: 'yuv422p10le', r210: 'gbrp10le', r10k: 'gbrp10le', avui: 'uyvy422', cinepak: 'rgb24', rpza: 'rgb555le', svq1: 'yuv410p', svq3: 'yuv420p', h263: 'yuv420p',
  vc1: 'yuv420p', vp8: 'yuv420p', aic: 'yuv420p', mpeg4: 'yuv420p', mpeg1video: 'yuv420p', notchlc: 'yuv444p12le', pixlet: 'yuv420p16le', dxv: 'rgba',
};
/** QuickTime's own RGB by depth. */
const rawByDepth: Readonly<Record<number, string>> = { 16: 'rgb555be', 24: 'rgb24', 32: 'argb', 40: 'gray' };

/** "" where only a decoder knows. */
export function entryPixelFormat(codec: string, tag: string, depth: number): string {
  if (tag === 'raw ' || codec === 'qtrle') return rawByDepth[depth] ?? '';
  return byTag[tag] ?? byCodec[codec] ?? '';
}

/** Pictures of up to 256 colours that are told by a table. */
export function isPaletted(codec: string, depth: number): boolean {
  return depth <= 8 && depth > 0 && ['qtrle', 'rawvideo', 'smc', 'cinepak', 'rpza'].includes(codec);
}
