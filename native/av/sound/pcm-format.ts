/**
 * PCM of every width as the packed samples that the resampler takes. No decoder is needed: what has a native twin is read as it
 * stands (bytes swapped in place), the rest is widened.
 */

/** Packed sample formats of libswresample, by FFmpeg's names. */
export type PackedFormat = 'u8' | 's16' | 's32' | 's64' | 'flt' | 'dbl';

export type PcmFormat = {
  /** Bytes of one sample of one channel in the file. */
  readonly bytes: number;
  readonly packed: PackedFormat;
  /** Bytes of one sample in `packed`. */
  readonly packedBytes: number;
  /** File's bytes to packed ones; `from` and `to` may be the same memory where `bytes` equals `packedBytes`. */
  readonly convert: (from: Uint8Array, to: Uint8Array) => void;
};

const same = (from: Uint8Array, to: Uint8Array): void => {
  if (from !== to) to.set(from);
};

const swapped = (swap: 'swap16' | 'swap32' | 'swap64') => (from: Uint8Array, to: Uint8Array): void => {
  same(from, to);
  Buffer.from(to.buffer, to.byteOffset, from.length)[swap]();
};

/** 24 bits stand in the upper ones of 32, as FFmpeg does it. */
const widen24 = (low: 0 | 2) => (from: Uint8Array, to: Uint8Array): void => {
  const high = 2 - low;
  for (let i = 0, o = 0; i < from.length; i += 3, o += 4) {
    to[o] = 0;
    to[o + 1] = from[i + low] ?? 0;
    to[o + 2] = from[i + 1] ?? 0;
    to[o + 3] = from[i + high] ?? 0;
  }
};

const offsetBinary = (from: Uint8Array, to: Uint8Array): void => {
  for (let i = 0; i < from.length; i++) to[i] = (from[i] ?? 0) ^ 0x80;
};

/** ITU-T G.711, table 1a: the 13 bits stand in the upper ones of 16. */
function expandALaw(code: number): number {
  const value = code ^ 0x55;
  const segment = (value >> 4) & 7;
  const step = ((value & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 256) << (segment - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

/** ITU-T G.711, table 2a. */
function expandMuLaw(code: number): number {
  const value = ~code;
  const magnitude = ((((value & 15) << 3) + 132) << ((value >> 4) & 7)) - 132;
  return value & 0x80 ? -magnitude : magnitude;
}

const companded = (expand: (code: number) => number) => {
  const table = Int16Array.from({ length: 256 }, (_, code) => expand(code));
  return (from: Uint8Array, to: Uint8Array): void => {
    for (let i = 0; i < from.length; i++) {
      const value = table[from[i] ?? 0] ?? 0;
      to[2 * i] = value & 255;
      to[2 * i + 1] = (value >> 8) & 255;
    }
  };
};

const formats: Readonly<Record<string, PcmFormat>> = {
  pcm_u8: { bytes: 1, packed: 'u8', packedBytes: 1, convert: same },
  pcm_s8: { bytes: 1, packed: 'u8', packedBytes: 1, convert: offsetBinary },
  pcm_s16le: { bytes: 2, packed: 's16', packedBytes: 2, convert: same },
  pcm_s16be: { bytes: 2, packed: 's16', packedBytes: 2, convert: swapped('swap16') },
  pcm_s24le: { bytes: 3, packed: 's32', packedBytes: 4, convert: widen24(0) },
  pcm_s24be: { bytes: 3, packed: 's32', packedBytes: 4, convert: widen24(2) },
  pcm_s32le: { bytes: 4, packed: 's32', packedBytes: 4, convert: same },
  pcm_s32be: { bytes: 4, packed: 's32', packedBytes: 4, convert: swapped('swap32') },
  pcm_s64le: { bytes: 8, packed: 's64', packedBytes: 8, convert: same },
  pcm_s64be: { bytes: 8, packed: 's64', packedBytes: 8, convert: swapped('swap64') },
  pcm_f32le: { bytes: 4, packed: 'flt', packedBytes: 4, convert: same },
  pcm_f32be: { bytes: 4, packed: 'flt', packedBytes: 4, convert: swapped('swap32') },
  pcm_f64le: { bytes: 8, packed: 'dbl', packedBytes: 8, convert: same },
  pcm_f64be: { bytes: 8, packed: 'dbl', packedBytes: 8, convert: swapped('swap64') },
  pcm_alaw: { bytes: 1, packed: 's16', packedBytes: 2, convert: companded(expandALaw) },
  pcm_mulaw: { bytes: 1, packed: 's16', packedBytes: 2, convert: companded(expandMuLaw) },
};

/** Null for what is not plain interleaved PCM. */
export function pcmFormat(codec: string): PcmFormat | null {
  return formats[codec] ?? null;
}
