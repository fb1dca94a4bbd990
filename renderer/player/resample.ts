/** Stereo at another rate, for listening: each sample between its two neighbours. The movie's sound is made by the engine's own resampler. */
export function resample(interleaved: Float32Array, frames: number): Float32Array {
  const given = interleaved.length / 2;
  const result = new Float32Array(frames * 2);
  if (given === 0) return result;
  for (let i = 0; i < frames; i++) {
    const place = (i * given) / frames;
    const before = Math.floor(place);
    const after = Math.min(given - 1, before + 1);
    const part = place - before;
    for (const channel of [0, 1]) result[2 * i + channel] = (interleaved[2 * before + channel] ?? 0) * (1 - part) + (interleaved[2 * after + channel] ?? 0) * part;
  }
  return result;
}
