/** The boxes of a track's sample table (ISO 14496-12, 8.6 and 8.7), run-length coded where the format allows it. */
import { fullBox, u32, u32s, u64s, type Bytes } from './boxes.ts';

/** `chunks.offset` counts from the start of the file. */
export type Chunks = { readonly offset: Float64Array; readonly samples: Uint32Array };

export function timeToSample(count: number, duration: number): Bytes {
  return count === 0 ? fullBox('stts', 0, 0, u32(0)) : fullBox('stts', 0, 0, u32(1, count, duration));
}

/** Samples of different lengths. */
export function timesToSample(durations: readonly number[]): Bytes {
  return fullBox('stts', 0, 0, u32(durations.length), u32s(durations.flatMap((duration) => [1, duration])));
}

/**
 * `display[i]`: the movie frame that sample i shows. The delay is the deepest reorder, so that no offset is negative (version 0:
 * some players ignore version 1). Null where every sample shows itself.
 */
export function compositionOffsets(display: Uint32Array, duration: number): { readonly delay: number; readonly box: Bytes | null } {
  let delay = 0;
  for (let i = 0; i < display.length; i++) delay = Math.max(delay, i - (display[i] ?? 0));
  if (delay === 0) return { delay, box: null };
  const runs: number[] = [];
  for (let i = 0; i < display.length; i++) {
    const offset = ((display[i] ?? 0) + delay - i) * duration;
    const last = runs.length - 1;
    if (last > 0 && runs[last] === offset) runs[last - 1] = (runs[last - 1] ?? 0) + 1;
    else runs.push(1, offset);
  }
  return { delay, box: fullBox('ctts', 0, 0, u32(runs.length / 2), u32s(runs)) };
}

/** `isSync` per sample. Null where all are: the box's absence says so. */
export function syncSamples(isSync: Uint8Array): Bytes | null {
  const numbers: number[] = [];
  for (let i = 0; i < isSync.length; i++) if (isSync[i]) numbers.push(i + 1);
  return numbers.length === isSync.length ? null : fullBox('stss', 0, 0, u32(numbers.length), u32s(numbers));
}

/** One size for all where they are the same. */
export function sampleSizes(size: Uint32Array): Bytes {
  const first = size[0] ?? 0;
  if (size.length > 0 && first > 0 && size.every((value) => value === first)) return constantSampleSize(first, size.length);
  return fullBox('stsz', 0, 0, u32(0, size.length), u32s(size));
}

export function constantSampleSize(size: number, count: number): Bytes {
  return fullBox('stsz', 0, 0, u32(size, count));
}

export function sampleToChunk(samples: Uint32Array): Bytes {
  const runs: number[] = [];
  for (let i = 0; i < samples.length; i++) {
    if (i === 0 || samples[i] !== samples[i - 1]) runs.push(i + 1, samples[i] ?? 0, 1);
  }
  return fullBox('stsc', 0, 0, u32(runs.length / 3), u32s(runs));
}

export function chunkOffsets(offset: Float64Array, is64Bit: boolean): Bytes {
  return is64Bit ? fullBox('co64', 0, 0, u32(offset.length), u64s(offset)) : fullBox('stco', 0, 0, u32(offset.length), u32s(offset));
}
