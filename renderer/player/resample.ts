/** Stereo at another rate, for listening: each sample between its two neighbours. The movie's sound is made by the engine's own resampler. */
import type { SoundWindow } from '../../app/contract/playback.ts';

/** `samples` of them, at those of the programme's moments that the movie's are: counted at its rate from the source's first packet. */
export function resample(interleaved: Float32Array, { from, offset, sampleRate }: Pick<SoundWindow, 'from' | 'offset' | 'sampleRate'>, rate: number, samples: number): Float32Array {
  const last = interleaved.length / 2 - 1;
  const result = new Float32Array(samples * 2);
  if (last < 0) return result;
  const start = Math.round(((from + offset / 1e6) * rate) / sampleRate);
  for (let i = 0; i < samples; i++) {
    const place = Math.max(0, ((start + i) * sampleRate) / rate - from);
    const before = Math.min(last, Math.floor(place));
    const after = Math.min(last, before + 1);
    const part = place - Math.floor(place);
    for (const channel of [0, 1]) result[2 * i + channel] = (interleaved[2 * before + channel] ?? 0) * (1 - part) + (interleaved[2 * after + channel] ?? 0) * part;
  }
  return result;
}
