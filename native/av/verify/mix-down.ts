/** Interleaved PCM as one signal: channels weighted differently, so that two which changed places make a difference. */
import { pcmFormat } from '../sound/pcm-format.ts';

/** Samples in -1..1. `codec` is one of FFmpeg's PCM names. */
export function mixDown(bytes: Uint8Array, codec: string, channels: number): Float32Array {
  const pcm = pcmFormat(codec);
  if (!pcm) throw new RangeError(`${codec} is not plain PCM`);
  const count = Math.floor(bytes.length / pcm.bytes);
  const packed = new Uint8Array(count * pcm.packedBytes);
  pcm.convert(bytes.slice(0, count * pcm.bytes), packed);
  const [samples, scale] = samplesOf(packed, pcm.packed);
  const mixed = new Float32Array(Math.floor(count / channels));
  for (let i = 0; i < mixed.length; i++) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += ((samples[i * channels + channel] ?? 0) * scale) / (1 + channel / 2);
    mixed[i] = sum;
  }
  return mixed;
}

function samplesOf({ buffer }: Uint8Array<ArrayBuffer>, packed: string): [ArrayLike<number>, number] {
  switch (packed) {
    case 's16': return [new Int16Array(buffer), 2 ** -15];
    case 's32': return [new Int32Array(buffer), 2 ** -31];
    case 'flt': return [new Float32Array(buffer), 1];
    case 'dbl': return [new Float64Array(buffer), 1];
    default: return [Int8Array.from(new Uint8Array(buffer), (value) => value - 128), 2 ** -7];
  }
}
