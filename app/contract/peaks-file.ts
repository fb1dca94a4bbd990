/**
 * The waveform of a shot as a file: little-endian "SOPK", u8 version, u8 channels (1 or 2), u16 buckets a second, u32 buckets, then of each
 * bucket and channel the lowest and the highest sample as i8 (full scale is 127). Bucket 0 begins with the shot's first frame.
 */
export type Peaks = { readonly channels: number; readonly perSecond: number; readonly count: number; readonly values: Int8Array };

export const peaksPerSecond = 100;
const headerBytes = 12;
const magic = 0x4b504f53;
const version = 1;

export function writePeaks(channels: number, values: Int8Array): Uint8Array {
  const bytes = new Uint8Array(headerBytes + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint8(4, version);
  view.setUint8(5, channels);
  view.setUint16(6, peaksPerSecond, true);
  view.setUint32(8, values.length / (2 * channels), true);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.length), headerBytes);
  return bytes;
}

/** Null for what is no such file. */
export function readPeaks(bytes: ArrayBuffer): Peaks | null {
  if (bytes.byteLength < headerBytes) return null;
  const view = new DataView(bytes);
  const channels = view.getUint8(5);
  const count = view.getUint32(8, true);
  const isWhole = view.getUint32(0, true) === magic && view.getUint8(4) === version && (channels === 1 || channels === 2) && bytes.byteLength === headerBytes + count * 2 * channels;
  return isWhole ? { channels, perSecond: view.getUint16(6, true), count, values: new Int8Array(bytes, headerBytes) } : null;
}
