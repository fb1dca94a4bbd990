/** PCM as it stands in files, as one plane of floats from -1 to 1 a channel. Codec names are FFmpeg's. */
export function readPcm(codec: string, bytes: Uint8Array, channels: number): Float32Array[] {
  const [, kind = 's', digits = '16', endian = 'le'] = /^pcm_([suf])(\d+)([lb]e)?$/.exec(codec) ?? [];
  const bits = Number(digits);
  const isLittle = endian === 'le';
  const width = bits / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const planes = Array.from({ length: channels }, () => new Float32Array(Math.floor(bytes.length / (width * channels))));
  for (const [channel, plane] of planes.entries()) {
    for (let i = 0; i < plane.length; i++) plane[i] = sampleAt(view, (i * channels + channel) * width, kind, bits, isLittle);
  }
  return planes;
}

function sampleAt(view: DataView, at: number, kind: string, bits: number, isLittle: boolean): number {
  if (kind === 'f') return bits === 64 ? view.getFloat64(at, isLittle) : view.getFloat32(at, isLittle);
  switch (bits) {
    case 8: return kind === 'u' ? (view.getUint8(at) - 128) / 128 : view.getInt8(at) / 128;
    case 16: return view.getInt16(at, isLittle) / 32_768;
    case 24: return (isLittle ? view.getUint16(at, true) + view.getInt8(at + 2) * 65_536 : view.getInt8(at) * 65_536 + view.getUint16(at + 1, false)) / 8_388_608;
    default: return view.getInt32(at, isLittle) / 2_147_483_648;
  }
}
