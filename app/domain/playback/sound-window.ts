/** The packets that a browser must decode to let a stretch of a source be heard, exact to the sample. */
import type { SoundWindow } from './playback-window.ts';
import { sourceSample } from '../plan/sound-position.ts';
import type { Rational } from '../rational.ts';
import type { Sound } from '../source.ts';
import { toBase64 } from './base64.ts';
import { soundCodec } from './codec-string.ts';

/** Packets before the first that is heard: a decoder needs what came before. */
const preRoll: Readonly<Record<string, number>> = { aac: 2, mp3: 10, opus: 6, vorbis: 2 };

const millionth = 1e6;

/** [from, from + frames) in frames at `rate` from the source's first frame. */
export function soundWindow(sound: Sound, from: number, frames: number, rate: Rational): Omit<SoundWindow, 'variant'> {
  const { format, packets, config } = sound;
  const { sampleRate } = format;
  const codec = soundCodec(sound);
  const first = sourceSample(sound, from, rate, sampleRate);
  const end = sourceSample(sound, from + frames, rate, sampleRate);
  const isPcm = codec?.startsWith('pcm_') ?? false;
  const told = {
    codec, description: !isPcm && config.length > 0 ? toBase64(description(format.codec, config)) : null, sampleRate, channels: format.channels,
    from: first, length: Math.max(0, end - first), offset: sourceSample(sound, from, rate, sampleRate * millionth) - first * millionth,
  };
  if (codec === null || packets.count === 0) return { ...told, first, packets: { file: [], offset: [], size: [], position: [] } };
  let a = packetAt(packets.position, packets.count, first);
  let b = Math.min(packets.count, packetAt(packets.position, packets.count, end) + 1);
  if (!isPcm) {
    a = Math.max(0, a - (preRoll[format.codec] ?? 1));
    b = Math.min(packets.count, b + 1);
  }
  const file: number[] = [];
  const offset: number[] = [];
  const size: number[] = [];
  const position: number[] = [];
  for (let i = a; i < b; i++) {
    const start = packets.position[i] ?? 0;
    const samples = (packets.position[i + 1] ?? start) - start;
    const bytesPerFrame = isPcm && samples > 0 ? (packets.size[i] ?? 0) / samples : 0;
    // A run of PCM may be an hour: only what is heard of it.
    const skip = isPcm ? Math.min(samples, Math.max(0, first - start)) : 0;
    const keep = isPcm ? Math.max(0, Math.min(samples, end - start) - skip) : samples;
    if (keep === 0) continue;
    file.push(packets.file?.[i] ?? 0);
    offset.push((packets.offset[i] ?? 0) + skip * bytesPerFrame);
    size.push(isPcm ? keep * bytesPerFrame : packets.size[i] ?? 0);
    position.push(start + skip);
  }
  // Each packet of Vorbis completes what the one before it began, so that the first gives nothing.
  return { ...told, first: (format.codec === 'vorbis' ? position[1] : position[0]) ?? first, packets: { file, offset, size, position } };
}

/** Chromium takes Opus' pre-skip for the beginning of whatever it decodes: nothing is to be skipped in the middle. */
function description(codec: string, config: Uint8Array): Uint8Array {
  return codec === 'opus' ? config.with(10, 0).with(11, 0) : config;
}

/** The last that begins at or before `sample`; the first where none does. */
function packetAt(position: Float64Array, count: number, sample: number): number {
  let low = 0;
  let high = Math.max(0, count - 1);
  while (low < high) {
    const probe = (low + high + 1) >> 1;
    if ((position[probe] ?? 0) <= sample) low = probe;
    else high = probe - 1;
  }
  return low;
}
