/** PCM as runs of bytes: an hour is a few thousand numbers, or one where the sound lies alone. */
import type { SoundPackets } from '../../../app/domain/source.ts';
import { openFull } from './box-list.ts';
import { runFlags, type TrackRun } from './fragments.ts';
import type { EditPiece } from './present.ts';
import { RunList } from './run-list.ts';
import { eachChunk } from './sample-table.ts';
import type { Track } from './track.ts';

export type PcmTable = {
  readonly packets: SoundPackets;
  /** Sample frames that the header tells of beyond the end of the file. */
  readonly missing: number;
  /** Media time of the first sample frame, in the track's timescale. */
  readonly first: number;
};

/** `frameBytes`: one sample of all channels. `fragments`: runs behind those of the movie header. */
export function readPcmRuns(track: Track, fragments: readonly TrackRun[], frameBytes: number, fileSize: number): PcmTable {
  const runs = new RunList(frameBytes);
  const { samples: told, sampleFrames } = countSamples(track, frameBytes);
  let left = told;
  let missing = 0;
  const add = (offset: number, frames: number): void => {
    // Once something is missing, what follows would stand at the wrong time.
    const whole = missing > 0 || offset < 0 ? 0 : Math.max(0, Math.min(frames, Math.floor((fileSize - offset) / frameBytes)));
    runs.add(offset, whole);
    missing += frames - whole;
  };
  eachChunk(track, (offset, samples) => {
    const taken = Math.min(left, samples);
    add(offset, taken * sampleFrames);
    left -= taken;
    return left > 0;
  });
  for (const run of fragments) add(run.offset, Math.floor(run.dataSize / frameBytes));
  return { packets: runs.packets(), missing, first: left === told ? firstTime(fragments[0], frameBytes) : 0 };
}

/** Where there is no edit list, a muxer may fill up behind the first block of samples: it is told to last longer than it does. */
function firstTime(run: TrackRun | undefined, frameBytes: number): number {
  if (!run) return 0;
  const { bytes, at, flags } = run;
  const duration = flags & runFlags.duration ? bytes.readUInt32BE(at) : run.duration;
  const size = flags & runFlags.size ? bytes.readUInt32BE(at + (flags & runFlags.duration ? 4 : 0)) : run.size;
  return (run.time ?? 0) + Math.max(0, Math.round(duration - size / frameBytes));
}

/** A sample of the table is one of all channels, as it should be, or a block of them, as some fragmenting writers do it. */
function countSamples(track: Track, frameBytes: number): { samples: number; sampleFrames: number } {
  const stsz = track.tables.get('stsz');
  if (!stsz) return { samples: Infinity, sampleFrames: 1 };
  const { cursor } = openFull(stsz);
  const size = cursor.u32();
  const samples = cursor.u32();
  const isBlock = size > frameBytes && size % frameBytes === 0 && blockDuration(track) === size / frameBytes;
  return { samples, sampleFrames: isBlock ? size / frameBytes : 1 };
}

function blockDuration(track: Track): number {
  const stts = track.tables.get('stts');
  return stts && stts.end - stts.start >= 16 ? openFull(stts).cursor.skip(8).u32() : 1;
}

/** What edits show of the sound, one after the other; `pieces` in sample frames. Silence between them is left out. */
export function cutRuns(packets: SoundPackets, pieces: readonly EditPiece[], frameBytes: number): SoundPackets {
  const runs = new RunList(frameBytes);
  const total = packets.position[packets.count] ?? 0;
  for (const { from, to } of pieces) {
    const end = Math.min(to, total);
    for (let i = firstBehind(packets, from); i < packets.count; i++) {
      const start = packets.position[i] ?? 0;
      if (start >= end) break;
      const skip = Math.max(0, from - start);
      const stop = Math.min(packets.position[i + 1] ?? 0, end);
      runs.add((packets.offset[i] ?? 0) + skip * frameBytes, stop - start - skip);
    }
  }
  return runs.packets();
}

/** The packet that holds a sample. */
function firstBehind({ position, count }: SoundPackets, sample: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((position[middle + 1] ?? 0) <= sample) low = middle + 1;
    else high = middle;
  }
  return low;
}
