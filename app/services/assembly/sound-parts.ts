/** The packets that a stretch of a source's sound is rendered from: what a worker needs, and no more. */
import type { SoundInput } from '../../contract/jobs/shared.ts';
import type { SoundPart } from '../../contract/jobs/sound-render.ts';
import type { SoundSpan } from '../../domain/plan/sound-span.ts';
import type { Sound } from '../../domain/source.ts';

/** Parts of a render request: the packets of each span's source. */
export function spanParts(spans: readonly SoundSpan[], sampleRate: number): SoundPart[] {
  return spans.map((span) => ({
    clip: span.clip, at: span.at, length: span.length, from: span.from,
    input: soundWindow(span.sound, span.source.files, span.from, span.length, sampleRate), ...(span.gain ? { gain: span.gain } : {}), ...(span.fade ? { fade: span.fade } : {}),
  }));
}

/** Packets a decoder needs before the first one whose sound is used. */
const preRollPackets: Readonly<Record<string, number>> = { aac: 2, mp3: 10, mp2: 2, ac3: 2, eac3: 2, opus: 6, vorbis: 2 };

/**
 * The part of a source's packets that gives `length` samples from `from`, both at `sampleRate`, with pre-roll and the resampler's reach.
 * Stretches of PCM are cut to the samples needed.
 */
function soundWindow(sound: Sound, files: readonly string[], from: number, length: number, sampleRate: number): SoundInput {
  const { packets, format } = sound;
  const reach = 64;
  const first = Math.floor((from * format.sampleRate) / sampleRate) - reach;
  const end = Math.ceil(((from + length) * format.sampleRate) / sampleRate) + reach;
  let a = findPacket(packets.position, packets.count, first);
  let b = findPacket(packets.position, packets.count, end) + 1;
  const isPcm = format.codec.startsWith('pcm_');
  if (!isPcm) {
    a = Math.max(0, a - (preRollPackets[format.codec] ?? 1));
    b = Math.min(packets.count, b + 1);
  }
  const offset = packets.offset.slice(a, b);
  const size = packets.size.slice(a, b);
  const position = packets.position.slice(a, b);
  if (isPcm) cutPcm(packets.position, a, b, first, end, offset, size, position);
  return { format, config: sound.config, files, file: packets.file?.slice(a, b) ?? null, offset, size, position };
}

/** Trim the first and the last stretch to [first, end), on whole sample frames. */
function cutPcm(
  positions: Float64Array, a: number, b: number, first: number, end: number, offset: Float64Array, size: Uint32Array, position: Float64Array,
): void {
  for (let i = 0; i < size.length; i++) {
    const start = positions[a + i] ?? 0;
    const samples = (positions[a + i + 1] ?? start) - start;
    if (samples <= 0) continue;
    const bytesPerFrame = (size[i] ?? 0) / samples;
    const skip = Math.min(samples, Math.max(0, first - start));
    const keep = Math.max(0, Math.min(samples, end - start) - skip);
    offset[i] = (offset[i] ?? 0) + skip * bytesPerFrame;
    size[i] = keep * bytesPerFrame;
    position[i] = start + skip;
  }
}

/** The last packet that begins at or before `sample`, clamped to the first and the last. */
function findPacket(position: Float64Array, count: number, sample: number): number {
  let low = 0;
  let high = Math.max(0, count - 1);
  while (low < high) {
    const probe = (low + high + 1) >> 1;
    if ((position[probe] ?? 0) <= sample) low = probe;
    else high = probe - 1;
  }
  return low;
}
