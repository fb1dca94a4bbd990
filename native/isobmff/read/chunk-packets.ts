/** QuickTime's older way of compressed sound: the tables count samples, and chunks hold packets of a fixed size (QTFF, "Sound sample description"). */
import type { SoundPackets } from '../../../app/domain/source.ts';
import { openFull } from './box-list.ts';
import { damaged } from './cursor.ts';
import { checkCount, eachChunk } from './sample-table.ts';
import type { SoundEntry } from './sound-entry.ts';
import type { Track } from './track.ts';

/** Sample frames and bytes for each channel of codecs whose entry does not tell. */
const fixedPackets: Readonly<Record<string, { readonly frames: number; readonly bytes: number; readonly perChannel: boolean }>> = {
  ima4: { frames: 64, bytes: 34, perChannel: true }, MAC3: { frames: 6, bytes: 2, perChannel: true }, MAC6: { frames: 6, bytes: 1, perChannel: true },
  agsm: { frames: 160, bytes: 33, perChannel: false },
};

/** Decoders take several small packets at once. */
const most = 1024;

/** Null where the track has packets of its own. Throws `input.damaged`. */
export function chunkPackets(entry: SoundEntry, track: Track, fileSize: number): SoundPackets | null {
  const fixed = fixedPackets[entry.tag];
  const frames = fixed?.frames ?? entry.packetFrames;
  const bytes = fixed ? fixed.bytes * (fixed.perChannel ? entry.channels : 1) : entry.packetBytes;
  if (frames <= 1 || bytes <= 0 || !countsSamples(track)) return null;
  const group = Math.max(1, Math.floor(most / frames));
  const offset: number[] = [];
  const size: number[] = [];
  const position: number[] = [0];
  let at = 0;
  eachChunk(track, (start, samples) => {
    let next = start;
    for (let left = Math.floor(samples / frames); left > 0;) {
      const taken = Math.min(left, group);
      if (next + taken * bytes > fileSize) return false;
      offset.push(next);
      size.push(taken * bytes);
      at += taken * frames;
      position.push(at);
      next += taken * bytes;
      left -= taken;
    }
    checkCount(offset.length);
    return true;
  });
  if (offset.length === 0) throw damaged('nothing of its sound lies in the file');
  return { count: offset.length, file: null, offset: Float64Array.from(offset), size: Uint32Array.from(size), position: Float64Array.from(position) };
}

/** One time-to-sample entry with a duration of 1. */
function countsSamples(track: Track): boolean {
  const stts = track.tables.get('stts');
  if (!stts || stts.end - stts.start < 16) return false;
  const { cursor } = openFull(stts);
  return cursor.u32() === 1 && cursor.skip(4).u32() === 1;
}
