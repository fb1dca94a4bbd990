/** The programme's sound as columns: packets of AAC, or stretches of PCM no longer than half a second, which are never expanded further. */
import type { MovieSound } from '../../../app/domain/movie.ts';
import { pcmFrameBytes } from './sound-entry.ts';

export const aacFrame = 1024;

export type SoundColumns = {
  readonly count: number;
  readonly file: Uint32Array;
  readonly offset: Float64Array;
  readonly size: Uint32Array;
  /** Samples of the track: packets of AAC, sample frames of PCM. */
  readonly samples: Uint32Array;
  /** Media time at which each begins, in sample frames. */
  readonly start: Float64Array;
  /** Sample frames of the track. */
  readonly duration: number;
};

export function soundColumns(sound: MovieSound): SoundColumns {
  const isAac = sound.format.codec === 'aac';
  const frameBytes = isAac ? 1 : pcmFrameBytes(sound);
  const most = isAac ? Infinity : Math.max(1, Math.floor(sound.format.sampleRate / 2)) * frameBytes;
  let count = 0;
  for (const run of sound.runs) for (const size of run.size) count += isAac ? 1 : Math.ceil(size / most);
  const columns = {
    count, file: new Uint32Array(count), offset: new Float64Array(count), size: new Uint32Array(count), samples: new Uint32Array(count),
    start: new Float64Array(count),
  };
  let next = 0;
  let duration = 0;
  for (const run of sound.runs) {
    for (let i = 0; i < run.size.length; i++) {
      const size = run.size[i] ?? 0;
      for (let done = 0; done < size; next++) {
        const piece = Math.min(size - done, most);
        columns.file[next] = typeof run.file === 'number' ? run.file : (run.file[i] ?? 0);
        columns.offset[next] = (run.offset[i] ?? 0) + done;
        columns.size[next] = piece;
        columns.samples[next] = isAac ? 1 : piece / frameBytes;
        columns.start[next] = duration;
        duration += isAac ? aacFrame : piece / frameBytes;
        done += piece;
      }
    }
  }
  return { ...columns, count: next, duration };
}
